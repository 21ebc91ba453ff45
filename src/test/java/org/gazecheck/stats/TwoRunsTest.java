package org.gazecheck.stats;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import java.util.SplittableRandom;
import java.util.function.Function;
import org.junit.jupiter.api.Test;

/** Tests that compare two runs. The witnesses named scipy are scipy 1.17's. */
class TwoRunsTest {
    /** At 5 %, more than this many of so many are less likely than one in a thousand. */
    private static final int REPETITIONS = 400;

    private static final int MOST_ALARMS = 34;

    @Test
    void mcNemarOnAgrestisApprovalRatings() {
        // Agresti (1990), p. 350: 1600 voters, 86 and 150 changed their mind; R: mcnemar.test
        McNemar ratings = new McNemar(150, 86, 1600);
        assertEquals(4.114562281345944e-05, ratings.p(), 1e-12);
        assertEquals(-0.04, ratings.difference(), 1e-12);
        assertInterval(-0.05872284505196995, -0.021177279791975104, ratings.interval(), 1e-12);
    }

    @Test
    void mcNemarOfTheClearestDifferenceIsNotZero() {
        double p = 1.932620497148363e-31; // erfc(sqrt(139^2 / 142 / 2)), Python 3.11
        assertEquals(p, new McNemar(1, 141, 320).p(), 1e-9 * p);
    }

    @Test
    void mcNemarWithFewIsTheBinomialTest() {
        assertEquals(0.03857421875, new McNemar(10, 2, 40).p(), 1e-12);
        assertEquals(0.052478790283203125, new McNemar(16, 6, 40).p(), 1e-12);
        assertEquals(1, new McNemar(0, 0, 40).p());
        assertEquals(1, new McNemar(5, 5, 40).p());
        assertTrue(new McNemar(0, McNemar.LEAST_DISCORDANT, 9).p() < 0.05);
        assertTrue(new McNemar(0, McNemar.LEAST_DISCORDANT - 1, 9).p() > 0.05);
        assertTrue(Double.isNaN(new McNemar(0, 0, 0).difference()));
        assertThrows(IllegalArgumentException.class, () -> new McNemar(3, 3, 5));
    }

    @Test
    void fishersTestAsScipyHasIt() {
        assertEquals(0.0027594561852200836, new TwoProportions(1, 10, 11, 14).p(), 1e-12);
        assertEquals(0.0004249389366494676, new TwoProportions(40, 50, 1973, 2087).p(), 1e-12);
        assertEquals(0.48571428571428565, new TwoProportions(3, 4, 1, 4).p(), 1e-12);
        assertEquals(1, new TwoProportions(4, 4, 9, 9).p(), 1e-12);
        assertEquals(1, new TwoProportions(0, 48, 0, 996).p(), 1e-12);
        assertEquals(1, new TwoProportions(48, 48, 996, 996).p(), 1e-12);
        assertThrows(IllegalArgumentException.class, () -> new TwoProportions(0, 0, 1, 4));
    }

    /** The counts whose scipy.stats.fisher_exact is at or below the level, the nearest of them. */
    @Test
    void theNearestCountThatFishersTestCallsMoreThanChance() {
        assertEquals(8 / 14.0 - 0.93, TwoProportions.critical(14, 93, 100, 0.0025, -1), 1e-12);
        assertEquals(9 / 14.0 - 0.93, TwoProportions.critical(14, 930, 1000, 0.0025, -1), 1e-12);
        assertEquals(37 / 50.0 - 0.9, TwoProportions.critical(50, 900, 1000, 0.002, -1), 1e-12);
        assertEquals(-0.9, TwoProportions.critical(5, 9, 10, 0.01, -1), 1e-12);
        assertEquals(10 / 14.0 - 0.3, TwoProportions.critical(14, 300, 1000, 0.0025, 1), 1e-12);
        assertEquals(
                Double.POSITIVE_INFINITY,
                TwoProportions.critical(14, 93, 100, 0.0025, 1),
                "all 14 right are not enough");
    }

