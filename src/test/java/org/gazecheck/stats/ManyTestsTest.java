package org.gazecheck.stats;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** The witnesses named scipy are scipy 1.17's. */
class ManyTestsTest {
    @Test
    void holmByHand() {
        assertArrayEquals(
                new double[] {0.05, 0.12, 0.12, 0.03, 0.4, 0.9},
                Holm.correct(new double[] {0.01, 0.04, 0.03, 0.005, 0.2, 0.9}),
                1e-12);
        assertArrayEquals(new double[] {1, 1}, Holm.correct(new double[] {0.6, 0.7}));
    }

    /** scipy: mannwhitneyu(method="exact"); with ties the count over all 6435 groups of numpy's mid-ranks. */
    @Test
    void rankSumAsScipyHasIt() {
        double[] a = {1.1, 2.5, 2.7, 3.9, 5.2, 5.6, 8.5};
        double[] b = {2.2, 3.1, 3.3, 4.0, 5.0, 0.3, 1.7, 0.9};
        assertEquals(0.1892773892773893, RankSum.p(new TwoSamples(a, b)), 1e-12);
        assertEquals(0.1892773892773893, RankSum.p(new TwoSamples(b, a)), 1e-12);
        double[] tied = {1, 2, 2, 3, 5, 5, 8.5, 9};
        assertEquals(1837.0 / 6435, RankSum.p(new TwoSamples(tied, new double[] {2, 3, 3, 4, 5, 0, 1})), 1e-12);
        assertEquals(
                0.000999000999000999,
                RankSum.p(new TwoSamples(
                        new double[] {10, 11, 12, 13, 14},
                        IntStream.range(0, 9).asDoubleStream().toArray())),
                1e-15);
        assertEquals(1, RankSum.p(new TwoSamples(new double[] {1, 1}, new double[] {1, 1, 1})));
    }

    /**
     * One of five differs from 6,000 equal ones, and so do 59 of these: at least one of five in 6,005 drawn without putting
     * back is 1 - C(5945, 5) / C(6005, 5) = 0.0489. The normal approximation has 2e-5.
     */
    @Test
    void aFewAmongManyEqualOnesAreNoMiracle() {
        double[] many = new double[6000];
        Arrays.fill(many, 0, 59, 1);
        assertEquals(0.0489, RankSum.p(new TwoSamples(new double[] {0, 0, 0, 0, 1}, many)), 0.01);
    }

    /** All below 6,000 others: the normal approximation has 1e-4, the draws can show 5e-6 at least. */
    @Test
    void aFewBelowAllOthersAreBeyondChance() {
        double[] many = IntStream.range(0, 6000).asDoubleStream().toArray();
        double[] few = {-5, -4, -3, -2, -1};
        assertEquals(5e-6, RankSum.p(new TwoSamples(few, many)), 1e-9);
        assertEquals(RankSum.p(new TwoSamples(few, many)), RankSum.p(new TwoSamples(many, few)), "the same draws");
    }

    @Test
    void drawnPValuesAreUniformWhereNothingDiffers() {
        SplittableRandom random = new SplittableRandom(8);
        int below = 0;
        for (int i = 0; i < 400; i++) {
            double[] few = random.doubles(8).map(u -> Math.floor(4 * u)).toArray();
            double[] many = random.doubles(2000).map(u -> Math.floor(4 * u)).toArray();
            below += RankSum.p(new TwoSamples(few, many)) <= 0.1 ? 1 : 0;
        }
        assertTrue(below <= 40 + 3 * Math.sqrt(400 * 0.1 * 0.9), below + " of 400");
        assertTrue(below >= 15, below + " of 400");
    }

    @Test
    void rankSumOfManyIsNearTheShuffledOne() {
        SplittableRandom random = new SplittableRandom(5);
        double[] a = random.doubles(300, 0.06, 1.06).toArray();
        double[] b = random.doubles(500).toArray();
        boolean[] group = new boolean[800];
        Arrays.fill(group, 0, 300, true);
        double[] all = IntStream.range(0, 800)
                .mapToDouble(i -> i < 300 ? a[i] : b[i - 300])
                .toArray();
        StratifiedGroups groups = new StratifiedGroups(group, new int[800]);
        double shuffled = MaxT.of(groups, new double[][] {groups.ranks(all)}, 20_000, random)
                .p()[0];
        assertEquals(shuffled, RankSum.p(new TwoSamples(a, b)), 4 * Math.sqrt(shuffled / 20_000));
    }

