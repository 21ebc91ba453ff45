package org.gazecheck.evaluate;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class LogitsTest {
    private static final int CLASSES = 7;

    @Test
    void probabilitiesAreTheSoftmax() {
        Logits logits = new Logits(2, 3, new float[] {0, (float) Math.log(2), (float) Math.log(5), 1, 1, 1});
        assertArrayEquals(new float[] {1 / 8f, 2 / 8f, 5 / 8f, 1 / 3f, 1 / 3f, 1 / 3f}, logits.probabilities(1), 1e-7f);
        double a = Math.sqrt(2);
        double b = Math.sqrt(5);
        double sum = 1 + a + b;
        assertArrayEquals(
                new float[] {(float) (1 / sum), (float) (a / sum), (float) (b / sum), 1 / 3f, 1 / 3f, 1 / 3f},
                logits.probabilities(2),
                1e-7f);
    }

    @Test
    void scoresTooLargeForAPlainExponentialGiveProbabilities() {
        Logits logits = new Logits(1, 3, new float[] {5000, 5000, -5000});
        assertArrayEquals(new float[] {0.5f, 0.5f, 0}, logits.probabilities(1), 1e-7f);
    }

    @Test
    void averagingIsTheMeanOfProbabilities() {
        SplittableRandom random = new SplittableRandom(3);
        Logits a = random(random, 40, 6);
        Logits b = random(random, 40, 6);
        float[] pa = a.probabilities(1);
        float[] pb = b.probabilities(1);
        float[] both = a.averagedWith(b).probabilities(1);
        for (int i = 0; i < both.length; i++) {
            assertEquals((pa[i] + pb[i]) / 2.0, both[i], 1e-6);
        }
    }

    @Test
    void averagingSurvivesProbabilitiesThatVanish() {
        Logits a = new Logits(1, 2, new float[] {3000, -3000});
        Logits b = new Logits(1, 2, new float[] {-3000, 3000});
        assertArrayEquals(new float[] {0.5f, 0.5f}, a.averagedWith(b).probabilities(1), 1e-6f);
    }

    @Test
    void averagingDifferentShapesIsRefused() {
        Logits a = new Logits(1, 2, new float[2]);
        Logits b = new Logits(2, 2, new float[4]);
        assertThrows(IllegalArgumentException.class, () -> a.averagedWith(b));
    }

    @Test
    void ofEqualScoresTheLowerClassComesFirst() {
        Logits logits = new Logits(1, 4, new float[] {1, 2, 2, 0});
        assertEquals(1, logits.best(0));
        assertEquals(1, logits.rank(0, 1));
        assertEquals(2, logits.rank(0, 2));
        assertEquals(3, logits.rank(0, 0));
        assertEquals(4, logits.rank(0, 3));
    }

    @Test
    void ranksArePermutationsThatBeginWithTheBest() {
        Logits logits = random(new SplittableRandom(1), 30, 2);
        for (int i = 0; i < logits.images(); i++) {
            boolean[] seen = new boolean[CLASSES + 1];
            for (int c = 0; c < CLASSES; c++) {
                seen[logits.rank(i, c)] = true;
            }
            for (int rank = 1; rank <= CLASSES; rank++) {
                assertTrue(seen[rank], "nothing has rank " + rank);
            }
            assertEquals(1, logits.rank(i, logits.best(i)));
        }
    }

    @ParameterizedTest
    @ValueSource(floats = {Float.NaN, Float.POSITIVE_INFINITY, Float.NEGATIVE_INFINITY})
    void scoresThatAreNoNumbersAreRefusedByImageAndClass(float damaged) {
        float[] values = new float[6];
        values[5] = damaged;
        String message = assertThrows(IllegalArgumentException.class, () -> new Logits(2, 3, values))
                .getMessage();
        assertTrue(message.contains("image 1") && message.contains("class 2"), message);
        assertTrue(message.contains("the model is damaged"), message);
    }

    @Test
    void aShapeThatDoesNotFitIsRefused() {
        assertThrows(IllegalArgumentException.class, () -> new Logits(2, 3, new float[5]));
    }

    static Logits random(SplittableRandom random, int images, double range) {
        float[] values = new float[images * CLASSES];
        for (int i = 0; i < values.length; i++) {
            values[i] = (float) (range * (2 * random.nextDouble() - 1));
        }
        return new Logits(images, CLASSES, values);
    }
}
