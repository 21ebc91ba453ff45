package org.gazecheck.gate;

import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import org.gazecheck.gate.Examination.Critical;
import org.gazecheck.gate.Examination.Item;
import org.gazecheck.gate.Examination.Items;
import org.gazecheck.results.Acknowledgement;
import org.gazecheck.results.GateFailure;
import org.gazecheck.results.GateFailure.State;
import org.gazecheck.results.GateOutcome;

/** What was decided of a rule, as data; {@link RulingText} makes sentences of it. */
sealed interface Ruling {
    /**
     * It does not apply.
     *
     * @param open what failed when it last did, and has not come to hold by that
     */
    record NotApplicable(GateOutcome outcome, String reason, List<GateFailure> open) implements Ruling {}

    /**
     * @param weighed all items, in their order
     * @param failing the surest first
     * @param critical of each item that could fail, where it is known
     * @param idle how many could not fail however clear the result
     */
    record Decided(
            GateOutcome outcome,
            Items items,
            List<Weighed> weighed,
            List<Failing> failing,
            List<Critical> critical,
            int idle)
            implements Ruling {}

    /** @param p corrected within the rule; empty where chance plays no part */
    record Weighed(Item item, OptionalDouble p) {
        boolean fails(double level) {
            return item.beyond() && (p.isEmpty() || p.getAsDouble() <= level);
        }
    }

    /** @param worsened whether it failed before, and has become worse since */
    record Failing(Weighed weighed, State state, Optional<Acknowledgement> acknowledgement, boolean worsened) {
        Item item() {
            return weighed.item();
        }
    }

    GateOutcome outcome();
}
