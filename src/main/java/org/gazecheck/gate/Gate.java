package org.gazecheck.gate;

import org.gazecheck.results.GateLevel;

/** A rule and what happens when it does not hold. */
public record Gate(Rule rule, GateLevel level) {
    /** Whether its failing can be chance, so that it needs a share of the budget of false alarms. */
    public boolean restsOnChance() {
        return !(rule instanceof Rule.VerdictIs || rule instanceof Rule.Threshold threshold && threshold.exactly());
    }
}
