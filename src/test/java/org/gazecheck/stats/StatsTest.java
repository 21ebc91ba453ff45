package org.gazecheck.stats;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

/** The witnesses named scipy are scipy 1.17's. */
class StatsTest {
    private static Bootstrap bootstrap(int resamples, long seed) {
        return new Bootstrap(resamples, new Randomness(seed), new RandomStream("test"));
    }

    @Test
    void wilsonAsScipyHasIt() {
        assertInterval(0.2552885198782742, 0.36620957698280004, Wilson.interval(81, 263), 1e-12);
        assertInterval(0, 0.16112515805281935, Wilson.interval(0, 20), 1e-12);
        assertInterval(0.8388748419471808, 1, Wilson.interval(20, 20), 1e-12);
        assertInterval(0.9557162055618939, 0.9716616172855023, Wilson.interval(2013, 2087), 1e-12);
    }

    @Test
    void wilsonOfNothingIsNanAndOfTooManyIsRefused() {
        assertTrue(Double.isNaN(Wilson.interval(0, 0).low()));
        assertThrows(IllegalArgumentException.class, () -> Wilson.interval(3, 2));
    }

    @Test
    void bootstrapOfAMeanComesNearItsNormalInterval() {
        SplittableRandom random = new SplittableRandom(3);
        double[] x = random.doubles(2000).toArray();
        double mean = Arrays.stream(x).average().orElseThrow();
        double half = 1.96 * Math.sqrt(1.0 / 12 / 2000);
        Bootstrap.Figures figures = (counts, out) -> {
            double sum = 0;
            for (int i = 0; i < x.length; i++) {
                sum += counts[i] * x[i];
            }
            out[0] = sum / x.length;
            out[1] = -out[0];
        };
        Bootstrap.Result result = bootstrap(2000, 1).intervals(new int[2000], 2, figures);
        assertEquals(mean, result.values()[0], 1e-12);
        assertInterval(mean - half, mean + half, result.intervals()[0], 0.15 * half);
        assertEquals(-result.intervals()[0].high(), result.intervals()[1].low(), 1e-12, "the same resamples");
        assertEquals(
                result.intervals()[0],
                bootstrap(2000, 1).intervals(new int[2000], 2, figures).intervals()[0]);
    }

    @Test
    void aStratumKeepsItsSizeInEveryResample() {
        int[] strata = {2, 0, 2, 0, 2, 1};
        bootstrap(50, 1).intervals(strata, 1, (counts, out) -> {
            int[] sizes = new int[3];
            for (int i = 0; i < counts.length; i++) {
                sizes[strata[i]] += counts[i];
            }
            assertArrayEquals(new int[] {2, 1, 3}, sizes);
            assertEquals(1, counts[5], "the only one of its stratum");
        });
    }

    @Test
    void quantilesAsNumpyHasThem() {
        double[] x = {1, 2, 4, 8, 16};
        assertEquals(1.1, Bootstrap.quantile(x, 0.025), 1e-12);
        assertEquals(2.4, Bootstrap.quantile(x, 0.3), 1e-12);
        assertEquals(15.2, Bootstrap.quantile(x, 0.975), 1e-12);
    }

    @Test
    void cliffsDeltaIsScipysMannWhitneyRescaled() {
        double[] a = {1, 2, 2, 3, 5, 5, 8.5, 9};
        double[] b = {2, 3, 3, 4, 5, 0, 1};
        assertEquals(2 * 37.5 / 56 - 1, new TwoSamples(a, b).cliffsDelta(), 1e-12);
        assertEquals(1 - 2 * 37.5 / 56, new TwoSamples(b, a).cliffsDelta(), 1e-12);
        assertEquals(1, new TwoSamples(new double[] {2, 3}, new double[] {0, 1}).cliffsDelta());
    }

    /** Seven of n objects must change for 2^-7 <= 0.01; scipy.stats.binom.sf(6, n, share) first reaches 0.8 there. */
    @Test
    void whatSignFlipsCouldHaveFound() {
        assertEquals(DetectableEffect.NONE, DetectableEffect.ofSigns(5, 0.01, 0.1), "2^-5 is 3 %");
        assertEquals(0.97, DetectableEffect.ofSigns(7, 0.01, 0.1), 1e-12);
        assertEquals(0.42, DetectableEffect.ofSigns(20, 0.01, 0.1), 1e-12);
        assertEquals(0.57, DetectableEffect.ofSigns(20, 0.01 / 6, 0.1), 1e-12);
        assertEquals(0.12, DetectableEffect.ofSigns(120, 0.01, 0.1), 0.011);
    }

    @Test
    void binomialTestAsScipyHasIt() {
        assertEquals(0.012795198399999989, BinomialTest.p(6, 10, 0.9), 1e-12);
        assertEquals(0.009838059841136441, BinomialTest.p(20, 25, 0.946), 1e-12);
        assertEquals(0.051882020873502147, BinomialTest.p(50, 100, 0.6), 1e-12);
        assertEquals(0.11114980000000002, BinomialTest.p(0, 7, 0.3), 1e-12);
        assertEquals(0.00039657376483889025, BinomialTest.p(900, 1000, 0.93), 1e-12);
        assertEquals(0, BinomialTest.p(9, 10, 1));
        assertEquals(1, BinomialTest.p(10, 10, 1));
    }

    @Test
    void benjaminiHochbergAsScipyHasIt() {
        assertArrayEquals(
                new double[] {0.03, 0.06, 0.06, 0.03, 0.24, 0.9},
                BenjaminiHochberg.correct(new double[] {0.01, 0.04, 0.03, 0.005, 0.2, 0.9}),
                1e-12);
        assertArrayEquals(new double[0], BenjaminiHochberg.correct(new double[0]));
    }

    private static void assertInterval(double low, double high, Interval found, double tolerance) {
        assertEquals(low, found.low(), tolerance);
        assertEquals(high, found.high(), tolerance);
    }
}
