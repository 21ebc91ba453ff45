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
public final class TemperatureScaling {
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
    static Calibration choose(ClassScores logits, int[] labels, SplittableRandom random) {
        return choose(CalibrationRows.of(logits, labels), null, random);
    }

    /**
     * The same of weighted rows, several of which may be of one image. All rows of an image lie in the same fold, and its difference is
     * the weighted sum of theirs.
     *
     * @param rows of val
     * @param on what they are, in words; null where they are val as it is
     */
    public static Calibration choose(CalibrationRows rows, @Nullable String on, SplittableRandom random) {
        int[][] byImage = rows.byImage();
        double fitted = fit(rows, IntStream.range(0, rows.labels().length).toArray(), HALVINGS);
        if (byImage.length < 2 * FOLDS) {
            return new Calibration(fitted, null, "val has fewer than " + 2 * FOLDS + " images", on);
        }
        double[] gains = gains(rows, byImage, random);
        Interval interval = StudentT.interval(gains);
        double mean = Arrays.stream(gains).average().orElseThrow();
        return new Calibration(
                fitted,
                new Figure(mean, interval.low(), interval.high(), gains.length),
                refusal(fitted, interval.low()),
                on);
    }

    private static @Nullable String refusal(double fitted, double leastGain) {
        if (Math.abs(Math.log(fitted)) > EDGE) {
            return "the fit ran to the end of its range, as it does where " + (fitted < 1 ? "all" : "too few")
                    + " answers on val are right";
        }
        return leastGain > 0 ? null : "it is not shown to lower the log loss of images that it was not fitted on";
    }

    /** [images] log loss at temperature 1 less that at the temperature of the least loss on the other folds. */
    private static double[] gains(CalibrationRows rows, int[][] byImage, SplittableRandom random) {
        int[] order = IntStream.range(0, byImage.length).toArray();
        for (int i = order.length - 1; i > 0; i--) {
            int other = random.nextInt(i + 1);
            int image = order[i];
            order[i] = order[other];
            order[other] = image;
        }
        double[] gains = new double[byImage.length];
        for (int fold = 0; fold < FOLDS; fold++) {
            int own = fold;
            int[] others = IntStream.range(0, order.length)
                    .filter(i -> i % FOLDS != own)
                    .flatMap(i -> Arrays.stream(byImage[order[i]]))
                    .toArray();
            double temperature = fit(rows, others, HALVINGS_IN_FOLD);
            for (int i = fold; i < order.length; i += FOLDS) {
                gains[order[i]] = gain(rows, byImage[order[i]], temperature);
            }
        }
        return gains;
    }

    private static double gain(CalibrationRows rows, int[] ofImage, double temperature) {
        ClassScores logits = rows.logits();
        float[] scores = new float[logits.classes()];
        double[] log = new double[logits.classes()];
        double gain = 0;
        for (int row : ofImage) {
            int label = rows.labels()[row];
            logits.read(row, scores);
            Logits.logSoftmax(scores, 0, temperature, log);
            double with = log[label];
            Logits.logSoftmax(scores, 0, 1, log);
            gain += rows.weights()[row] * (with - log[label]);
        }
        return gain;
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
        CalibrationRows rows = CalibrationRows.of(logits, labels);
        return fit(rows, IntStream.range(0, labels.length).toArray(), HALVINGS);
    }

    private static double fit(CalibrationRows rows, int[] used, int halvings) {
        double low = -Math.log(LIMIT);
        double high = Math.log(LIMIT);
        for (int i = 0; i < halvings; i++) {
            double middle = (low + high) / 2;
            if (slope(rows, used, Math.exp(-middle)) > 0) {
                low = middle;
            } else {
                high = middle;
            }
        }
        return Math.exp((low + high) / 2);
    }

    /**
     * The derivative of the log loss with respect to {@code 1/T}: positive when probabilities are too sure.
     *
     * @param used the rows that it is of
     */
    static double slope(CalibrationRows rows, int[] used, double inverse) {
        ClassScores logits = rows.logits();
        int classes = logits.classes();
        float[] scores = new float[classes];
        double[] log = new double[classes];
        double sum = 0;
        double weights = 0;
        for (int i : used) {
            logits.read(i, scores);
            Logits.logSoftmax(scores, 0, 1 / inverse, log);
            float own = scores[rows.labels()[i]];
            double weight = rows.weights()[i];
            for (int c = 0; c < classes; c++) {
                sum += weight * (Math.exp(log[c]) * (scores[c] - own));
            }
            weights += weight;
        }
        return sum / weights;
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
