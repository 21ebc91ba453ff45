package org.gazecheck.stats;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class StratifiedGroupsTest {
    private static final double NONE = Double.NaN;

    /** Two classes and one without errors; a tie within and across groups, a missing value. */
    private static final double[] VALUES = {3, 5, 5, 1, NONE, 2, 9, 9, 7, 8, 8, 100};

    private static final int[] STRATA = {0, 0, 0, 0, 0, 0, 1, 1, 1, 1, 1, 2};
    private static final boolean[] GROUP = {
        true, true, false, false, true, false, false, true, true, false, false, false
    };

    @Test
    void deltaIsTheCountOverPairsOfAClass() {
        double surplus = 0;
        double pairs = 0;
        for (int i = 0; i < VALUES.length; i++) {
            for (int j = 0; j < VALUES.length; j++) {
                boolean pair = GROUP[i] && !GROUP[j] && STRATA[i] == STRATA[j];
                if (pair && !Double.isNaN(VALUES[i]) && !Double.isNaN(VALUES[j])) {
                    surplus += Math.signum(VALUES[i] - VALUES[j]);
                    pairs++;
                }
            }
        }
        StratifiedGroups groups = new StratifiedGroups(GROUP, STRATA);
        assertEquals(12, pairs);
        assertEquals(pairs, groups.pairs(VALUES));
        assertEquals(surplus / pairs, groups.cliffsDelta(VALUES), 1e-15);
    }

    @Test
    void inOneStratumBothEffectsAreThoseOfTwoSamples() {
        double[] a = {1, 2, 2, 3, 5, 5, 8.5, 9};
        double[] b = {2, 3, 3, 4, 5, 0, 1};
        double[] all =
                IntStream.range(0, 15).mapToDouble(i -> i < 8 ? a[i] : b[i - 8]).toArray();
        boolean[] group = new boolean[15];
        Arrays.fill(group, 0, 8, true);
        StratifiedGroups groups = new StratifiedGroups(group, new int[15]);
        assertEquals(new TwoSamples(a, b).cliffsDelta(), groups.cliffsDelta(all), 1e-15);
        assertEquals(35.5 / 8 - 18.0 / 7, groups.difference(all), 1e-14);
    }

    @Test
    void aDifferenceBetweenClassesAloneIsNone() {
        double[] values = {0.1, 0.2, 0.1, 0.2, 0.9, 1, 0.9, 1};
        boolean[] mostlyWrongInTheSecond = {false, false, false, false, true, true, false, false};
        int[] strata = {0, 0, 0, 0, 1, 1, 1, 1};
        StratifiedGroups groups = new StratifiedGroups(mostlyWrongInTheSecond, strata);
        assertEquals(0, groups.difference(values), 1e-15);
        assertEquals(0, groups.cliffsDelta(values), 1e-15);
    }

    @Test
    void spreadIsThatOverAllAssignments() {
        StratifiedGroups groups = new StratifiedGroups(GROUP, STRATA);
        for (double[] scores : new double[][] {groups.ranks(VALUES), groups.centred(VALUES)}) {
            double squares = 0;
            int count = 0;
            for (int bits = 0; bits < 1 << 11; bits++) {
                if (Integer.bitCount(bits & 0x3f) == 3 && Integer.bitCount(bits >> 6) == 2) {
                    double sum = 0;
                    for (int i = 0; i < 11; i++) {
                        sum += (bits >> i & 1) == 1 ? scores[i] : 0;
                    }
                    squares += sum * sum;
                    count++;
                }
            }
            assertEquals(20 * 10, count);
            assertEquals(Math.sqrt(squares / count), groups.spread(scores), 1e-12);
        }
    }

    @Test
    void theIntervalCoversTheTrueDelta() {
        int covered = 0;
        for (int run = 0; run < 200; run++) {
            SplittableRandom random = new SplittableRandom(1000 + run);
            int[] strata = IntStream.range(0, 300).map(i -> i % 15).toArray();
            boolean[] group = new boolean[300];
            double[] values = new double[300];
            for (int i = 0; i < 300; i++) {
                group[i] = random.nextDouble() < 0.3;
                values[i] = strata[i] + random.nextDouble() + (group[i] ? 0.2 : 0);
            }
            double truth = 2 * (1 - 0.8 * 0.8 / 2) - 1;
            Interval interval = new StratifiedGroups(group, strata)
                    .interval(values, new Bootstrap(300, new Randomness(run), new RandomStream("delta")));
            covered += interval.low() <= truth && truth <= interval.high() ? 1 : 0;
        }
        assertTrue(covered >= 178, covered + " of 200 at 95 %");
    }

    @Test
    void whereNothingOverlapsTheIntervalSaysHowFewImagesItRestsOn() {
        boolean[] group = new boolean[30];
        double[] values = new double[30];
        for (int i = 0; i < 30; i++) {
            group[i] = i < 5;
            values[i] = i;
        }
        Bootstrap bootstrap = new Bootstrap(300, new Randomness(1), new RandomStream("separated"));
        Interval below = new StratifiedGroups(group, new int[30]).interval(values, bootstrap);
        double wilson = 5 / (5 + 1.959963984540054 * 1.959963984540054);
        assertEquals(-1, below.low());
        assertEquals(1 - 2 * wilson, below.high(), 1e-12, "5 of 5 by Wilson: 0.566 at least");
        double[] turned = IntStream.range(0, 30).mapToDouble(i -> -values[i]).toArray();
        Interval above = new StratifiedGroups(group, new int[30]).interval(turned, bootstrap);
        assertEquals(-below.high(), above.low(), 1e-12);
        assertEquals(1, above.high());
        int covered = 0;
        for (int run = 0; run < 2000; run++) {
            SplittableRandom random = new SplittableRandom(run);
            double[] drawn = IntStream.range(0, 30)
                    .mapToDouble(
                            i -> group[i] && random.nextDouble() < 0.9 ? -random.nextDouble() : random.nextDouble())
                    .toArray();
            StratifiedGroups groups = new StratifiedGroups(group, new int[30]);
            boolean whole = groups.cliffsDelta(drawn) == -1;
            covered += !whole || groups.interval(drawn, bootstrap).high() >= -0.9 ? 1 : 0;
        }
        assertEquals(2000, covered, "a true delta of -0.9 is not excluded by five errors");
    }

    @Test
    void permutationPComesNearTheCountOverAllAssignments() {
        StratifiedGroups groups = new StratifiedGroups(GROUP, STRATA);
        double[] scores = groups.centred(VALUES);
        double observed = groups.sum(scores);
        int asHigh = 0;
        int asLow = 0;
        for (int bits = 0; bits < 1 << 11; bits++) {
            if (Integer.bitCount(bits & 0x3f) == 3 && Integer.bitCount(bits >> 6) == 2) {
                double sum = 0;
                for (int i = 0; i < 11; i++) {
                    sum += (bits >> i & 1) == 1 ? scores[i] : 0;
                }
                asHigh += sum >= observed - 1e-9 ? 1 : 0;
                asLow += sum <= observed + 1e-9 ? 1 : 0;
            }
        }
        for (int sign : new int[] {1, -1}) {
            double exact = (sign > 0 ? asHigh : asLow) / 200.0;
            double p = groups.permutationP(VALUES, sign, 20_000, new SplittableRandom(5));
            assertEquals(exact, p, 4 * Math.sqrt(exact * (1 - exact) / 20_000));
        }
    }
}
