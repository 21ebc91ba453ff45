package org.gazecheck.data;

import java.util.List;
import org.gazecheck.results.DatasetRow;

/**
 * A checked data set.
 *
 * @param rows every image of the listing, those that are left out included
 * @param warnings for the report, one sentence each
 */
public record Prepared(Dataset dataset, List<DatasetRow> rows, List<String> warnings) {
    public Prepared {
        rows = List.copyOf(rows);
        warnings = List.copyOf(warnings);
    }
}
