package org.gazecheck.stats;

import org.apache.commons.math3.special.Beta;

/** The exact binomial test (Clopper and Pearson 1934; two-sided as in R's {@code binom.test}). */
public final class BinomialTest {
    /** R's tolerance for "as unlikely as what was seen". */
    private static final double TOLERANCE = 1 + 1e-7;

    private BinomialTest() {}

    /**
     * How likely counts are that are no more likely than {@code successes} out of {@code n}, if each succeeds with
     * {@code probability}.
     *
     * @throws IllegalArgumentException if successes are not within 0..n or the probability not within 0..1
     */
    public static double p(int successes, int n, double probability) {
        if (successes < 0 || successes > n || !(probability >= 0 && probability <= 1)) {
            throw new IllegalArgumentException(successes + " of " + n + " at probability " + probability);
        }
        if (probability == 0 || probability == 1) {
            return successes == n * probability ? 1 : 0;
        }
        double[] likelihood = likelihoods(n, probability);
        double seen = likelihood[successes] * TOLERANCE;
        double p = 0;
        for (double l : likelihood) {
            if (l <= seen) {
                p += l;
            }
        }
        return Math.min(1, p);
    }

    /**
     * One-sided: how likely {@code successes} or fewer are out of {@code n}, if each succeeds with {@code probability},
     * {@code I(1 - probability; n - successes, successes + 1)}. At or below a level exactly where the upper bound of
     * Clopper and Pearson at that level lies at or below {@code probability}.
     *
     * @throws IllegalArgumentException if successes are not within 0..n or the probability not within 0..1
     */
    public static double atMost(int successes, int n, double probability) {
        if (successes < 0 || successes > n || !(probability >= 0 && probability <= 1)) {
            throw new IllegalArgumentException(successes + " of " + n + " at probability " + probability);
        }
        return successes == n ? 1 : Beta.regularizedBeta(1 - probability, n - successes, successes + 1.0);
    }

    private static double[] likelihoods(int n, double probability) {
        double[] likelihoods = new double[n + 1];
        double log = n * Math.log1p(-probability);
        double odds = Math.log(probability) - Math.log1p(-probability);
        for (int k = 0; k <= n; k++) {
            likelihoods[k] = Math.exp(log);
            log += Math.log((double) (n - k) / (k + 1)) + odds;
        }
        return likelihoods;
    }
}
