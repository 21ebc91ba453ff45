package org.gazecheck.gate;

import java.util.OptionalDouble;
import org.apache.commons.math3.distribution.NormalDistribution;
import org.apache.commons.math3.distribution.TDistribution;
import org.gazecheck.metric.Metric.Nature;
import org.gazecheck.results.Figure;
import org.gazecheck.stats.BinomialTest;

/**
 * How likely a figure at least as far beyond a threshold is, if the truth lies at the threshold: one-sided. It is at or
 * below a level exactly where the figure's one-sided bound at that level lies beyond the threshold.
 *
 * <p>A share of n images is held to the binomial distribution (Clopper and Pearson 1934). Any other figure has its standard
 * error from its 95 % interval, {@code s = (longest arm) / 1.96}, the arms being those from the figure to the interval's ends
 * and half its width (an end may be cut where the figure can go no further), and is held to Student's t of n - 1 degrees of
 * freedom.
 */
final class OneSidedP {
    private static final double Z = 1.959963984540054;
    private static final double ROUNDING = 1e-6;
    private static final NormalDistribution NORMAL = new NormalDistribution(null, 0, 1);

    private OneSidedP() {}

    /** Of the side that is below the threshold, or of that above it; empty where there is no interval to go by. */
    static OptionalDouble of(Nature nature, Figure figure, double threshold, boolean below) {
        if (nature == Nature.SHARE) {
            int n = figure.n();
            double counted = below ? figure.value() * n : n - figure.value() * n;
            int successes = Math.min(n, (int) Math.ceil(counted - ROUNDING));
            return OptionalDouble.of(BinomialTest.atMost(successes, n, below ? threshold : 1 - threshold));
        }
        double error = standardError(figure);
        if (Double.isNaN(error) || figure.n() < 2) {
            return OptionalDouble.empty();
        }
        double beyond = below ? threshold - figure.value() : figure.value() - threshold;
        if (error == 0) {
            return OptionalDouble.of(beyond > 0 ? 0 : 1);
        }
        return OptionalDouble.of(new TDistribution(null, figure.n() - 1.0).cumulativeProbability(-beyond / error));
    }

    /** The least that {@link #of} can give with that many images. */
    static double least(Nature nature, int n, double threshold, boolean below) {
        return nature == Nature.SHARE ? BinomialTest.atMost(0, n, below ? threshold : 1 - threshold) : 0;
    }

    /** The figure nearest to the threshold for which {@link #of} is at or below a level; empty where there is none. */
    static OptionalDouble critical(Nature nature, Figure figure, double threshold, boolean below, double level) {
        int n = figure.n();
        if (nature == Nature.SHARE) {
            double probability = below ? threshold : 1 - threshold;
            int most = -1;
            while (most + 1 < n && BinomialTest.atMost(most + 1, n, probability) <= level) {
                most++;
            }
            return most < 0 ? OptionalDouble.empty() : OptionalDouble.of((double) (below ? most : n - most) / n);
        }
        double error = standardError(figure);
        if (!(error > 0) || n < 2) {
            return OptionalDouble.empty();
        }
        double away = error * new TDistribution(null, n - 1.0).inverseCumulativeProbability(1 - level);
        return OptionalDouble.of(below ? threshold - away : threshold + away);
    }

    /**
     * How likely the step from one night's figure to another's is, upwards, if both estimate the same: normal, as if they
     * were of different images. Empty where one has no interval.
     */
    static OptionalDouble ofStep(double from, double fromLow, double fromHigh, double to, double toLow, double toHigh) {
        double error = Math.hypot((fromHigh - fromLow) / (2 * Z), (toHigh - toLow) / (2 * Z));
        if (error == 0) {
            return OptionalDouble.of(to > from ? 0 : 1);
        }
        return Double.isFinite(error)
                ? OptionalDouble.of(NORMAL.cumulativeProbability((from - to) / error))
                : OptionalDouble.empty();
    }

    private static double standardError(Figure figure) {
        double low = figure.value() - figure.low();
        double high = figure.high() - figure.value();
        double error = Math.max(Math.max(low, high), (figure.high() - figure.low()) / 2) / Z;
        return Double.isFinite(error) ? error : Double.NaN;
    }
}
