package org.gazecheck.train;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.util.Arrays;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

class LogisticRegressionTest {

    @Test
    void gradientEqualsFiniteDifferences() throws IOException {
        int n = 600;
        int d = 5;
        int classes = 4;
        try (LogisticRegression regression =
                new LogisticRegression(FeatureRows.of(values(n * d, 1), d), d, labels(n, classes), classes, 0.1)) {
            Lbfgs.Objective objective = regression.objective(0.01);
            float[] start = values(regression.unknowns(), 2);
            double[] x = new double[start.length];
            for (int i = 0; i < x.length; i++) {
                x[i] = start[i];
            }
            double[] gradient = new double[x.length];
            objective.evaluate(x, gradient);
            double step = 0x1p-7;
            for (int i = 0; i < x.length; i++) {
                double kept = x[i];
                x[i] = kept + step;
                double above = objective.evaluate(x, new double[x.length]);
                x[i] = kept - step;
                double below = objective.evaluate(x, new double[x.length]);
                x[i] = kept;
                assertEquals((above - below) / (2 * step), gradient[i], 2e-5, "unknown " + i);
            }
        }
    }

    /** Two points at +-1: without L2, softmax must meet the smoothed labels, so the margin is log((1 - s/2) / (s/2)). */
    @Test
    void twoSmoothedClassesHaveTheirClosedForm() throws IOException {
        double smoothing = 0.1;
        try (LogisticRegression regression =
                new LogisticRegression(FeatureRows.of(new float[] {-1, 1}, 1), 1, new int[] {0, 1}, 2, smoothing)) {
            Lbfgs.Minimum minimum = new Lbfgs(200, 1e-9, 0)
                    .minimise(regression.objective(0), new double[regression.unknowns()], (i, value) -> {});
            double margin = Math.log((1 - smoothing / 2) / (smoothing / 2));
            assertEquals(margin, minimum.x()[1] - minimum.x()[0], 1e-4);
            assertEquals(0, minimum.x()[3] - minimum.x()[2], 1e-5);
            double p = 1 - smoothing / 2;
            assertEquals(-p * Math.log(p) - (1 - p) * Math.log(1 - p), minimum.value(), 1e-7);
        }
    }

    /** At the minimum with L2, 2 l2 w = (q - p) x averaged: the stationary point of the same two points. */
    @Test
    void l2PullsWeightsToTheirStationaryPoint() throws IOException {
        double l2 = 0.05;
        try (LogisticRegression regression =
                new LogisticRegression(FeatureRows.of(new float[] {-1, 1}, 1), 1, new int[] {0, 1}, 2, 0)) {
            Lbfgs.Minimum minimum = new Lbfgs(200, 1e-9, 0)
                    .minimise(regression.objective(l2), new double[regression.unknowns()], (i, value) -> {});
            double w = minimum.x()[1];
            assertEquals(-w, minimum.x()[0], 1e-6);
            assertEquals(1 / (1 + Math.exp(2 * w)), 2 * l2 * w, 1e-6);
        }
    }

    @Test
    void theSameInputGivesTheSameBits() throws IOException {
        assertArrayEquals(solve(), solve());
    }

    private static double[] solve() throws IOException {
        int n = 3000;
        int classes = 7;
        try (LogisticRegression regression =
                new LogisticRegression(FeatureRows.of(values(n * 64, 3), 64), 64, labels(n, classes), classes, 0.1)) {
            return new Lbfgs(30, 0, 0)
                    .minimise(regression.objective(1e-4), new double[regression.unknowns()], (i, value) -> {})
                    .x();
        }
    }

    /** More rows than one piece holds: value and gradient are the means over any two parts of the rows. */
    @Test
    void manyRows_areTheMeanOfTheirParts() throws IOException {
        int n = 20_000;
        int part = 4321;
        int d = 5;
        int classes = 3;
        float[] features = values(n * d, 5);
        int[] labels = labels(n, classes);
        double[] x = new SplittableRandom(6).doubles(classes * d + classes).toArray();
        double[] whole = evaluate(features, d, labels, classes, x);
        double[] first = evaluate(Arrays.copyOf(features, part * d), d, Arrays.copyOf(labels, part), classes, x);
        double[] second = evaluate(
                Arrays.copyOfRange(features, part * d, n * d), d, Arrays.copyOfRange(labels, part, n), classes, x);
        for (int i = 0; i < whole.length; i++) {
            assertEquals((part * first[i] + (n - part) * second[i]) / n, whole[i], 1e-6, "number " + i);
        }
    }

    /** The gradient, then the value. */
    private static double[] evaluate(float[] features, int d, int[] labels, int classes, double[] x)
            throws IOException {
        try (LogisticRegression regression =
                new LogisticRegression(FeatureRows.of(features, d), d, labels, classes, 0.1)) {
            double[] gradient = new double[x.length];
            double value = regression.objective(0).evaluate(x, gradient);
            double[] both = Arrays.copyOf(gradient, x.length + 1);
            both[x.length] = value;
            return both;
        }
    }

    /** The size of the reference job's probe: 8 views of 1020 images. */
    @Test
    @Tag("slow")
    void fourHundredIterationsOfTheReferenceJobTakeAboutAMinute() throws IOException {
        int n = 8160;
        int classes = 102;
        try (LogisticRegression regression = new LogisticRegression(
                FeatureRows.of(values(n * 2048, 4), 2048), 2048, labels(n, classes), classes, 0.1)) {
            Lbfgs.Objective objective = regression.objective(1e-6);
            double[] x = new double[regression.unknowns()];
            double[] gradient = new double[x.length];
            objective.evaluate(x, gradient);
            long start = System.nanoTime();
            for (int i = 0; i < 10; i++) {
                objective.evaluate(x, gradient);
            }
            double seconds = (System.nanoTime() - start) * 1e-9 / 10;
            System.out.printf("%.3f s an evaluation%n", seconds);
            assertTrue(seconds < 0.5, seconds + " s an evaluation");
        }
    }

    private static float[] values(int count, long seed) {
        SplittableRandom random = new SplittableRandom(seed);
        float[] values = new float[count];
        for (int i = 0; i < count; i++) {
            values[i] = (float) (random.nextDouble() * 2 - 1);
        }
        return values;
    }

    private static int[] labels(int n, int classes) {
        SplittableRandom random = new SplittableRandom(99);
        return random.ints(n, 0, classes).toArray();
    }
}
