package org.gazecheck.train;

import java.util.SplittableRandom;

/** {@code Beta(a, b) = X / (X + Y)} with X, Y drawn from gamma distributions of shapes a and b. */
final class BetaDistribution {
    private BetaDistribution() {}

    static double draw(double a, double b, SplittableRandom random) {
        double x = logGamma(a, random);
        double y = logGamma(b, random);
        return 1 / (1 + Math.exp(y - x));
    }

    /** Logarithm of a gamma variate (Marsaglia and Tsang 2000), which stays finite for small shapes. */
    private static double logGamma(double shape, SplittableRandom random) {
        if (shape < 1) {
            return logGamma(shape + 1, random) + Math.log(1 - random.nextDouble()) / shape;
        }
        double d = shape - 1.0 / 3;
        double c = 1 / Math.sqrt(9 * d);
        while (true) {
            double x = random.nextGaussian();
            double v = Math.pow(1 + c * x, 3);
            if (v > 0 && Math.log(1 - random.nextDouble()) < x * x / 2 + d - d * v + d * Math.log(v)) {
                return Math.log(d * v);
            }
        }
    }
}
