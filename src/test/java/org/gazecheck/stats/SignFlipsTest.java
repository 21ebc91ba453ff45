package org.gazecheck.stats;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class SignFlipsTest {
    @Test
    void pairsThatAllSpeakOneWayAreOneOfAllAssignments() {
        assertEquals(Math.pow(2, -7), SignFlips.greaterP(new int[] {1, 1, 0, 1, 1, 0, 1, 1, 1}), 1e-15);
        assertEquals(11 / 1024.0, SignFlips.greaterP(new int[] {1, 1, 1, 1, 1, 1, 1, 1, 1, -1, 0, 0}), 1e-15);
        assertEquals(1, SignFlips.greaterP(new int[] {0, 0, 0}));
        assertEquals(1, SignFlips.greaterP(new int[] {-1, -2}), 1e-15);
    }

    /** All 2^n assignments, one by one. */
    @Test
    void equalsBruteForce() {
        SplittableRandom random = new SplittableRandom(1);
        for (int repetition = 0; repetition < 50; repetition++) {
            int[] differences = random.ints(1 + repetition % 12, -3, 5).toArray();
            int observed = 0;
            for (int d : differences) {
                observed += d;
            }
            int asHigh = 0;
            for (int signs = 0; signs < 1 << differences.length; signs++) {
                int sum = 0;
                for (int i = 0; i < differences.length; i++) {
                    sum += (signs >> i & 1) == 1 ? differences[i] : -differences[i];
                }
                asHigh += sum >= observed ? 1 : 0;
            }
            assertEquals(asHigh / (double) (1 << differences.length), SignFlips.greaterP(differences), 1e-12);
        }
    }
}
