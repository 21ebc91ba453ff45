package org.gazecheck.gate;

import java.util.List;
import java.util.OptionalDouble;
import org.gazecheck.results.Finding;
import org.gazecheck.results.NamedFile;

/**
 * A finding of tonight.
 *
 * @param isNew whether the comparison has no finding of its kind and subject
 * @param p corrected for all tests of tonight's audit together, so that the chance of any false one is bounded (Holm);
 *     empty for a finding that rests on no test
 * @param named files among what arrived that it is about
 */
public record NightFinding(Finding finding, boolean isNew, OptionalDouble p, List<NamedFile> named) {
    public NightFinding {
        named = List.copyOf(named);
    }

    /** Of a finding that names no file among what arrived. */
    public NightFinding(Finding finding, boolean isNew, OptionalDouble p) {
        this(finding, isNew, p, List.of());
    }
}