    /** Two groups with exactly that delta, and with the next smaller one. */
    @Test
    void theCriticalDeltaIsTheFirstThatTheTestCallsMoreThanChance() {
        for (int[] sizes : new int[][] {{14, 100}, {100, 14}, {5, 20}, {5, 100}}) {
            for (double level : new double[] {0.01, 0.002, 0.0001}) {
                int a = sizes[0];
                int b = sizes[1];
                double critical = RankSum.critical(a, b, level);
                if (Double.isInfinite(critical)) {
                    assertTrue(RankSum.p(withDelta(a, b, 1)) > level);
                } else {
                    String told = a + " and " + b + " at " + level + ": " + critical;
                    assertTrue(RankSum.p(withDelta(a, b, critical)) <= level, told);
                    assertTrue(RankSum.p(withDelta(a, b, critical - 2.0 / (a * b))) > level, told);
                }
            }
        }
        assertEquals(0.86, RankSum.critical(5, 20, 0.002), 1e-9, "all ways to draw 5 of 25, counted by hand in Python");
        assertTrue(Double.isInfinite(RankSum.critical(5, 5, 0.002)), "2 of 252 ways are 0.8 %");
        assertEquals(0.0981, RankSum.critical(1000, 1000, 0.00015), 0.001, "so many are normal");
    }

    /** Each of {@code a} values exceeds as many of {@code b} as the others do, or one more. */
    private static TwoSamples withDelta(int a, int b, double delta) {
        int wins = (int) Math.round((delta + 1) / 2 * a * b);
        double[] first = new double[a];
        Arrays.setAll(first, i -> wins / a + (i < wins % a ? 1 : 0) - 0.5 + i * 1e-4);
        double[] second = new double[b];
        Arrays.setAll(second, i -> i);
        TwoSamples samples = new TwoSamples(first, second);
        assertEquals(delta, samples.cliffsDelta(), 1e-9);
        return samples;
    }

    @Test
    void mcNemarsCriticalDifferenceIsTheFirstThatFails() {
        for (int won = 0; won < 60; won += 7) {
            for (double level : new double[] {0.01, 0.0025}) {
                int lost = won + (int) Math.round(-new McNemar(0, won, 1000).critical(level, -1) * 1000);
                assertTrue(new McNemar(lost, won, 1000).p() <= level, lost + " lost, " + won + " won");
                assertTrue(new McNemar(lost - 1, won, 1000).p() > level, lost - 1 + " lost, " + won + " won");
                assertEquals(
                        -new McNemar(5, won, 1000).critical(level, -1),
                        new McNemar(won, 5, 1000).critical(level, 1),
                        "the other way about");
            }
        }
        assertEquals(
                -0.010, new McNemar(0, 0, 1000).critical(0.002, -1), 1e-12, "2 / 2^10 is below 0.002, 2 / 2^9 is not");
        assertEquals(Double.NEGATIVE_INFINITY, new McNemar(0, 0, 8).critical(0.0025, -1), "8 lost of 8 are 0.8 %");
    }

    @Test
    void aCriticalShiftOfPairsIsWhereTheirTestSaysSo() {
        SplittableRandom random = new SplittableRandom(5);
        double[] skew = new double[100];
        Arrays.setAll(skew, i -> i < 60 ? 0.001 + 0.002 * random.nextDouble() : -0.04 - 0.02 * random.nextDouble());
        double mean = Arrays.stream(skew).average().orElseThrow();
        for (int sign : new int[] {-1, 1}) {
            double critical = SignedRank.critical(skew, 0.002, sign);
            assertTrue(SignedRank.of(shifted(skew, critical * 1.0001 - mean)).p() <= 0.002);
            assertTrue(SignedRank.of(shifted(skew, critical * 0.999 - mean)).p() > 0.002);
        }
        assertTrue(
                SignedRank.of(skew).p() > 0.002 && SignedRank.critical(skew, 0.002, -1) < mean, "not below tonight's");
        assertEquals(Double.POSITIVE_INFINITY, SignedRank.critical(Arrays.copyOf(skew, 8), 0.002, 1), "2^-7 is more");
        assertTrue(Double.isNaN(SignedRank.critical(new double[20], 0.002, 1)), "nothing to go by");
    }

