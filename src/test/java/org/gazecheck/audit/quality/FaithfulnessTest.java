package org.gazecheck.audit.quality;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import org.gazecheck.image.Normalisation;
import org.gazecheck.image.RgbImage;
import org.gazecheck.network.Tensor;
import org.junit.jupiter.api.Test;

/**
 * An image whose left half is white on black, and a network whose confidence is how white the left half is: closed
 * forms of every measure.
 */
class FaithfulnessTest {
    private static final int SIDE = 40;
    private static final Normalisation BLACK = new Normalisation(new float[3], new float[] {1, 1, 1});

    /** Softmax of (ln p, ln (1 - p)), with p the mean of the left half, kept off 0 and 1 by a hundredth. */
    private static final MappedNetwork LEFT_HALF = new MappedNetwork() {
        @Override
        public Tensor logits(List<RgbImage> images) {
            float[] logits = new float[2 * images.size()];
            for (int i = 0; i < images.size(); i++) {
                double p = confidence(images.get(i));
                logits[2 * i] = (float) Math.log(p);
                logits[2 * i + 1] = (float) Math.log(1 - p);
            }
            return Tensor.of(logits, images.size(), 2);
        }

        @Override
        public List<Tensor> maps(List<RgbImage> images, int[] targets) {
            throw new UnsupportedOperationException("maps are given");
        }
    };

    private static double confidence(RgbImage image) {
        double sum = 0;
        for (int p = 0; p < SIDE * SIDE; p++) {
            sum += p % SIDE < SIDE / 2 ? image.rgb()[3 * p] & 0xff : 0;
        }
        return 0.01 + 0.98 * sum / 255 / (SIDE * SIDE / 2);
    }

    private static RgbImage leftWhite() {
        byte[] rgb = new byte[3 * SIDE * SIDE];
        for (int i = 0; i < rgb.length; i++) {
            rgb[i] = (byte) (i / 3 % SIDE < SIDE / 2 ? 255 : 0);
        }
        return new RgbImage(SIDE, SIDE, rgb);
    }

    private static float[] heat(boolean left) {
        float[] heat = new float[SIDE * SIDE];
        for (int p = 0; p < heat.length; p++) {
            heat[p] = p % SIDE < SIDE / 2 == left ? 1 : -1;
        }
        return heat;
    }

    private static List<Faithfulness> of(List<float[]> heats, int steps) {
        return Faithfulness.of(leftWhite(), 0, heats, LEFT_HALF, BLACK, steps, new SplittableRandom(2));
    }

    @Test
    void deletingWhatMattersEmptiesTheCurveInHalf() {
        List<Faithfulness> found = of(List.of(heat(true), heat(false)), 20);
        // falls linearly from 0.99 to 0.01 over the first half, then stays; the other way round it stays, then falls
        assertEquals(0.5 * 0.5 + 0.5 * 0.01, found.get(0).deletion(), 1e-6);
        assertEquals(0.5 * 0.99 + 0.5 * 0.5, found.get(1).deletion(), 1e-6);
    }

    @Test
    void insertingWhatMattersFillsTheCurveInHalf() {
        double blurred = confidence(Occlusion.blurred(leftWhite()));
        List<Faithfulness> found = of(List.of(heat(true), heat(false)), 20);
        assertEquals(0.5 * (blurred + 0.99) / 2 + 0.5 * 0.99, found.get(0).insertion(), 1e-6);
        assertEquals(0.5 * blurred + 0.5 * (blurred + 0.99) / 2, found.get(1).insertion(), 1e-6);
    }

    @Test
    void imputingWhatMattersTakesTheConfidenceAndImputingTheRestDoesNot() {
        List<Faithfulness> found = of(List.of(heat(true), heat(false)), 4);
        // with half or more of the most relevant pixels gone, the white half is imputed from black or not at all
        assertTrue(found.get(0).road() > 0.2, found.get(0).toString());
        assertEquals(-found.get(0).road(), found.get(1).road(), 0.02);
    }

    @Test
    void multipliedWithTheMapTheConfidenceStaysOrDrops() {
        List<Faithfulness> found = of(List.of(heat(true), heat(false)), 2);
        assertEquals(0, found.get(0).drop(), 1e-6);
        assertEquals(1 - 0.01 / 0.99, found.get(1).drop(), 1e-6);
        assertEquals(0, found.get(0).increase() + found.get(1).increase());
        assertArrayEquals(
                new double[] {
                    found.get(0).insertion(),
                    found.get(0).deletion(),
                    found.get(0).road(),
                    found.get(0).drop(),
                    found.get(0).increase()
                },
                found.get(0).values());
    }

    @Test
    void whatHidesADisturbanceIncreasesTheConfidence() {
        MappedNetwork rightIsDark = new MappedNetwork() {
            @Override
            public Tensor logits(List<RgbImage> images) {
                float[] logits = new float[2 * images.size()];
                for (int i = 0; i < images.size(); i++) {
                    logits[2 * i] = (images.get(i).rgb()[3 * (SIDE - 1)] & 0xff) == 0 ? 1 : 0;
                }
                return Tensor.of(logits, images.size(), 2);
            }

            @Override
            public List<Tensor> maps(List<RgbImage> images, int[] targets) {
                throw new UnsupportedOperationException("maps are given");
            }
        };
        byte[] white = new byte[3 * SIDE * SIDE];
        Arrays.fill(white, (byte) 255);
        List<Faithfulness> found = Faithfulness.of(
                new RgbImage(SIDE, SIDE, white),
                0,
                List.of(heat(true)),
                rightIsDark,
                BLACK,
                2,
                new SplittableRandom(2));
        assertEquals(1, found.get(0).increase());
        assertEquals(0, found.get(0).drop());
    }

    @Test
    void pixelsAreOrderedByValueThenPlace() {
        float[] heat = {0.5f, -2, 7, 0.5f, -0f, 0, Float.NEGATIVE_INFINITY, 7};
        assertArrayEquals(new int[] {2, 7, 0, 3, 4, 5, 1, 6}, PixelOrder.mostRelevantFirst(heat));
        assertArrayEquals(new int[] {3, 1, 2}, PixelOrder.reversed(new int[] {2, 1, 3}));
    }

    /** Against numpy: columns of {@code 7 x mod 256}, 224 wide, so that the blur is RISE's. */
    @Test
    void theBlurIsThatOfTheInsertionGame() {
        byte[] rgb = new byte[3 * 224 * 224];
        for (int i = 0; i < rgb.length; i++) {
            rgb[i] = (byte) (7 * (i / 3 % 224));
        }
        RgbImage blurred = Occlusion.blurred(new RgbImage(224, 224, rgb));
        int[] places = {0, 3, 100, 223};
        double[] expected = {15.556, 26.322, 188.0, 76.719};
        for (int i = 0; i < places.length; i++) {
            assertEquals(expected[i], blurred.rgb()[3 * (50 * 224 + places[i]) + 1] & 0xff, 0.51);
        }
    }
}
