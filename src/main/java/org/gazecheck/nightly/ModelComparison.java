package org.gazecheck.nightly;

import java.util.Optional;
import org.gazecheck.compare.RunComparison;

/**
 * Tonight's model beside the baseline's.
 *
 * @param without why it is not compared, where it is not
 * @param incomparable whether there is a baseline all the same
 */
record ModelComparison(Optional<RunComparison> comparison, String without, boolean incomparable) {
    static ModelComparison of(RunComparison comparison) {
        return new ModelComparison(Optional.of(comparison), "", false);
    }

    static ModelComparison none(String without) {
        return new ModelComparison(Optional.empty(), without, false);
    }

    static ModelComparison incomparable(String why) {
        return new ModelComparison(Optional.empty(), why, true);
    }
}