    private static double[] shifted(double[] values, double by) {
        return Arrays.stream(values).map(v -> v + by).toArray();
    }

    @Test
    void newcombesOwnExample() {
        // Newcombe (1998), table II (a), method 10: 56/70 and 48/80
        assertInterval(0.0524, 0.3339, new TwoProportions(56, 70, 48, 80).interval(), 5e-5);
        assertInterval(-0.3339, -0.0524, new TwoProportions(48, 80, 56, 70).interval(), 5e-5);
    }

    @Test
    void signedRanksOfDarwinsPlants() {
        // Darwin (1876), self- and cross-fertilised maize; scipy: wilcoxon
        SignedRank plants = SignedRank.of(new double[] {6, 8, 14, 16, 23, 24, 28, 29, 41, -48, 49, 56, 60, -67, 75});
        assertEquals(96, plants.above());
        assertEquals(24, plants.below());
        assertEquals(0.041259765625, plants.p(), 1e-12);
    }

    @Test
    void signedRanksWithTiesAndZerosAreCounted() {
        // All 2^8 signs of the mid-ranks, counted one by one
        SignedRank tied = SignedRank.of(new double[] {1, 1, -1, 2, 2, -3, 4, 5, 0, 0});
        assertEquals(8, tied.n());
        assertEquals(0.171875, tied.p(), 1e-12);
        assertEquals(1, SignedRank.of(new double[4]).p());
    }

    @Test
    void manySignedRanksAreNormalNearTheExactCount() {
        SplittableRandom random = new SplittableRandom(4);
        double[] hundred = random.doubles(100, -0.8, 1).toArray();
        double[] more = Arrays.copyOf(hundred, 101);
        more[100] = 1e-9;
        assertEquals(SignedRank.of(hundred).p(), SignedRank.of(more).p(), 0.01);
    }

    @Test
    void energyDistanceAsScipyHasItInOneDimension() {
        float[][] a = {{0}, {1}, {3}};
        float[][] b = {{2}, {5}, {6}, {7}};
        EnergyDistance found = EnergyDistance.of(a, b, 10, new SplittableRandom(1));
        assertEquals(4.333333333333333, found.distance(), 1e-6, "scipy's energy_distance, squared");
        assertEquals(
                found.distance(),
                EnergyDistance.of(b, a, 10, new SplittableRandom(1)).distance(),
                1e-12);
    }

    @Test
    void energyDistanceInThePlaneAndItsPComeNearTheCountOverAllSplits() {
        float[][] a = {{0, 0}, {1, 0}, {0, 2}};
        float[][] b = {{3, 1}, {2, 4}, {5, 5}, {1, 1}};
        EnergyDistance found = EnergyDistance.of(a, b, 20_000, new SplittableRandom(2));
        assertEquals(3.320761952223709, found.distance(), 1e-6);
        assertEquals(0.46209552825078276, found.effect(), 1e-6);
        assertEquals(4.0 / 35, found.p(), 0.01);
    }

    @Test
    void theSameMixIsCountedOverAllSplits() {
        // 34 of the 330 ways to draw 4 of these 11 images are as uneven
        Homogeneity found = Homogeneity.of(new int[] {3, 0, 1}, new int[] {1, 4, 2}, 20_000, new SplittableRandom(3));
        assertEquals(34.0 / 330, found.p(), 0.01);
        assertEquals(4.877976190476191, found.chiSquare(), 1e-12);
        assertEquals(
                1,
                Homogeneity.of(new int[] {5}, new int[] {7}, 99, new SplittableRandom(3))
                        .p());
        assertEquals(
                0,
                Homogeneity.of(new int[] {5}, new int[] {7}, 99, new SplittableRandom(3))
                        .cramersV());
    }

