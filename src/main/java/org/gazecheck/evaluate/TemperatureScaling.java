package org.gazecheck.evaluate;

import java.util.Arrays;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import org.gazecheck.results.Calibration;
import org.gazecheck.results.Figure;
import org.gazecheck.stats.Interval;
import org.gazecheck.stats.StudentT;
import org.jspecify.annotations.Nullable;

/**
 * One number that calibrates probabilities (Guo et al. 2017): logits are divided by the temperature {@code T} that
 * minimises the log loss {@code -mean log softmax(z / T)_y} on val. The loss is convex in {@code 1/T}; its slope there,
 * {@code mean(sum_c p_c z_c - z_y)}, is brought to zero by bisection.
 */
final class TemperatureScaling {
    /** Temperatures outside [1/64, 64] are not tried: they are reached only when all answers are right, or none. */
    private static final double LIMIT = 64;

    /** As far as the fit comes: within a per cent of it nothing says where the best temperature lies. */
    private static final double EDGE = Math.log(LIMIT) - 0.01;

    private static final int HALVINGS = 60;
    private static final int HALVINGS_IN_FOLD = 20;
    private static final int FOLDS = 5;

    private TemperatureScaling() {}

    /**
     * Fits the temperature on all of val, and takes it only if it lies inside the range and lowers the log loss of images
     * that it was not fitted on: of the differences an image, by {@value #FOLDS}-fold cross-validation, the 95 % interval
     * of the mean must lie above 0.
     *
     * @param logits of val
     * @param labels [images]
     * @throws IllegalArgumentException without images
     */
    static Calibration choose(Logits logits, int[] labels, SplittableRandom random) {
        double fitted = fit(logits, labels);
        if (labels.length < 2 * FOLDS) {
            return new Calibration(fitted, null, "val has fewer than " + 2 * FOLDS + " images");
        }
        double[] gains = gains(logits, labels, random);
        Interval interval = StudentT.interval(gains);
        double mean = Arrays.stream(gains).average().orElseThrow();
        return new Calibration(
                fitted,
                new Figure(mean, interval.low(), interval.high(), gains.length),
                refusal(fitted, interval.low()));
    }

    private static @Nullable String refusal(double fitted, double leastGain) {
        if (Math.abs(Math.log(fitted)) > EDGE) {
            return "the fit ran to the end of its range, as it does where " + (fitted < 1 ? "all" : "too few")
                    + " answers on val are right";
        }
        return leastGain > 0 ? null : "it is not shown to lower the log loss of images that it was not fitted on";
    }

    /** [images] log loss at temperature 1 less that at the temperature of the least loss on the other folds. */
    private static double[] gains(Logits logits, int[] labels, SplittableRandom random) {
        int[] order = IntStream.range(0, labels.length).toArray();
        for (int i = order.length - 1; i > 0; i--) {
            int other = random.nextInt(i + 1);
            int image = order[i];
            order[i] = order[other];
            order[other] = image;
        }
        double[] gains = new double[labels.length];
        double[] log = new double[logits.classes()];
        for (int fold = 0; fold < FOLDS; fold++) {
            int own = fold;
            int[] others = IntStream.range(0, order.length)
                    .filter(i -> i % FOLDS != own)
                    .map(i -> order[i])
                    .toArray();
            double temperature = fit(logits, labels, others, HALVINGS_IN_FOLD);
            for (int i = fold; i < order.length; i += FOLDS) {
                int image = order[i];
                logits.logSoftmax(image, temperature, log);
                gains[image] = log[labels[image]];
                logits.logSoftmax(image, 1, log);
                gains[image] -= log[labels[image]];
            }
        }
        return gains;
    }

    /**
     * The best temperature, within 1/64..64.
     *
     * @param logits of val
     * @param labels [images]
     * @throws IllegalArgumentException without images
     */
    static double fit(Logits logits, int[] labels) {
        if (labels.length == 0 || labels.length != logits.images()) {
            throw new IllegalArgumentException(labels.length + " labels for " + logits.images() + " images");
        }
        return fit(logits, labels, IntStream.range(0, labels.length).toArray(), HALVINGS);
    }

    private static double fit(Logits logits, int[] labels, int[] images, int halvings) {
        double low = -Math.log(LIMIT);
        double high = Math.log(LIMIT);
        for (int i = 0; i < halvings; i++) {
            double middle = (low + high) / 2;
            if (slope(logits, labels, images, Math.exp(-middle)) > 0) {
                low = middle;
            } else {
                high = middle;
            }
        }
        return Math.exp((low + high) / 2);
    }

    /** The derivative of the log loss with respect to {@code 1/T}: positive when probabilities are too sure. */
    static double slope(Logits logits, int[] labels, int[] images, double inverse) {
        int classes = logits.classes();
        double[] log = new double[classes];
        double sum = 0;
        for (int i : images) {
            logits.logSoftmax(i, 1 / inverse, log);
            float own = logits.values()[i * classes + labels[i]];
            for (int c = 0; c < classes; c++) {
                sum += Math.exp(log[c]) * (logits.values()[i * classes + c] - own);
            }
        }
        return sum / images.length;
    }

    /** {@code -mean log softmax(z / T)_y}, in nats. */
    static double logLoss(Logits logits, int[] labels, double temperature) {
        double[] log = new double[logits.classes()];
        double sum = 0;
        for (int i = 0; i < labels.length; i++) {
            logits.logSoftmax(i, temperature, log);
            sum -= log[labels[i]];
        }
        return sum / labels.length;
    }
}
