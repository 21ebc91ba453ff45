package org.gazecheck.audit.quality;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import org.gazecheck.image.RgbImage;
import org.junit.jupiter.api.Test;

class LinearImputationTest {
    /**
     * Against numpy.linalg.solve of the same equations: 10 by 12 pixels of value {@code 37 p mod 256}, with a block, a run
     * along an edge and a corner missing.
     */
    @Test
    void missingPixelsSolveTheEquations() {
        int h = 10;
        int w = 12;
        float[] plane = new float[h * w];
        boolean[] missing = new boolean[h * w];
        for (int p = 0; p < plane.length; p++) {
            int y = p / w;
            int x = p % w;
            missing[p] = y >= 2 && y <= 8 && x >= 3 && x <= 9 || y == 0 && x < 4 || p == h * w - 1;
            plane[p] = missing[p] ? 0 : 37 * p % 256;
        }
        LinearImputation.fill(plane, missing, w, h);
        assertEquals(179.616, plane[0], 0.02);
        assertEquals(81.636, plane[3], 0.02);
        assertEquals(132.4372, plane[66], 0.02);
        assertEquals(105.1308, plane[27], 0.02);
        assertEquals(146.112, plane[105], 0.02);
        assertEquals(69.6, plane[119], 0.02);
    }

    /** What is linear in the coordinates is its neighbours' mean everywhere inside. */
    @Test
    void aRampIsRestoredAcrossALargeHole() {
        int side = 200;
        float[] plane = new float[side * side];
        boolean[] missing = new boolean[side * side];
        for (int p = 0; p < plane.length; p++) {
            int y = p / side;
            int x = p % side;
            missing[p] = y >= 20 && y < 180 && x >= 10 && x < 190;
            plane[p] = missing[p] ? 0 : ramp(x, y);
        }
        LinearImputation.fill(plane, missing, side, side);
        for (int p = 0; p < plane.length; p++) {
            assertEquals(ramp(p % side, p / side), plane[p], 0.5, "at " + p);
        }
    }

    private static float ramp(int x, int y) {
        return 20 + 0.7f * x + 0.4f * y;
    }

    @Test
    void keptPixelsStayAndRemovedOnesCarryNoise() {
        int side = 64;
        byte[] rgb = new byte[3 * side * side];
        Arrays.fill(rgb, (byte) 120);
        RgbImage image = new RgbImage(side, side, rgb);
        int[] order = IntStream.range(0, side * side).toArray();
        int count = side * side * 3 / 4;
        RgbImage imputed = LinearImputation.impute(image, order, count, new SplittableRandom(1));
        double sum = 0;
        double squares = 0;
        for (int i = 0; i < 3 * count; i++) {
            int off = (imputed.rgb()[i] & 0xff) - 120;
            sum += off;
            squares += off * off;
        }
        double mean = sum / (3 * count);
        assertEquals(0, mean, 0.15);
        double expected = 255 * LinearImputation.NOISE;
        assertEquals(expected * expected + 1 / 12.0, squares / (3 * count) - mean * mean, 0.4);
        for (int i = 3 * count; i < rgb.length; i++) {
            assertEquals(120, imputed.rgb()[i] & 0xff);
        }
        var e = assertThrows(
                IllegalArgumentException.class,
                () -> LinearImputation.impute(image, order, order.length, new SplittableRandom(1)));
        assertTrue(e.getMessage().contains("no pixel"), e.getMessage());
    }
}
