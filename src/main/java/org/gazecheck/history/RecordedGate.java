package org.gazecheck.history;

import org.gazecheck.results.GateLevel;
import org.gazecheck.results.GateOutcome;
import org.gazecheck.results.GateResult;

/**
 * What is kept of a gate.
 *
 * @param rule as it is written in the configuration
 * @param sentence in plain words, with its figures
 */
public record RecordedGate(String rule, GateLevel level, GateOutcome outcome, String sentence) {
    public static RecordedGate of(GateResult gate) {
        return new RecordedGate(gate.rule(), gate.level(), gate.outcome(), gate.sentence());
    }
}
