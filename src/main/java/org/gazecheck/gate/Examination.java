package org.gazecheck.gate;

import java.util.List;
import java.util.Optional;

/** What a rule has to say of a run before it is decided whether chance explains it. */
sealed interface Examination {
    /** @param reason why the rule does not apply */
    record Missing(String reason) implements Examination {}

    /** @param reason why nothing can be said although there is something to be said: that is a failure */
    record Unanswerable(String reason) implements Examination {}

    /**
     * @param things what the items are
     * @param corrected whether the items' p hold for all of them together already
     * @param remark a sentence to be added, such as what was left out; may be empty
     */
    record Items(List<Item> items, Things things, boolean corrected, String remark) implements Examination {}

    /** What a rule's items are. */
    enum Things {
        /** The one item of a rule without parts. */
        FIGURE("figure", "figures"),
        CLASSES("class", "classes"),
        TESTS("test", "tests"),
        FINDINGS("finding", "findings");

        private final String one;
        private final String many;

        Things(String one, String many) {
            this.one = one;
            this.many = many;
        }

        String count(int n) {
            return Wording.count(n, one, many);
        }
    }

    /**
     * One thing that may fail.
     *
     * @param id of the failure that it may become
     * @param p how likely it is at least as far beyond, if the rule holds; NaN where chance plays no part
     * @param leastP the least that p could be
     * @param beyond whether it is on the wrong side at all
     * @param statement without a full stop: "test.top1 is 82.0 %"
     * @param violation "below 89 %"; empty where the statement says it
     * @param value that fails, NaN where there is none
     * @param worse 1 where more is worse, -1 where less is, 0 where that cannot be said
     * @param failure what would have made it fail
     */
    record Item(
            String id,
            double p,
            double leastP,
            boolean beyond,
            String statement,
            String violation,
            double value,
            double low,
            double high,
            int worse,
            LeastFailure failure) {
        boolean restsOnChance() {
            return !Double.isNaN(p);
        }
    }

    /** What would have been just enough for a failure. */
    interface LeastFailure {
        LeastFailure UNKNOWN = level -> Optional.empty();

        /** Empty where it is not known. */
        Optional<Critical> at(double level);
    }

    /**
     * How far off the least failure is.
     *
     * @param distance from what the rule asks for, above 0; infinite where nothing would have been enough
     * @param text after "it would fail": "at 57.1 % (8 of 14) or below"
     */
    record Critical(double distance, String text) {
        static final Critical NOTHING = new Critical(Double.POSITIVE_INFINITY, "");

        boolean isPossible() {
            return distance < Double.POSITIVE_INFINITY;
        }
    }
}
