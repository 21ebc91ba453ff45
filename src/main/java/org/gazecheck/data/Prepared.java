package org.gazecheck.data;

import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;
import org.gazecheck.results.Assumption;
import org.gazecheck.results.DatasetRow;
import org.gazecheck.results.Split;

/**
 * A checked data set.
 *
 * @param rows every image of the listing, those that are left out included
 * @param masks that were given
 * @param formats of what formats the images are that are used, and of which classes; one sentence each
 * @param ignored what lies there and is not used, counted; one sentence each
 * @param assumptions what is used with a stated meaning
 * @param warnings for the report, one sentence each
 * @param problems for which no run can be made of it
 */
public record Prepared(
        Dataset dataset,
        List<DatasetRow> rows,
        GivenMasks masks,
        List<String> formats,
        List<String> ignored,
        List<Assumption> assumptions,
        List<String> warnings,
        List<String> problems) {
    public Prepared {
        rows = List.copyOf(rows);
        formats = List.copyOf(formats);
        ignored = List.copyOf(ignored);
        assumptions = List.copyOf(assumptions);
        warnings = List.copyOf(warnings);
        problems = List.copyOf(problems);
    }

    /** How many classes there are, and usable images in each split. */
    public String summary() {
        return dataset.classes().size() + " classes; "
                + Arrays.stream(Split.values())
                        .filter(split ->
                                split != Split.NEW || !dataset.of(split).isEmpty())
                        .map(split -> dataset.of(split).size()
                                + (split == Split.TRAIN ? " images in " : " in ")
                                + split.text())
                        .collect(Collectors.joining(", "));
    }
}