    @Test
    void testsThatAreTheSameCostNothing() {
        Drawn drawn = new Drawn(3, 120, 6, 0.25);
        double[] ranks = drawn.groups.ranks(drawn.values[0]);
        MaxT result = MaxT.of(drawn.groups, new double[][] {ranks, ranks, ranks}, 999, new SplittableRandom(1));
        assertEquals(result.p()[0], result.adjusted()[0]);
        assertEquals(result.p()[2], result.adjusted()[2]);
    }

    @Test
    void aTestThatCannotBeMadeHasNoEvidence() {
        Drawn drawn = new Drawn(3, 60, 6, 0);
        MaxT result =
                MaxT.of(drawn.groups, new double[][] {new double[60], new double[60]}, 99, new SplittableRandom(1));
        assertArrayEquals(new double[] {1, 1}, result.adjusted());
        assertArrayEquals(new double[] {0, 0}, result.z());
    }

    @Test
    void whereNothingDiffersTheLeastAdjustedPIsUniform() {
        int below = 0;
        for (int run = 0; run < 400; run++) {
            Drawn drawn = new Drawn(run, 150, 10, 0);
            below += Arrays.stream(drawn.test(199).adjusted()).min().orElseThrow() <= 0.1 ? 1 : 0;
        }
        assertEquals(40, below, 4 * Math.sqrt(36));
    }

    @Test
    void anEffectOfTheDetectableSizeIsFoundAboutAsOftenAsTheStatedPower() {
        double level = 0.05;
        double shift = 0.19;
        double delta = 2 * (1 - (1 - shift) * (1 - shift) / 2) - 1;
        int found = 0;
        double power = 0;
        for (int run = 0; run < 200; run++) {
            Drawn drawn = new Drawn(run, 200, 10, shift);
            MaxT result = drawn.test(499);
            found += result.adjusted()[0] <= level ? 1 : 0;
            double spread =
                    drawn.groups.spread(drawn.groups.ranks(drawn.values[0])) / drawn.groups.pairs(drawn.values[0]);
            double detectable = DetectableEffect.of(spread, result.critical(level));
            power += delta / detectable;
        }
        double ratio = power / 200;
        assertTrue(ratio > 0.9 && ratio < 1.15, "the effect is " + ratio + " times the detectable one");
        assertTrue(found >= 140 && found <= 180, found + " of 200 found");
    }

    @Test
    void detectableByTheNormalTable() {
        assertEquals(1.959963984540054, DetectableEffect.critical(0.05), 1e-12);
        assertEquals(2.8015852 * 0.1, DetectableEffect.of(0.1, DetectableEffect.critical(0.05)), 1e-7);
    }

    /** scipy: chi2_contingency(correction=False), contingency.association(method="cramer"); residuals by numpy. */
    @Test
    void contingencyAsScipyHasIt() {
        Contingency table = new Contingency(new int[][] {{12, 5, 3}, {2, 9, 4}, {7, 7, 21}});
        assertEquals(21.680555555555557, table.chiSquare(), 1e-12);
        assertEquals(0.39352396510391985, table.cramersV(), 1e-12);
        assertEquals(3.46410162, table.residuals()[0][0], 1e-8);
        assertEquals(-1.18917678, table.residuals()[1][2], 1e-8);
        Contingency same = new Contingency(new int[][] {{4, 0, 0}, {0, 3, 0}});
        assertEquals(1, same.cramersV(), 1e-12, "an empty column counts for nothing");
        assertEquals(0, same.residuals()[0][2]);
        assertArrayEquals(
                new int[][] {{1, 1}, {0, 1}},
                Contingency.of(new int[] {0, 0, 1}, 2, new int[] {0, 1, 1}, 2).counts());
    }

    /** Images in classes, some wrong; the first measure is raised by {@code shift} where they are, ten go along with it. */
    private static final class Drawn {
        final StratifiedGroups groups;
        final double[][] values;

        Drawn(long seed, int n, int classes, double shift) {
            SplittableRandom random = new SplittableRandom(seed);
            boolean[] wrong = new boolean[n];
            values = new double[11][n];
            for (int i = 0; i < n; i++) {
                wrong[i] = random.nextDouble() < 0.3;
                values[0][i] = i % classes + random.nextDouble() + (wrong[i] ? shift : 0);
                for (int m = 1; m < values.length; m++) {
                    double mix = m / 20.0;
                    values[m][i] = i % classes + mix * (values[0][i] % 1) + (1 - mix) * random.nextDouble();
                }
            }
            groups = new StratifiedGroups(
                    wrong, IntStream.range(0, n).map(i -> i % classes).toArray());
        }

        MaxT test(int shuffles) {
            double[][] scores = Arrays.stream(values).map(groups::ranks).toArray(double[][]::new);
            return MaxT.of(groups, scores, shuffles, new SplittableRandom(7));
        }
    }
}
