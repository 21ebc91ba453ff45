package org.gazecheck.train;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;

class LbfgsTest {
    private static final Lbfgs LBFGS = new Lbfgs(500, 1e-10, 0);

    /** {@code sum a_i (x_i - i)^2 / 2} with curvatures a from 1 to 10,000. */
    private static double quadratic(double[] x, double[] gradient) {
        double value = 0;
        for (int i = 0; i < x.length; i++) {
            double a = Math.pow(10, 4.0 * i / (x.length - 1));
            gradient[i] = a * (x[i] - i);
            value += a * (x[i] - i) * (x[i] - i) / 2;
        }
        return value;
    }

    @Test
    void findsTheMinimumOfAnIllConditionedQuadratic() {
        Lbfgs.Minimum minimum = LBFGS.minimise(LbfgsTest::quadratic, new double[8], (i, value) -> {});
        assertArrayEquals(new double[] {0, 1, 2, 3, 4, 5, 6, 7}, minimum.x(), 1e-8);
        assertTrue(minimum.converged());
        assertTrue(minimum.iterations() < 100, minimum.iterations() + " iterations");
    }

    @Test
    void findsTheMinimumOfRosenbrocksValley() {
        Lbfgs.Objective rosenbrock = (x, g) -> {
            double a = 1 - x[0];
            double b = x[1] - x[0] * x[0];
            g[0] = -2 * a - 400 * x[0] * b;
            g[1] = 200 * b;
            return a * a + 100 * b * b;
        };
        Lbfgs.Minimum minimum = LBFGS.minimise(rosenbrock, new double[] {-1.2, 1}, (i, value) -> {});
        assertArrayEquals(new double[] {1, 1}, minimum.x(), 1e-7);
    }

    @Test
    void everyStepLowersTheValue() {
        double[] last = {Double.POSITIVE_INFINITY};
        LBFGS.minimise(LbfgsTest::quadratic, new double[8], (i, value) -> {
            assertTrue(value < last[0]);
            last[0] = value;
        });
    }

    @Test
    void saysWhenIterationsRanOut() {
        Lbfgs.Minimum minimum = new Lbfgs(3, 1e-10, 0).minimise(LbfgsTest::quadratic, new double[8], (i, value) -> {});
        assertEquals(3, minimum.iterations());
        assertEquals(false, minimum.converged());
    }

    @Test
    void leavesTheStartAlone() {
        double[] start = {5, 5, 5};
        LBFGS.minimise(LbfgsTest::quadratic, start, (i, value) -> {});
        assertArrayEquals(new double[] {5, 5, 5}, start);
    }
}
