package org.gazecheck.gate;

import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import org.gazecheck.gate.Examination.Critical;
import org.gazecheck.gate.Examination.Item;
import org.gazecheck.gate.Examination.Items;
import org.gazecheck.results.Acknowledgement;
import org.gazecheck.results.GateFailure;
import org.gazecheck.results.GateFailure.Alerted;
import org.gazecheck.results.GateFailure.State;
import org.gazecheck.results.GateOutcome;
import org.gazecheck.results.NamedFile;

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
     * @param open what failed before, does not fail tonight, and is not over
     * @param critical of each item that could fail, where it is known
     * @param idle how many could not fail however clear the result
     */
    record Decided(
            GateOutcome outcome,
            Items items,
            List<Weighed> weighed,
            List<Failing> failing,
            List<GateFailure> open,
            List<Critical> critical,
            int idle)
            implements Ruling {}

    /** @param p corrected within the rule; empty where chance plays no part */
    record Weighed(Item item, OptionalDouble p) {
        boolean fails(double level) {
            return item.beyond() && (p.isEmpty() || p.getAsDouble() <= level);
        }
    }

    /** How a failure is not what it was when it alerted. */
    enum Change {
        REVERSED,
        FURTHER
    }

    /**
     * @param change since it alerted; empty also where it did not fail before
     * @param alerted as {@link GateFailure} has it
     * @param nights as {@link GateFailure} has it
     * @param named as {@link GateFailure} has it
     */
    record Failing(
            Weighed weighed,
            State state,
            Optional<Acknowledgement> acknowledgement,
            Optional<Change> change,
            Alerted alerted,
            List<String> nights,
            List<NamedFile> named) {
        Item item() {
            return weighed.item();
        }
    }

    GateOutcome outcome();
}
