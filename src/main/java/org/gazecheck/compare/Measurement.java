package org.gazecheck.compare;

import org.gazecheck.metric.MetricId;
import org.gazecheck.stats.CriticalEffect;
import org.gazecheck.stats.Interval;

/** One metric of two runs, or why it is not compared. */
public sealed interface Measurement {
    MetricId id();

    /**
     * Measured.
     *
     * @param reference its value in the earlier run, NaN where it has none by itself
     * @param value its value in the later run, NaN where it has none by itself
     * @param referenceImages images behind {@code reference}
     * @param images images behind {@code value}
     * @param effect size and direction of the difference
     * @param test by which {@code p} was found
     * @param critical which effects the test would have spoken of
     * @param p two-sided p-value by itself
     * @param q p corrected for all tests of its {@link Family}
     * @param spread 95 % interval of {@code value}, of tests by ranks; NaN elsewhere
     */
    record Measured(
            MetricId id,
            double reference,
            double value,
            int referenceImages,
            int images,
            Effect effect,
            Test test,
            CriticalEffect critical,
            double p,
            double q,
            Interval spread)
            implements Measurement {
        /** Without an interval of the value. */
        Measured(
                MetricId id,
                double reference,
                double value,
                int referenceImages,
                int images,
                Effect effect,
                Test test,
                CriticalEffect critical,
                double p,
                double q) {
            this(
                    id,
                    reference,
                    value,
                    referenceImages,
                    images,
                    effect,
                    test,
                    critical,
                    p,
                    q,
                    new Interval(Double.NaN, Double.NaN));
        }

        /** Whether the corrected p-value says that something differs. @param level such as 0.05 */
        public boolean differs(double level) {
            return q <= level;
        }

        /** Which way it differs, as far as it can be told from the effect. */
        public Direction direction() {
            double size = effect.size();
            if (size == 0 || Double.isNaN(size)) {
                return Direction.SAME;
            }
            if (!effect.signed()) {
                return Direction.OTHER;
            }
            return switch (id.metric().better()) {
                case HIGHER -> size > 0 ? Direction.BETTER : Direction.WORSE;
                case LOWER -> size < 0 ? Direction.BETTER : Direction.WORSE;
                case NEITHER -> size > 0 ? Direction.HIGHER : Direction.LOWER;
            };
        }

        Measured corrected(double newQ) {
            return new Measured(id, reference, value, referenceImages, images, effect, test, critical, p, newQ, spread);
        }
    }

    /** @param because in plain words, to be read after "not applicable because" */
    record NotApplicable(MetricId id, String because) implements Measurement {}

    /** How {@code p} is found. */
    enum Test {
        FISHER("Fisher"),
        MCNEMAR("McNemar"),
        RANK_SUM("rank sum"),
        SIGNED_RANKS("signed ranks"),
        ENERGY_DISTANCE("energy distance, shuffled"),
        CHI_SQUARED("chi-squared, shuffled");

        private final String text;

        Test(String text) {
            this.text = text;
        }

        public String text() {
            return text;
        }

        /** The least p that it can give; 0 where nothing bounds it. */
        public double leastP() {
            return this == ENERGY_DISTANCE || this == CHI_SQUARED ? 1.0 / (1 + NewImages.SHUFFLES) : 0;
        }
    }

    /** How the later run differs from the earlier one. */
    enum Direction {
        BETTER,
        WORSE,
        /** Where neither is better. */
        HIGHER,
        LOWER,
        /** Different, without a direction. */
        OTHER,
        SAME
    }

    /**
     * @param name of the size, such as "difference" or "Cliff's delta"
     * @param size later less earlier; 0: no difference
     * @param interval of the size, 95 %; NaN where there is none
     * @param signed whether the size has a direction, or is a distance
     */
    record Effect(String name, double size, Interval interval, boolean signed) {
        static final String DIFFERENCE = "difference";

        static Effect difference(double size, Interval interval) {
            return new Effect(DIFFERENCE, size, interval, true);
        }

        static Effect distance(String name, double size) {
            return new Effect(name, size, new Interval(Double.NaN, Double.NaN), false);
        }
    }
}