    @Test
    void studentsIntervalAsScipyHasIt() {
        assertInterval(
                1.0829949712789224, 4.817005028721078, StudentT.interval(new double[] {2.1, 3.4, 1.9, 4.4}), 1e-9);
        assertTrue(Double.isNaN(StudentT.interval(new double[] {1}).low()));
    }

    @Test
    void noTestWakesMoreOftenThanItMay() {
        rarelyAlarms("McNemar, few", random -> mcNemar(random, 60).p());
        rarelyAlarms("McNemar, many", random -> mcNemar(random, 900).p());
        rarelyAlarms(
                "Fisher", random -> new TwoProportions(hits(random, 50, 0.9), 50, hits(random, 900, 0.9), 900).p());
        rarelyAlarms("signed ranks, few", random -> SignedRank.of(symmetric(random, 12))
                .p());
        rarelyAlarms("signed ranks, many", random -> SignedRank.of(symmetric(random, 300))
                .p());
        rarelyAlarms(
                "rank sum, few among many",
                random -> RankSum.p(new TwoSamples(skewed(random, 20), skewed(random, 700))));
        rarelyAlarms("energy", random -> EnergyDistance.of(cloud(random, 6), cloud(random, 40), 99, random)
                .p());
        rarelyAlarms("mix", random -> Homogeneity.of(mix(random, 30), mix(random, 200), 99, random)
                .p());
    }

    private static void rarelyAlarms(String test, Function<SplittableRandom, Double> p) {
        SplittableRandom random = new SplittableRandom(20);
        int alarms = 0;
        for (int i = 0; i < REPETITIONS; i++) {
            alarms += p.apply(random) <= 0.05 ? 1 : 0;
        }
        assertTrue(alarms <= MOST_ALARMS, test + ": " + alarms + " of " + REPETITIONS + " at 5 %");
    }

    @Test
    void whatDiffersIsFound() {
        SplittableRandom random = new SplittableRandom(21);
        float[][] shifted = cloud(random, 20);
        for (float[] point : shifted) {
            point[3] += 3;
        }
        assertTrue(EnergyDistance.of(shifted, cloud(random, 200), 999, random).p() <= 0.005);
        int[] uneven = new int[10];
        uneven[0] = 30;
        assertTrue(Homogeneity.of(uneven, mix(random, 200), 999, random).p() <= 0.005);
    }

    private static McNemar mcNemar(SplittableRandom random, int n) {
        int discordant = hits(random, n, 0.2);
        int won = hits(random, discordant, 0.5);
        return new McNemar(discordant - won, won, n);
    }

    private static int hits(SplittableRandom random, int n, double probability) {
        return (int) random.doubles(n).filter(u -> u < probability).count();
    }

    private static double[] symmetric(SplittableRandom random, int n) {
        return random.doubles(n, -1, 1).map(u -> u * u * u).toArray();
    }

    private static double[] skewed(SplittableRandom random, int n) {
        return random.doubles(n).map(u -> -Math.log(1 - u)).toArray();
    }

    private static float[][] cloud(SplittableRandom random, int n) {
        float[][] points = new float[n][8];
        for (float[] point : points) {
            for (int d = 0; d < point.length; d++) {
                point[d] = (float) (random.nextDouble() + random.nextDouble());
            }
        }
        return points;
    }

    private static int[] mix(SplittableRandom random, int n) {
        int[] counts = new int[10];
        for (int i = 0; i < n; i++) {
            counts[random.nextInt(10)]++;
        }
        return counts;
    }

    private static void assertInterval(double low, double high, Interval found, double tolerance) {
        assertEquals(low, found.low(), tolerance);
        assertEquals(high, found.high(), tolerance);
    }
}
