package org.gazecheck.evaluate;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.SplittableRandom;
import java.util.stream.IntStream;
import org.gazecheck.results.Calibration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TemperatureScalingTest {
    private static final int CLASSES = 6;
    private static final int IMAGES = 20_000;

    /** Honest scores z with labels drawn from softmax(z). */
    private record Sample(float[] scores, int[] labels) {
        static Sample draw(long seed, int images) {
            SplittableRandom random = new SplittableRandom(seed);
            float[] scores = new float[images * CLASSES];
            int[] labels = new int[images];
            for (int i = 0; i < images; i++) {
                double[] weight = new double[CLASSES];
                double sum = 0;
                for (int c = 0; c < CLASSES; c++) {
                    scores[i * CLASSES + c] = (float) (2 * random.nextGaussian());
                    weight[c] = Math.exp(scores[i * CLASSES + c]);
                    sum += weight[c];
                }
                double left = random.nextDouble() * sum;
                while (labels[i] < CLASSES - 1 && (left -= weight[labels[i]]) > 0) {
                    labels[i]++;
                }
            }
            return new Sample(scores, labels);
        }

        Logits scaled(double temperature) {
            float[] scaled = new float[scores.length];
            for (int i = 0; i < scaled.length; i++) {
                scaled[i] = (float) (temperature * scores[i]);
            }
            return new Logits(labels.length, CLASSES, scaled);
        }
    }

    @ParameterizedTest
    @ValueSource(doubles = {0.2, 1, 1.7, 9})
    void theTemperatureThatScaledHonestScoresIsFound(double temperature) {
        Sample sample = Sample.draw(4, IMAGES);
        double found = TemperatureScaling.fit(sample.scaled(temperature), sample.labels);
        assertEquals(1, found / temperature, 0.03);
    }

    @Test
    void withoutErrorsOnValNoTemperatureIsTaken() {
        float[] scores = new float[60 * CLASSES];
        int[] labels = new int[60];
        SplittableRandom random = new SplittableRandom(8);
        for (int i = 0; i < labels.length; i++) {
            labels[i] = i % CLASSES;
            scores[i * CLASSES + labels[i]] = 1 + random.nextFloat();
        }

        Calibration calibration =
                TemperatureScaling.choose(new Logits(60, CLASSES, scores), labels, new SplittableRandom(1));

        assertEquals(1, calibration.temperature());
        assertTrue(calibration.refusal().contains("end of its range"), calibration.refusal());
    }

    @Test
    void oneErrorAmongSureAnswersIsNoReasonForATemperature() {
        float[] scores = new float[60 * CLASSES];
        int[] labels = new int[60];
        for (int i = 0; i < labels.length; i++) {
            scores[i * CLASSES + i % CLASSES] = 1;
            labels[i] = i == 7 ? 2 : i % CLASSES;
        }

        Calibration calibration =
                TemperatureScaling.choose(new Logits(60, CLASSES, scores), labels, new SplittableRandom(1));

        assertTrue(calibration.fitted() < 1 && calibration.fitted() > 1.0 / 32, "fitted " + calibration.fitted());
        assertEquals(1, calibration.temperature(), calibration + "");
    }

    @Test
    void valOfAFewImagesDecidesNothing() {
        Calibration calibration = TemperatureScaling.choose(
                new Logits(3, 2, new float[] {4, 0, 0, 4, 4, 0}), new int[] {0, 1, 1}, new SplittableRandom(1));

        assertEquals(1, calibration.temperature());
        assertEquals("val has fewer than 10 images", calibration.refusal());
    }

    /** Each image {@code times} times, every row with its share of the weight. */
    private static CalibrationRows repeated(Sample sample, double scale, int times) {
        int n = sample.labels.length;
        float[] once = sample.scaled(scale).values();
        float[] values = new float[times * once.length];
        int[] labels = new int[times * n];
        int[] images = new int[times * n];
        double[] weights = new double[times * n];
        for (int row = 0; row < labels.length; row++) {
            int image = row % n;
            System.arraycopy(once, image * CLASSES, values, row * CLASSES, CLASSES);
            labels[row] = sample.labels[image];
            images[row] = image;
            weights[row] = 1.0 / times;
        }
        return new CalibrationRows(new Logits(labels.length, CLASSES, values), labels, weights, images);
    }

    @Test
    void rowsOfOneImageAreNoMoreThanOne() {
        Sample sample = Sample.draw(9, 60);
        Calibration once = TemperatureScaling.choose(sample.scaled(1.3), sample.labels, new SplittableRandom(2));
        Calibration often = TemperatureScaling.choose(repeated(sample, 1.3, 20), "these", new SplittableRandom(2));
        assertEquals(once.fitted(), often.fitted(), 1e-9);
        assertEquals(once.gain().value(), often.gain().value(), 1e-9);
        assertEquals(once.gain().low(), often.gain().low(), 1e-9);
        assertEquals(60, often.gain().n());
        assertEquals(once.refusal(), often.refusal());
        assertEquals("these", often.images());
        assertEquals("val", once.images());
        assertEquals(
                "val has fewer than 10 images",
                TemperatureScaling.choose(repeated(Sample.draw(9, 9), 3, 20), "these", new SplittableRandom(2))
                        .refusal());
    }

    @Test
    void rowsThatWeighMoreCountAsIfThereWereMoreOfThem() {
        Sample sample = Sample.draw(10, 40);
        Logits logits = sample.scaled(2);
        int[] images = IntStream.range(0, 40).toArray();
        double[] weights =
                IntStream.range(0, 40).mapToDouble(i -> i < 10 ? 3 : 1).toArray();
        double found = TemperatureScaling.choose(
                        new CalibrationRows(logits, sample.labels, weights, images), null, new SplittableRandom(1))
                .fitted();
        int[] drawn = IntStream.range(0, 60).map(i -> i < 40 ? i : i % 10).toArray();
        float[] values = new float[drawn.length * CLASSES];
        int[] labels = new int[drawn.length];
        for (int i = 0; i < drawn.length; i++) {
            System.arraycopy(logits.values(), drawn[i] * CLASSES, values, i * CLASSES, CLASSES);
            labels[i] = sample.labels[drawn[i]];
        }
        assertEquals(TemperatureScaling.fit(new Logits(60, CLASSES, values), labels), found, 1e-9);
    }

    /** How often a temperature is taken, of many samples of val, where honest scores were multiplied by {@code scale}. */
    private static double taken(double scale, int images) {
        int repetitions = 400;
        int taken = 0;
        for (int r = 0; r < repetitions; r++) {
            Sample sample = Sample.draw(1000 + r, images);
            taken += TemperatureScaling.choose(sample.scaled(scale), sample.labels, new SplittableRandom(r))
                                    .refusal()
                            == null
                    ? 1
                    : 0;
        }
        return (double) taken / repetitions;
    }

    @Test
    void honestScoresAreRarelyScaledAndDishonestOnesNearlyAlways() {
        assertEquals(0, taken(1, 100), 0.05, "level at 100");
        assertEquals(0, taken(1, 500), 0.05, "level at 500");
        assertEquals(1, taken(2, 100), 0.2, "power at 100");
        assertEquals(1, taken(1.5, 500), 0.2, "power at 500");
        assertEquals(1, taken(0.6, 500), 0.2, "power below 1");
    }

    @Test
    void noOtherTemperatureHasALowerLoss() {
        Sample sample = Sample.draw(5, 300);
        Logits logits = sample.scaled(3);
        double best = TemperatureScaling.fit(logits, sample.labels);
        double least = TemperatureScaling.logLoss(logits, sample.labels, best);
        for (double t = 1 / 64.0; t < 64; t *= 1.05) {
            assertTrue(TemperatureScaling.logLoss(logits, sample.labels, t) >= least, "better at " + t);
        }
        assertTrue(TemperatureScaling.logLoss(logits, sample.labels, best * 1.01) > least);
        assertTrue(TemperatureScaling.logLoss(logits, sample.labels, best / 1.01) > least);
    }

    @ParameterizedTest
    @ValueSource(doubles = {0.1, 0.5, 1, 3})
    void theSlopeIsThatOfFiniteDifferences(double inverse) {
        Sample sample = Sample.draw(6, 200);
        Logits logits = sample.scaled(1.5);
        double step = 1e-5;
        double above = TemperatureScaling.logLoss(logits, sample.labels, 1 / (inverse + step));
        double below = TemperatureScaling.logLoss(logits, sample.labels, 1 / (inverse - step));
        assertEquals(
                (above - below) / (2 * step),
                TemperatureScaling.slope(
                        CalibrationRows.of(logits, sample.labels),
                        IntStream.range(0, 200).toArray(),
                        inverse),
                1e-6);
    }

    @Test
    void theLossIsTheMeanNegativeLogarithm() {
        Logits logits = new Logits(2, 2, new float[] {0, (float) Math.log(3), 0, 0});
        double expected = (Math.log(4 / 3.0) + Math.log(2)) / 2;
        assertEquals(expected, TemperatureScaling.logLoss(logits, new int[] {1, 0}, 1), 1e-7);
    }

    @Test
    void whereEveryAnswerIsRightTheTemperatureStaysWithinItsRange() {
        Logits logits = new Logits(2, 2, new float[] {1, 0, 0, 1});
        assertEquals(1 / 64.0, TemperatureScaling.fit(logits, new int[] {0, 1}), 1e-9);
    }

    @Test
    void whereEveryAnswerIsWrongTheTemperatureStaysWithinItsRange() {
        Logits logits = new Logits(2, 2, new float[] {1, 0, 0, 1});
        assertEquals(64, TemperatureScaling.fit(logits, new int[] {1, 0}), 1e-6);
    }

    @Test
    void withoutImagesThereIsNothingToFit() {
        assertThrows(
                IllegalArgumentException.class,
                () -> TemperatureScaling.fit(new Logits(0, 2, new float[0]), new int[0]));
    }
}
