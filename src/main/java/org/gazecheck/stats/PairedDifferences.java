package org.gazecheck.stats;

import java.util.Arrays;
import java.util.SplittableRandom;

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

    /** The standard deviation of {@link #mean} when each pair's treatments are exchanged at random. */
    public double spread() {
        return Math.sqrt(Arrays.stream(differences).map(d -> d * d).sum()) / differences.length;
    }

    /**
     * The one-sided p-value of a mean as high as this when each pair's treatments are exchanged at random (Fisher's
     * sign-flip test): {@code (1 + as high) / (1 + draws)}, never 0.
     */
    public double greaterP(int draws, SplittableRandom random) {
        double observed = Arrays.stream(differences).sum();
        double tolerance = 1e-12 * Arrays.stream(differences).map(Math::abs).sum();
        int asHigh = 0;
        for (int d = 0; d < draws; d++) {
            double sum = 0;
            long bits = 0;
            for (int i = 0; i < differences.length; i++) {
                bits = i % 64 == 0 ? random.nextLong() : bits >>> 1;
                sum += (bits & 1) == 0 ? differences[i] : -differences[i];
            }
            asHigh += sum >= observed - tolerance ? 1 : 0;
        }
        return (1.0 + asHigh) / (1.0 + draws);
    }
}
