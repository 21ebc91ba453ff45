package org.gazecheck.train;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.util.Arrays;
import java.util.SplittableRandom;
import org.apache.commons.math3.linear.Array2DRowRealMatrix;
import org.apache.commons.math3.linear.LUDecomposition;
import org.apache.commons.math3.linear.RealMatrix;
import org.junit.jupiter.api.Test;

class RelatedFitsTest {
    private static final int N = 120;
    private static final int WIDTH = 12;
    private static final int CLASSES = 3;

    /** Rows of very different lengths: without curvature, many iterations. */
    private static Probe.Examples examples() {
        SplittableRandom random = new SplittableRandom(3);
        float[] features = new float[N * WIDTH];
        int[] labels = new int[N];
        for (int i = 0; i < N; i++) {
            labels[i] = random.nextInt(CLASSES);
            for (int k = 0; k < WIDTH; k++) {
                double size = Math.pow(2, -k);
                features[i * WIDTH + k] = (float) (size * (random.nextDouble() + (k % CLASSES == labels[i] ? 0.3 : 0)));
            }
        }
        return new Probe.Examples(FeatureRows.of(features, WIDTH), WIDTH, labels);
    }

    @Test
    void theyEndAtTheSameMinimumInFewerIterations() throws IOException {
        Probe.Examples train = examples();
        try (RelatedFits related = new RelatedFits()) {
            for (double first : new double[] {1, 1.5, 0.5}) {
                double[] weights = new double[N];
                Arrays.fill(weights, 0, N / 2, first);
                Arrays.fill(weights, N / 2, N, 2 - first);
                try (LogisticRegression regression =
                        new LogisticRegression(train.rows(), WIDTH, train.labels(), weights, CLASSES, 0.1)) {
                    double[] zeros = new double[regression.unknowns()];
                    for (double l2 : new double[] {1e-4, 1e-5}) {
                        Lbfgs.Minimum alone =
                                new Lbfgs(5000, 1e-8, 1e-9).minimise(regression.objective(l2), zeros, (i, value) -> {});
                        Lbfgs.Minimum minimum = new Lbfgs(
                                        5000, 1e-8, 1e-9, related.curvature(l2, train.rows(), N, WIDTH, CLASSES))
                                .minimise(regression.objective(l2), related.start(l2, zeros), (i, value) -> {});
                        related.ended(l2, minimum.x());
                        assertEquals(alone.value(), minimum.value(), 1e-5);
                        assertTrue(
                                minimum.iterations() < alone.iterations(),
                                minimum.iterations() + ", alone " + alone.iterations());
                    }
                }
            }
        }
    }

    @Test
    void whatIsAppliedIsTheInverseOfTheCurvature() throws IOException {
        Probe.Examples train = examples();
        double[][] curvature = new double[WIDTH + 1][WIDTH + 1];
        float[] row = new float[WIDTH + 1];
        row[WIDTH] = 1;
        for (int i = 0; i < N; i++) {
            train.rows().read(i, row, 0);
            for (int a = 0; a <= WIDTH; a++) {
                for (int b = 0; b <= WIDTH; b++) {
                    curvature[a][b] += 0.05 / N * row[a] * row[b];
                }
            }
        }
        for (int a = 0; a <= WIDTH; a++) {
            curvature[a][a] += 2e-3;
        }
        RealMatrix inverse = new LUDecomposition(new Array2DRowRealMatrix(curvature))
                .getSolver()
                .getInverse();
        double[] vector = new SplittableRandom(1).doubles(CLASSES * (WIDTH + 1)).toArray();
        double[] expected = new double[vector.length];
        for (int c = 0; c < CLASSES; c++) {
            double[] own = Arrays.copyOf(Arrays.copyOfRange(vector, c * WIDTH, (c + 1) * WIDTH), WIDTH + 1);
            own[WIDTH] = vector[CLASSES * WIDTH + c];
            double[] of = inverse.operate(own);
            System.arraycopy(of, 0, expected, c * WIDTH, WIDTH);
            expected[CLASSES * WIDTH + c] = of[WIDTH];
        }
        try (InverseCurvature of = InverseCurvature.of(train.rows(), N, WIDTH, CLASSES, 1e-3)) {
            of.apply(vector);
        }
        assertArrayEquals(
                expected,
                vector,
                1e-3 * Arrays.stream(expected).map(Math::abs).max().orElseThrow());
    }

    @Test
    void rowsThatSpanLittleAreNoObstacle() throws IOException {
        float[] ones = new float[4 * WIDTH];
        Arrays.fill(ones, 1);
        try (InverseCurvature of = InverseCurvature.of(FeatureRows.of(ones, WIDTH), 4, WIDTH, 2, 0)) {
            double[] vector = new double[2 * WIDTH + 2];
            Arrays.fill(vector, 1);
            of.apply(vector);
            assertTrue(Arrays.stream(vector).allMatch(Double::isFinite), Arrays.toString(vector));
        }
    }
}
