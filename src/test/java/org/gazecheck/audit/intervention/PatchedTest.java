package org.gazecheck.audit.intervention;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import java.util.Optional;
import java.util.Set;
import java.util.SplittableRandom;
import org.gazecheck.data.Dataset;
import org.gazecheck.image.Mask;
import org.gazecheck.image.RgbImage;
import org.gazecheck.results.Split;
import org.junit.jupiter.api.Test;

/** Windows that are pasted into images, painted over and moved about. */
class PatchedTest {
    private static final int SIZE = 40;

    @Test
    void aWindowBringsItsMiddleAndMixesAtItsEdge() throws Exception {
        RgbImage image = new Patched(
                        grey("a", 100), grey("b", 200), new Window(3, 4, 16, 16), new Window(10, 12, 16, 16))
                .image();
        assertEquals(100, at(image, 9, 20));
        assertEquals(150, at(image, 10, 20), "half of the donor");
        assertEquals(200, at(image, 11, 20));
        assertEquals(200, at(image, 18, 20));
        assertEquals(150, at(image, 25, 20));
        assertEquals(100, at(image, 26, 20));
        assertEquals(100, at(image, 18, 11));
    }

    @Test
    void atTheBorderOfTheImageNothingIsMixed() throws Exception {
        RgbImage image =
                new Patched(grey("a", 100), grey("b", 200), new Window(0, 0, 8, 8), new Window(0, 32, 8, 8)).image();
        assertEquals(200, at(image, 0, 39));
        assertEquals(150, at(image, 7, 39));
        assertEquals(150, at(image, 0, 32));
    }

    @Test
    void whatIsPastedStandsAtItsPlaceInTheDonor() throws Exception {
        SegmentedImage donor = grey("b", 0);
        donor.frame().rgb()[3 * (7 * SIZE + 9)] = (byte) 255;
        RgbImage image = new Patched(grey("a", 0), donor, new Window(2, 2, 12, 12), new Window(20, 22, 12, 12)).image();
        assertEquals(255, at(image, 27, 27));
        assertEquals(255, sum(image), "nothing else");
    }

    @Test
    void aPaintedWindowTakesOnWhatIsAroundIt() throws Exception {
        SegmentedImage image = grey("a", 90);
        for (int y = 12; y < 20; y++) {
            Arrays.fill(image.frame().rgb(), 3 * (y * SIZE + 30), 3 * (y * SIZE + 38), (byte) 255);
        }
        byte[] plain = grey("b", 90).frame().rgb();
        assertArrayEquals(
                plain,
                new PaintedOver(image, new Window(28, 10, 12, 12)).image().rgb());
        assertNotEquals(
                plain, new PaintedOver(image, new Window(0, 0, 12, 12)).image().rgb());
    }

    @Test
    void keysTellEverythingApart() throws Exception {
        SegmentedImage a = grey("a", 1);
        SegmentedImage b = grey("b", 2);
        Window w = new Window(1, 2, 8, 8);
        Window v = new Window(2, 1, 8, 8);
        assertEquals(
                4,
                Set.of(
                                new Patched(a, b, w, w).key(),
                                new Patched(b, a, w, w).key(),
                                new Patched(a, b, w, v).key(),
                                new Patched(a, b, v, w).key())
                        .size());
        assertNotEquals(new PaintedOver(a, w).key(), new PaintedOver(a, v).key());
    }

    @Test
    void windowsStayInsideTheImageAndAreNeverLarger() throws Exception {
        assertEquals(new Window(0, 28, 10, 12), Window.inside(-5, 39, 10, 12, SIZE));
        assertEquals(new Window(0, 0, SIZE, SIZE), Window.inside(7, 7, 60, 60, SIZE));
        CellGrid grid = new CellGrid(4, 4);
        assertEquals(new Window(0, 0, 24, 24), grid.around(0, new CellGrid.Extent(0, 0, 0, 0), 24, SIZE));
        assertEquals(new Window(20, 20, 20, 20), grid.around(15, new CellGrid.Extent(0, 0, 0, 0), 16, SIZE));
        assertEquals(new Window(10, 20, 10, 10), grid.of(9, SIZE));
        assertEquals(new Window(0, 5, 40, 30), grid.around(9, new CellGrid.Extent(1, 0, 1, 1), 16, SIZE));
    }

    @Test
    void anotherPlaceLiesOutsideTheObjectAndApart() throws Exception {
        SegmentedImage image = masked(10, 40);
        Window window = new Window(0, 0, 9, 9);
        for (int seed = 0; seed < 50; seed++) {
            Window other = window.elsewhere(image, new SplittableRandom(seed));
            assertFalse(other.overlaps(window));
            assertTrue(other.isOutside(image), other.toString());
            assertTrue(new Window(20, 20, 9, 9)
                    .moved(image, new SplittableRandom(seed))
                    .isOutside(image));
        }
        assertEquals(window, window.moved(image, new SplittableRandom(1)), "it is outside as it is");
    }

    @Test
    void whereNothingIsKnownOfTheObjectEverythingCountsAsOutside() throws Exception {
        SegmentedImage image = masked(0, 0);
        assertFalse(image.divisible());
        Window window = new Window(20, 20, 9, 9);
        assertEquals(1, window.outside(image));
        assertEquals(window, window.moved(image, new SplittableRandom(1)));
    }

    @Test
    void aWindowAsLargeAsTheImageStaysWhereItIs() throws Exception {
        Window all = new Window(0, 0, SIZE, SIZE);
        SegmentedImage image = masked(10, 30);
        assertEquals(all, all.elsewhere(image, new SplittableRandom(1)));
        assertArrayEquals(
                image.frame().rgb(), new PaintedOver(image, all).image().rgb());
    }

    private static int at(RgbImage image, int x, int y) {
        return image.rgb()[3 * (y * SIZE + x)] & 0xff;
    }

    private static int sum(RgbImage image) {
        int sum = 0;
        for (byte value : image.rgb()) {
            sum += value & 0xff;
        }
        return sum;
    }

    private static SegmentedImage grey(String sha, int value) {
        byte[] rgb = new byte[3 * SIZE * SIZE];
        Arrays.fill(rgb, (byte) value);
        return image(sha, rgb, new boolean[SIZE * SIZE]);
    }

    /** The object is a square from {@code from} to {@code to}. */
    private static SegmentedImage masked(int from, int to) {
        boolean[] foreground = new boolean[SIZE * SIZE];
        for (int i = 0; i < foreground.length; i++) {
            int x = i % SIZE;
            int y = i / SIZE;
            foreground[i] = x >= from && x < to && y >= from && y < to;
        }
        return image("m", new byte[3 * SIZE * SIZE], foreground);
    }

    private static SegmentedImage image(String sha, byte[] rgb, boolean[] foreground) {
        Dataset.Item item = new Dataset.Item(sha + ".jpg", Split.TEST, 0, sha, Optional.empty());
        return new SegmentedImage(item, new RgbImage(SIZE, SIZE, rgb), new Mask(SIZE, SIZE, foreground));
    }
}
