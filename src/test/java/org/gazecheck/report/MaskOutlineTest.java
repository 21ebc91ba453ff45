package org.gazecheck.report;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.awt.geom.Path2D;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import java.util.function.IntPredicate;
import java.util.stream.IntStream;
import org.gazecheck.image.Mask;
import org.junit.jupiter.api.Test;

class MaskOutlineTest {
    private static final int SIZE = 288;

    @Test
    void aSquareHasFourCorners() {
        MaskOutline outline = MaskOutline.of(mask(51, i -> i % 51 >= 10 && i % 51 < 30 && i / 51 >= 5 && i / 51 < 45));
        assertEquals(1, outline.rings().size());
        int[] ring = outline.rings().get(0);
        assertEquals(8, ring.length);
        assertEquals(List.of(50, 150), corners(ring, 0));
        assertEquals(List.of(25, 225), corners(ring, 1));
    }

    private static List<Integer> corners(int[] ring, int axis) {
        return IntStream.range(0, ring.length / 2)
                .map(i -> ring[2 * i + axis])
                .distinct()
                .sorted()
                .boxed()
                .toList();
    }

    @Test
    void whatItEnclosesIsTheMask() {
        Mask disc = mask(SIZE, i -> Math.hypot(i % SIZE - 130, i / SIZE - 160) < 90);
        assertAlike(disc, 0.975);
        Mask ring = mask(SIZE, i -> {
            double r = Math.hypot(i % SIZE - 140, i / SIZE - 140);
            return r < 100 && r > 40;
        });
        assertEquals(2, MaskOutline.of(ring).rings().size(), "the hole is a ring of its own");
        assertAlike(ring, 0.96);
        Mask star = mask(SIZE, i -> {
            double angle = Math.atan2(i / SIZE - 144, i % SIZE - 144);
            return Math.hypot(i % SIZE - 144, i / SIZE - 144) < 90 + 40 * Math.cos(7 * angle);
        });
        assertAlike(star, 0.95);
    }

    /** Filled by Java's own drawing, even and odd, the outline covers the pixels of the mask and no others. */
    private static void assertAlike(Mask mask, double least) {
        Path2D path = path(MaskOutline.of(mask));
        int both = 0;
        int any = 0;
        for (int i = 0; i < mask.foreground().length; i++) {
            double x = (i % mask.width() + 0.5) * MaskOutline.UNITS / mask.width();
            double y = (i / mask.width() + 0.5) * MaskOutline.UNITS / mask.height();
            boolean inside = path.contains(x, y);
            both += inside && mask.foreground()[i] ? 1 : 0;
            any += inside || mask.foreground()[i] ? 1 : 0;
        }
        assertTrue(both >= least * any, both + " of " + any);
    }

    private static Path2D path(MaskOutline outline) {
        Path2D path = new Path2D.Double(Path2D.WIND_EVEN_ODD);
        for (int[] ring : outline.rings()) {
            path.moveTo(ring[0], ring[1]);
            for (int k = 2; k < ring.length; k += 2) {
                path.lineTo(ring[k], ring[k + 1]);
            }
            path.closePath();
        }
        return path;
    }

    @Test
    void everythingIsTheWholeSquareAndNothingHasNoOutline() {
        int[] ring = MaskOutline.of(mask(40, i -> true)).rings().get(0);
        assertEquals(List.of(0, 255), corners(ring, 0));
        assertEquals(8, ring.length);
        assertEquals(List.of(), MaskOutline.of(mask(40, i -> false)).rings());
    }

    @Test
    void squaresThatTouchInACornerAreApart() {
        Mask two = mask(20, i -> i % 20 < 10 == i / 20 < 10);
        assertEquals(2, MaskOutline.of(two).rings().size());
        assertAlike(two, 1);
    }

    @Test
    void aMaskOfNoiseStaysSmallAndSpecksAreLeftOut() {
        SplittableRandom random = new SplittableRandom(3);
        MaskOutline noise = MaskOutline.of(mask(SIZE, i -> random.nextDouble() < 0.5));
        assertTrue(noise.bytes().length < 800, noise.bytes().length + " bytes");
        MaskOutline specks = MaskOutline.of(mask(SIZE, i -> i == 5000 || i % SIZE > 100 && i / SIZE > 100));
        assertEquals(1, specks.rings().size());
        assertEquals(1, MaskOutline.of(mask(SIZE, i -> i == 5000)).rings().size(), "the only speck is the object");
    }

    @Test
    void bytesHoldTheNumberOfCornersAndThenTheCorners() {
        int[] ring = new int[600];
        Arrays.setAll(ring, k -> k % 256);
        byte[] bytes = new MaskOutline(List.of(new int[] {0, 0, 255, 0, 0, 255}, ring)).bytes();
        assertArrayEquals(new byte[] {3, 0, 0, 0, (byte) 255, 0, 0, (byte) 255, 44, 1, 0, 1}, Arrays.copyOf(bytes, 12));
        assertEquals(8 + 2 + 600, bytes.length);
    }

    private static Mask mask(int size, IntPredicate foreground) {
        boolean[] values = new boolean[size * size];
        for (int i = 0; i < values.length; i++) {
            values[i] = foreground.test(i);
        }
        return new Mask(size, size, values);
    }
}
