package org.gazecheck.evaluate;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.OptionalDouble;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import org.gazecheck.results.SplitMetrics;
import org.gazecheck.stats.Bootstrap;
import org.gazecheck.stats.RandomStream;
import org.gazecheck.stats.Randomness;
import org.junit.jupiter.api.Test;

class MetricsCalculatorTest {
    private static final List<String> CLASSES = List.of("a", "b", "c", "absent");
    private static final Bootstrap BOOTSTRAP = new Bootstrap(200, new Randomness(1), new RandomStream("test"));

    /** Confident by log 9 : 1/3 each, so that the predicted class has p = 0.9 / 1.2 = 0.75 after normalisation. */
    private static Logits predicting(int... predicted) {
        float[] values = new float[predicted.length * 4];
        for (int i = 0; i < predicted.length; i++) {
            values[i * 4 + predicted[i]] = (float) Math.log(9);
        }
        return new Logits(predicted.length, 4, values);
    }

    @Test
    void figuresAreThoseComputedByHand() {
        int[] labels = {0, 0, 0, 0, 1, 1, 2, 2};
        SplitMetrics m = MetricsCalculator.of(
                predicting(0, 0, 0, 1, 1, 1, 0, 1), labels, CLASSES, OptionalDouble.empty(), BOOTSTRAP);
        assertEquals(5 / 8.0, m.top1().value(), 1e-12);
        assertEquals(1, m.top5().value(), 1e-12);
        assertEquals((3 / 4.0 + 1 + 0) / 3, m.balancedAccuracy().value(), 1e-12);
        double f1a = 2 * 3 / (4.0 + 4);
        double f1b = 2 * 2 / (2.0 + 4);
        assertEquals((f1a + f1b + 0) / 3, m.macroF1().value(), 1e-12);
        double right = Math.log(9 / 12.0);
        double wrong = Math.log(1 / 12.0);
        assertEquals(-(5 * right + 3 * wrong) / 8, m.logLoss().value(), 1e-6);
        assertEquals(0.75 - 5 / 8.0, m.ece().value(), 1e-6);
        assertEquals("a", m.confusions().get(0).label());
        assertEquals(
                3,
                m.confusions().stream().mapToInt(SplitMetrics.Confusion::count).sum());
        assertTrue(Double.isNaN(m.classes().get(3).precision().value()));
        assertEquals(0.3057, m.top1().low(), 1e-3);
        assertEquals(0.8632, m.top1().high(), 1e-3);
    }

    /** Each image is right with the probability u that the network says, u even from 0.3 to 0.9: 0.6 on average. */
    @Test
    void intervalsHoldWhereMostClassesHaveOneImageOrNone() {
        SplittableRandom random = new SplittableRandom(9);
        int classes = 60;
        List<String> names =
                IntStream.range(0, classes).mapToObj(c -> "class " + c).toList();
        double rest = classes - 1.0;
        double loss = IntStream.range(0, 6000)
                .mapToDouble(i -> 0.3 + (i + 0.5) * 1e-4)
                .map(u -> -u * Math.log(u) - (1 - u) * Math.log((1 - u) / rest))
                .average()
                .orElseThrow();
        int sets = 300;
        int losses = 0;
        int balanced = 0;
        int calibrated = 0;
        for (int set = 0; set < sets; set++) {
            int n = 30;
            int[] labels = new int[n];
            float[] values = new float[n * classes];
            for (int i = 0; i < n; i++) {
                double u = 0.3 + 0.6 * random.nextDouble();
                labels[i] = random.nextInt(classes);
                int said = random.nextDouble() < u ? labels[i] : (labels[i] + 1) % classes;
                values[i * classes + said] = (float) Math.log(u * rest / (1 - u));
            }
            SplitMetrics m = MetricsCalculator.of(
                    new Logits(n, classes, values), labels, names, OptionalDouble.empty(), BOOTSTRAP);
            losses += m.logLoss().low() <= loss && loss <= m.logLoss().high() ? 1 : 0;
            calibrated += m.ece().low() == 0 ? 1 : 0;
            balanced += m.balancedAccuracy().low() <= 0.6
                            && 0.6 <= m.balancedAccuracy().high()
                    ? 1
                    : 0;
        }
        assertTrue(losses > 0.9 * sets, losses + " of " + sets);
        assertTrue(balanced > 0.9 * sets, balanced + " of " + sets);
        assertTrue(calibrated > 0.95 * sets, calibrated + " of " + sets);
    }

