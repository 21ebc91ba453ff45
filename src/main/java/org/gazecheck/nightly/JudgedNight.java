package org.gazecheck.nightly;

import org.gazecheck.history.Outcome;
import org.gazecheck.results.GateLevel;
import org.gazecheck.results.GateOutcome;
import org.gazecheck.results.GateVerdict;
import org.gazecheck.results.NightRecord;

/** The outcome of a complete night. */
record JudgedNight(NightRecord night, GateVerdict verdict) {
    /** A failure that persists alerts nobody again, but the night is not good: nothing is to be compared with it. */
    Outcome outcome() {
        boolean failed = verdict.gates().stream()
                .anyMatch(gate -> gate.outcome() == GateOutcome.FAILED
                        || gate.outcome() == GateOutcome.PERSISTING && gate.level() == GateLevel.FAIL);
        if (failed) {
            return Outcome.FAILED;
        }
        if (night.leftOut() > 0) {
            return Outcome.INCOMPLETE;
        }
        boolean warned = verdict.gates().stream()
                .anyMatch(gate -> gate.outcome() != GateOutcome.PASSED && gate.outcome() != GateOutcome.NOT_APPLICABLE);
        return warned ? Outcome.WARNED : Outcome.DONE;
    }

    int exitCode() {
        if (verdict.alerts()) {
            return Nightly.GATE_FAILED;
        }
        return night.leftOut() > 0 ? Nightly.OUT_OF_TIME : 0;
    }
}
