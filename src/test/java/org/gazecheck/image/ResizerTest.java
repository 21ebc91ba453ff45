package org.gazecheck.image;

import static org.junit.jupiter.api.Assertions.*;

import java.util.Arrays;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class ResizerTest {
    /** Halving 0, 0, 100, 200: taps of the triangle filter of support 2 are 1/8, 3/8, 3/8, 1/8, at edges 3/7, 3/7, 1/7. */
    @Test
    void halvingWeighsAsATriangle() {
        byte[] out = Resizer.resizeChannel(bytes(0, 0, 100, 200, 40, 80), 6, 1, 3, 1);
        assertArrayEquals(
                bytes((int) Math.round(100 / 7.0), (int) Math.round((3 * 100 + 3 * 200 + 40) / 8.0), (int)
                        Math.round((200 + 3 * 40 + 3 * 80) / 7.0)),
                out);
    }

    /** Doubling: weights 3/4 and 1/4, edges repeat. */
    @Test
    void doublingInterpolates() {
        assertArrayEquals(bytes(0, 50, 150, 200), Resizer.resizeChannel(bytes(0, 200), 2, 1, 4, 1));
    }

    @Test
    void theSameSizeChangesNothing() {
        RgbImage image = noise(17, 9);
        assertArrayEquals(image.rgb(), Resizer.resize(image, 17, 9).rgb());
    }

    @Test
    void oneColourStaysThatColour() {
        byte[] rgb = new byte[31 * 23 * 3];
        Arrays.fill(rgb, (byte) 137);
        for (byte value : Resizer.resize(new RgbImage(31, 23, rgb), 1.3, 2.7, 20.5, 18.1, 7, 50)
                .rgb()) {
            assertEquals(137, value & 0xff);
        }
    }

    @Test
    void aBoxOfWholePixelsAtTheirSizeIsACrop() {
        RgbImage image = noise(20, 12);
        assertArrayEquals(
                Resizer.cropThenResize(image, 3, 2, 7, 5, 7, 5).rgb(),
                Resizer.resize(image, 3, 2, 7, 5, 7, 5).rgb());
    }

    /** Shifting the box by half a pixel at scale 1 averages neighbours. */
    @Test
    void aBoxMayBeginBetweenPixels() {
        byte[] rgb = bytes(10, 10, 10, 20, 20, 20, 40, 40, 40);
        assertArrayEquals(
                bytes(15, 15, 15, 30, 30, 30),
                Resizer.resize(new RgbImage(3, 1, rgb), 0.5, 0, 2, 1, 2, 1).rgb());
    }

    @Test
    void croppingFirstKeepsNeighboursOut() {
        byte[] rgb = new byte[40 * 40 * 3];
        Arrays.fill(rgb, (byte) 255);
        for (int y = 10; y < 30; y++) {
            Arrays.fill(rgb, (y * 40 + 10) * 3, (y * 40 + 30) * 3, (byte) 0);
        }
        for (byte value : Resizer.cropThenResize(new RgbImage(40, 40, rgb), 10, 10, 20, 20, 5, 5)
                .rgb()) {
            assertEquals(0, value);
        }
    }

    @Test
    void aBoxOutsideIsRefused() {
        assertThrows(IllegalArgumentException.class, () -> Resizer.resize(noise(4, 4), 1, 0, 4, 4, 2, 2));
    }

    static RgbImage noise(int width, int height) {
        byte[] rgb = new byte[width * height * 3];
        new SplittableRandom(7).nextBytes(rgb);
        return new RgbImage(width, height, rgb);
    }

    private static byte[] bytes(int... values) {
        byte[] out = new byte[values.length];
        for (int i = 0; i < out.length; i++) {
            out[i] = (byte) values[i];
        }
        return out;
    }
}
