package org.gazecheck.stats;

import java.util.Arrays;

/**
 * Differences between two treatments of the same units.
 *
 * @param differences [n], at least one, no NaN
 */
public record PairedDifferences(double[] differences) {
    public PairedDifferences {
        if (differences.length == 0) {
            throw new IllegalArgumentException("no pairs");
        }
    }

    public double mean() {
        return Arrays.stream(differences).average().orElseThrow();
    }

    /** The 95 % bootstrap interval of {@link #mean}. */
    public Interval interval(Bootstrap bootstrap) {
        Bootstrap.Figures mean = (counts, out) -> {
            double sum = 0;
            for (int i = 0; i < counts.length; i++) {
                sum += counts[i] * differences[i];
            }
            out[0] = sum / counts.length;
        };
        return bootstrap.intervals(new int[differences.length], 1, mean).intervals()[0];
    }
}
