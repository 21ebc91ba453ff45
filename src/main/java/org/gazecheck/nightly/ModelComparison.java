package org.gazecheck.nightly;

import java.util.Optional;
import org.gazecheck.compare.RunComparison;

/** Tonight's model beside the baseline's. */
sealed interface ModelComparison {
    record Compared(RunComparison run) implements ModelComparison {}

    /**
     * @param reason why it is not compared
     * @param incomparable whether there is a baseline all the same
     */
    record None(String reason, boolean incomparable) implements ModelComparison {}

    static ModelComparison of(RunComparison comparison) {
        return new Compared(comparison);
    }

    static ModelComparison none(String reason) {
        return new None(reason, false);
    }

    default Optional<RunComparison> comparison() {
        return this instanceof Compared compared ? Optional.of(compared.run) : Optional.empty();
    }
}
