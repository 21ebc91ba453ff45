package org.gazecheck.results;

import java.util.List;

/**
 * A gate in one night.
 *
 * @param rule as it is written, with single blanks
 * @param sentence in plain words with its figures, or why it does not apply
 * @param failures what of it fails; empty for what passed or does not apply
 */
public record GateResult(
        String rule, GateLevel level, GateOutcome outcome, String sentence, List<GateFailure> failures) {
    public GateResult {
        failures = List.copyOf(failures);
    }

    /** As it stands in a later night in which nothing was new. */
    GateResult standing() {
        return outcome == GateOutcome.FAILED || outcome == GateOutcome.WARNED
                ? new GateResult(rule, level, GateOutcome.PERSISTING, sentence, failures)
                : this;
    }
}
