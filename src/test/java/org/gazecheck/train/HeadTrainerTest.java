package org.gazecheck.train;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.Arrays;
import org.junit.jupiter.api.Test;

class HeadTrainerTest {
    @Test
    void whatIsAddedWeighsAsMuchAsItIsToldAndRowsWeighOneOnAverage() {
        double[] weights = HeadTrainer.weights(8, 2, 0.5);
        double views = Arrays.stream(weights, 0, 8).sum();
        double added = Arrays.stream(weights, 8, 10).sum();
        assertEquals(0.5, added / views, 1e-12);
        assertEquals(10, views + added, 1e-12);
        assertArrayEquals(new double[] {1, 1, 1}, HeadTrainer.weights(3, 0, 2));
    }

    /** The same function as where a row stands there twice. */
    @Test
    void aRowOfTwiceTheWeightCountsTwice() throws Exception {
        float[] twice = {1, 2, 1, 2, -1, 0.5f, 0, 3};
        float[] once = {1, 2, -1, 0.5f, 0, 3};
        double[] x = {0.1, -0.2, 0.3, 0.4, -0.5, 0.6};
        double[] expected = new double[6];
        double[] actual = new double[6];
        double value;
        try (LogisticRegression of =
                new LogisticRegression(FeatureRows.of(twice, 2), 2, new int[] {0, 0, 1, 1}, 2, 0.1)) {
            value = of.objective(0.01).evaluate(x, expected);
        }
        try (LogisticRegression of = new LogisticRegression(
                FeatureRows.of(once, 2), 2, new int[] {0, 1, 1}, new double[] {1.5, 0.75, 0.75}, 2, 0.1)) {
            assertEquals(value, of.objective(0.01).evaluate(x, actual), 1e-6);
        }
        assertArrayEquals(expected, actual, 1e-6);
    }
}
