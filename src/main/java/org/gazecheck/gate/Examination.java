package org.gazecheck.gate;

import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import org.gazecheck.results.Figure;

/** What a rule looked at in a run, before it is decided whether chance explains it. */
sealed interface Examination {
    /** @param reason why the rule does not apply */
    record Missing(String reason) implements Examination {}

    /**
     * @param things what the items are
     * @param corrected whether the items' p hold for all of them together already
     * @param few classes that were left out because they have too few images
     * @param without classes without the figure, or without an interval for it
     */
    record Items(List<Item> items, Things things, boolean corrected, int few, int without) implements Examination {
        static Items of(List<Item> items, Things things, boolean corrected) {
            return new Items(items, things, corrected, 0, 0);
        }
    }

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
     * @param p how likely it is at least as far beyond, if the rule holds; empty where chance plays no part
     * @param leastP the least that p could be
     * @param beyond whether it is on the wrong side at all
     * @param figure that fails; for a comparison the difference; its value is NaN where there is none
     * @param worse 1 where more is worse, -1 where less is, 0 where that cannot be said
     * @param failure what would have made it fail
     */
    record Item(
            Seen seen,
            OptionalDouble p,
            double leastP,
            boolean beyond,
            Figure figure,
            int worse,
            LeastFailure failure) {
        private static final Figure NONE = new Figure(Double.NaN, Double.NaN, Double.NaN, 0);

        /** What fails by being there. @param p empty where chance plays no part */
        static Item present(Seen seen, OptionalDouble p) {
            return new Item(seen, p, 0, true, NONE, 0, LeastFailure.UNKNOWN);
        }

        boolean restsOnChance() {
            return p.isPresent();
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
     * @param at figures, or differences, that would have been enough
     */
    record Critical(Seen seen, double distance, List<Double> at) {
        static Critical nothing(Seen seen) {
            return new Critical(seen, Double.POSITIVE_INFINITY, List.of());
        }

        boolean isPossible() {
            return distance < Double.POSITIVE_INFINITY;
        }
    }
}
