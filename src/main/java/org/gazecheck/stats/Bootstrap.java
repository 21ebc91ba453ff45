package org.gazecheck.stats;

import java.util.Arrays;
import java.util.SplittableRandom;

/**
 * Percentile intervals from resampling images with replacement (Efron 1979). All figures are computed from the same
 * resamples, so they stay paired by image; images are drawn within their stratum, because how many there are of each is
 * part of the design, not of chance.
 *
 * <p>Figures that are not linear in the images (calibration error, F1) have a bias under resampling; the percentiles are
 * therefore taken around the mean of the resamples and laid around the figure: {@code [t + q(2.5 %) - m, t + q(97.5 %) -
 * m]}, with {@code m} the mean of the resampled figures and {@code t} the figure itself.
 *
 * @param resamples how many
 * @param stream what its draws are for
 */
public record Bootstrap(int resamples, Randomness randomness, RandomStream stream) {
    public Bootstrap {
        if (resamples < 1) {
            throw new IllegalArgumentException(resamples + " resamples");
        }
    }

    /** Computes all figures of a weighted sample. */
    @FunctionalInterface
    public interface Figures {
        /**
         * @param counts [images] how often each image is in the sample; all 1 for the sample itself
         * @param figures receives the figures
         */
        void of(int[] counts, double[] figures);
    }

    /** Figures with their intervals. */
    public record Result(double[] values, Interval[] intervals) {}

    /**
     * Computes figures and their 95 % intervals.
     *
     * @param strata [images] the stratum of each image, from 0
     * @param figures how many figures there are
     */
    public Result intervals(int[] strata, int figures, Figures compute) {
        int n = strata.length;
        int[] counts = new int[n];
        Arrays.fill(counts, 1);
        double[] values = new double[figures];
        compute.of(counts, values);

        int[][] members = Strata.members(strata);
        double[][] resampled = new double[figures][resamples];
        double[] row = new double[figures];
        for (int r = 0; r < resamples; r++) {
            draw(members, counts, randomness.of(stream, r));
            compute.of(counts, row);
            for (int f = 0; f < figures; f++) {
                resampled[f][r] = row[f];
            }
        }
        Interval[] intervals = new Interval[figures];
        for (int f = 0; f < figures; f++) {
            intervals[f] = around(values[f], resampled[f]);
        }
        return new Result(values, intervals);
    }

    private static void draw(int[][] members, int[] counts, SplittableRandom random) {
        Arrays.fill(counts, 0);
        for (int[] stratum : members) {
            for (int i = 0; i < stratum.length; i++) {
                counts[stratum[random.nextInt(stratum.length)]]++;
            }
        }
    }

    /** The interval of a figure from its resamples, which this sorts; NaN where one of them is. */
    static Interval around(double value, double[] resampled) {
        double shift = value - Arrays.stream(resampled).average().orElseThrow();
        Arrays.sort(resampled);
        return new Interval(quantile(resampled, 0.025) + shift, quantile(resampled, 0.975) + shift);
    }

    /** The quantile by linear interpolation between order statistics (type 7 of Hyndman and Fan 1996). */
    public static double quantile(double[] sorted, double q) {
        double place = q * (sorted.length - 1);
        int below = (int) place;
        int above = Math.min(below + 1, sorted.length - 1);
        return sorted[below] + (place - below) * (sorted[above] - sorted[below]);
    }
}