    /** Wilson: 20 of 20 are 83.9 % to 100 %. */
    @Test
    void thatAllAreRightIsNotCertainty() {
        int[] labels = {0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1};
        SplitMetrics m = MetricsCalculator.of(predicting(labels), labels, CLASSES, OptionalDouble.empty(), BOOTSTRAP);
        assertEquals(m.top1().low(), m.balancedAccuracy().low(), 1e-12);
        assertEquals(0.8389, m.balancedAccuracy().low(), 5e-5);
        assertEquals(1, m.balancedAccuracy().high());
        assertEquals(0.8389, m.macroF1().low(), 5e-5);
        assertEquals(0.25, m.ece().value(), 1e-6);
        assertTrue(m.ece().low() < 0.1 && m.ece().low() > 0, "all of 20 right at 75 %: " + m.ece());
    }

    @Test
    void theTemperatureThatScaledTheLogitsIsFoundAgain() {
        int n = 4000;
        SplittableRandom random = new SplittableRandom(4);
        float[] values = new float[n * 4];
        int[] labels = new int[n];
        for (int i = 0; i < n; i++) {
            double[] z = new double[4];
            double sum = 0;
            for (int c = 0; c < 4; c++) {
                z[c] = 4 * random.nextDouble();
                sum += Math.exp(z[c]);
            }
            double u = random.nextDouble() * sum;
            int label = 0;
            while (label < 3 && (u -= Math.exp(z[label])) > 0) {
                label++;
            }
            labels[i] = label;
            for (int c = 0; c < 4; c++) {
                values[i * 4 + c] = (float) (2.5 * z[c]);
            }
        }
        Logits logits = new Logits(n, 4, values);
        double fitted = TemperatureScaling.fit(logits, labels);
        assertEquals(2.5, fitted, 0.12);
        double h = 1e-4;
        double slope = (TemperatureScaling.logLoss(logits, labels, 1 / (0.7 + h))
                        - TemperatureScaling.logLoss(logits, labels, 1 / (0.7 - h)))
                / (2 * h);
        assertEquals(
                slope,
                TemperatureScaling.slope(
                        CalibrationRows.of(logits, labels),
                        IntStream.range(0, labels.length).toArray(),
                        0.7),
                1e-5);
        SplitMetrics m = MetricsCalculator.of(logits, labels, CLASSES, OptionalDouble.of(fitted), BOOTSTRAP);
        assertTrue(m.ece().value() < m.uncalibrated().ece().value());
        assertTrue(m.logLoss().value() < m.uncalibrated().logLoss().value());
    }

    @Test
    void flipAveragingAveragesProbabilities() {
        Logits a = new Logits(1, 2, new float[] {3, 1});
        Logits b = new Logits(1, 2, new float[] {-2, 4});
        float[] pa = a.probabilities(1);
        float[] pb = b.probabilities(1);
        float[] mean = {(pa[0] + pb[0]) / 2, (pa[1] + pb[1]) / 2};
        assertArrayEquals(mean, a.averagedWith(b).probabilities(1), 1e-6f);
    }

    @Test
    void ofEqualScoresTheLowerClassComesFirst() {
        Logits tie = new Logits(1, 3, new float[] {1, 2, 2});
        assertEquals(1, tie.best(0));
        assertEquals(1, tie.rank(0, 1));
        assertEquals(2, tie.rank(0, 2));
    }

    @Test
    void aScoreThatIsNoNumberIsRefused() {
        var e = assertThrows(IllegalArgumentException.class, () -> new Logits(1, 2, new float[] {0, Float.NaN}));
        assertTrue(e.getMessage().contains("image 0 for class 1"), e.getMessage());
    }
}
