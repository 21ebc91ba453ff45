package org.gazecheck.evaluate;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import org.gazecheck.results.SplitMetrics.ReliabilityBin;

/**
 * Confidence against accuracy in 15 bins of equal width, (0, 1/15] to (14/15, 1] (Guo et al. 2017).
 *
 * @param n [15] images in each bin
 * @param confidence [15] sum of the predicted classes' probabilities
 * @param correct [15] right predictions
 */
record Reliability(int[] n, double[] confidence, int[] correct) {
    private static final int BINS = 15;

    /** Counts answers, the i-th {@code times[i]} times. */
    static Reliability of(Answers answers, int[] times) {
        Reliability bins = new Reliability(new int[BINS], new double[BINS], new int[BINS]);
        for (int i = 0; i < times.length; i++) {
            double p = answers.confidence()[i];
            int bin = bin(p);
            bins.n[bin] += times[i];
            bins.confidence[bin] += times[i] * p;
            bins.correct[bin] += answers.ranks()[i] == 1 ? times[i] : 0;
        }
        return bins;
    }

    /** The {@link #error} of the same confidences if each were right exactly as often as it says. */
    static double errorIfCalibrated(Answers answers, SplittableRandom random) {
        double[] off = new double[BINS];
        for (double p : answers.confidence()) {
            off[bin(p)] += (random.nextDouble() < p ? 1 : 0) - p;
        }
        return Arrays.stream(off).map(Math::abs).sum() / answers.images();
    }

    private static int bin(double p) {
        return Math.max(0, Math.min(BINS, (int) Math.ceil(p * BINS)) - 1);
    }

    /** Expected calibration error: {@code sum over bins of n_b / n |accuracy_b - confidence_b|}, 0..1. */
    double error() {
        double sum = 0;
        int images = 0;
        for (int b = 0; b < BINS; b++) {
            sum += Math.abs(correct[b] - confidence[b]);
            images += n[b];
        }
        return sum / images;
    }

    /** Low to high; the means of an empty bin are NaN. */
    List<ReliabilityBin> bins() {
        List<ReliabilityBin> bins = new ArrayList<>();
        for (int b = 0; b < BINS; b++) {
            bins.add(new ReliabilityBin(
                    (double) b / BINS,
                    (double) (b + 1) / BINS,
                    n[b],
                    confidence[b] / n[b],
                    (double) correct[b] / n[b]));
        }
        return bins;
    }
}
