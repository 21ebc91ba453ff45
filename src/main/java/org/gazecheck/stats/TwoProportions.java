package org.gazecheck.stats;

import org.apache.commons.math3.distribution.HypergeometricDistribution;

/**
 * Two shares of different images.
 *
 * @param k how many of the first {@code n}, {@code n} at least 1
 * @param l how many of the second {@code m}, {@code m} at least 1
 */
public record TwoProportions(int k, int n, int l, int m) {
    /** R's tolerance for "as unlikely as what was seen". */
    private static final double TOLERANCE = 1 + 1e-7;

    public TwoProportions {
        if (n < 1 || m < 1 || k < 0 || k > n || l < 0 || l > m) {
            throw new IllegalArgumentException(k + " of " + n + " and " + l + " of " + m);
        }
    }

    /** The first share less the second, -1..1. */
    public double difference() {
        return (double) k / n - (double) l / m;
    }

    /** The 95 % interval of {@link #difference}: the hybrid of two Wilson intervals (Newcombe 1998, method 10). */
    public Interval interval() {
        double p = (double) k / n;
        double q = (double) l / m;
        Interval first = Wilson.interval(k, n);
        Interval second = Wilson.interval(l, m);
        return new Interval(
                difference() - Math.hypot(p - first.low(), second.high() - q),
                difference() + Math.hypot(first.high() - p, q - second.low()));
    }

    /**
     * The difference nearest to none, of that sign, whose {@link #p} is at or below a level.
     *
     * @param n images of the first share, at least 1
     * @param l how many of the second {@code m}, {@code m} at least 1
     * @param sign of the difference, -1 or 1
     * @return infinite where no count of the first is that far from the second
     */
    public static double critical(int n, int l, int m, double level, int sign) {
        double second = (double) l / m;
        int k = (int) (sign < 0 ? Math.ceil(second * n) : Math.floor(second * n));
        for (; k >= 0 && k <= n; k += sign) {
            TwoProportions two = new TwoProportions(k, n, l, m);
            if (two.difference() * sign > 0 && two.p() <= level) {
                return two.difference();
            }
        }
        return sign * Double.POSITIVE_INFINITY;
    }

    /**
     * The two-sided p-value of Fisher's exact test: how likely tables with these margins are that are no more likely than
     * this one. It holds its level for any number of images.
     */
    public double p() {
        int successes = k + l;
        if (successes == 0 || successes == n + m) {
            return 1;
        }
        HypergeometricDistribution drawn = new HypergeometricDistribution(null, n + m, successes, n);
        double seen = drawn.probability(k) * TOLERANCE;
        double p = 0;
        for (int i = Math.max(0, successes - m); i <= Math.min(n, successes); i++) {
            double likelihood = drawn.probability(i);
            p += likelihood <= seen ? likelihood : 0;
        }
        return Math.min(1, p);
    }
}
