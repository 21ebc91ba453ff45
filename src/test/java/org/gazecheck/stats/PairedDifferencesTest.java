package org.gazecheck.stats;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class PairedDifferencesTest {
    @Test
    void theIntervalIsThatOfAMean() {
        SplittableRandom random = new SplittableRandom(6);
        double[] differences = random.doubles(400).map(u -> u - 0.25).toArray();
        PairedDifferences paired = new PairedDifferences(differences);
        Interval interval = paired.interval(new Bootstrap(4000, new Randomness(1), new RandomStream("test")));
        double error = 1.96 / Math.sqrt(12 * 400);
        assertEquals(paired.mean() - error, interval.low(), 0.004);
        assertEquals(paired.mean() + error, interval.high(), 0.004);
        assertThrows(IllegalArgumentException.class, () -> new PairedDifferences(new double[0]));
    }

    @Test
    void holmStepsDown() {
        // R: p.adjust(c(0.01, 0.04, 0.03, 0.005), "holm")
        assertArrayEquals(
                new double[] {0.03, 0.06, 0.06, 0.02}, Holm.correct(new double[] {0.01, 0.04, 0.03, 0.005}), 1e-12);
        assertTrue(Holm.correct(new double[] {0.9, 0.8})[0] <= 1);
    }
}
