package org.gazecheck.stats;

import java.util.Arrays;

/**
 * Two groups of one measure.
 *
 * @param a [n], at least one, no NaN
 * @param b [m], at least one, no NaN
 */
public record TwoSamples(double[] a, double[] b) {
    public TwoSamples {
        if (a.length == 0 || b.length == 0) {
            throw new IllegalArgumentException("groups of " + a.length + " and " + b.length);
        }
    }

    public double meanOfA() {
        return Arrays.stream(a).average().orElseThrow();
    }

    public double meanOfB() {
        return Arrays.stream(b).average().orElseThrow();
    }

    /** Mean of a minus mean of b. */
    public double difference() {
        return meanOfA() - meanOfB();
    }

    /** The 95 % bootstrap interval of {@link #difference}, each group resampled by itself. */
    public Interval interval(Bootstrap bootstrap) {
        double[] all = all();
        int[] strata = new int[all.length];
        Arrays.fill(strata, a.length, all.length, 1);
        Bootstrap.Figures difference = (counts, out) -> {
            double sumA = 0;
            double sumB = 0;
            for (int i = 0; i < a.length; i++) {
                sumA += counts[i] * all[i];
            }
            for (int i = a.length; i < all.length; i++) {
                sumB += counts[i] * all[i];
            }
            out[0] = sumA / a.length - sumB / b.length;
        };
        return bootstrap.intervals(strata, 1, difference).intervals()[0];
    }

    /**
     * Cliff's delta (Cliff 1993): the chance that a value of a exceeds one of b minus the chance of the opposite, -1..1.
     * With U the Mann-Whitney statistic of a it is {@code 2U/(nm) - 1}.
     */
    public double cliffsDelta() {
        double[] sorted = b.clone();
        Arrays.sort(sorted);
        long difference = 0;
        for (double value : a) {
            long less = countBelow(sorted, value, false);
            long lessOrEqual = countBelow(sorted, value, true);
            difference += less - (sorted.length - lessOrEqual);
        }
        return (double) difference / ((double) a.length * b.length);
    }

    private static int countBelow(double[] sorted, double value, boolean orEqual) {
        int low = 0;
        int high = sorted.length;
        while (low < high) {
            int middle = (low + high) >>> 1;
            if (sorted[middle] < value || orEqual && sorted[middle] == value) {
                low = middle + 1;
            } else {
                high = middle;
            }
        }
        return low;
    }

    /** The standard deviation of {@link #difference} when group membership is shuffled; 0 for two values or fewer. */
    public double spread() {
        double[] all = all();
        if (all.length <= 2) {
            return 0;
        }
        double mean = Arrays.stream(all).average().orElseThrow();
        double squares = Arrays.stream(all).map(v -> (v - mean) * (v - mean)).sum();
        return Math.sqrt(squares / (all.length - 1) * (1.0 / a.length + 1.0 / b.length));
    }

    private double[] all() {
        double[] all = Arrays.copyOf(a, a.length + b.length);
        System.arraycopy(b, 0, all, a.length, b.length);
        return all;
    }
}
