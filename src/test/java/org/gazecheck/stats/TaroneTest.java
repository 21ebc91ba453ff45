package org.gazecheck.stats;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class TaroneTest {
    @Test
    void testsThatCannotBeSignificantAreLeftOut() {
        assertArrayEquals(
                new boolean[] {true, false, true, false, false},
                Tarone.testable(new double[] {0.001, 0.03, 0.02, 0.2, 0.04}, 0.05));
        assertArrayEquals(new boolean[] {true, true, true}, Tarone.testable(new double[3], 0.001));
        assertArrayEquals(new boolean[] {false}, Tarone.testable(new double[] {0.2}, 0.05));
        assertArrayEquals(new boolean[0], Tarone.testable(new double[0], 0.05));
    }

    /** 40 binomial tests of 1 to 12 images each, corrected by Holm's procedure. */
    @Test
    void aFalseAlarmAmongThoseThatAreKeptIsAsRareAsTheLevel() {
        Random random = new Random(7);
        int[] n = IntStream.range(0, 40).map(i -> 1 + i % 12).toArray();
        double[] least =
                IntStream.of(n).mapToDouble(k -> BinomialTest.atMost(0, k, 0.5)).toArray();
        boolean[] kept = Tarone.testable(least, 0.05);
        int alarms = 0;
        for (int repetition = 0; repetition < 4000; repetition++) {
            double[] p = IntStream.range(0, n.length)
                    .filter(i -> kept[i])
                    .mapToDouble(i -> BinomialTest.atMost(Integer.bitCount(random.nextInt(1 << n[i])), n[i], 0.5))
                    .toArray();
            alarms += IntStream.range(0, p.length).anyMatch(i -> Holm.correct(p)[i] <= 0.05) ? 1 : 0;
        }
        assertTrue(alarms <= 200 + 3 * Math.sqrt(190), alarms + " of 4000");
        assertTrue(alarms > 20, alarms + " of 4000");
    }
}
