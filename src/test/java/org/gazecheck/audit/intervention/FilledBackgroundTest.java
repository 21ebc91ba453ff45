package org.gazecheck.audit.intervention;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import java.util.Optional;
import org.gazecheck.data.Dataset;
import org.gazecheck.image.Mask;
import org.gazecheck.image.RgbImage;
import org.gazecheck.results.Split;
import org.junit.jupiter.api.Test;

class FilledBackgroundTest {
    private static final int SIZE = 50;
    private static final byte RED = (byte) 200;

    @Test
    void nothingOfTheObjectIsLeftAndStripesGoOn() {
        RgbImage filled = FilledBackground.of(image("a", 1, 15, 30));
        for (int i = 0; i < SIZE * SIZE; i++) {
            assertEquals(stripe(i % SIZE), filled.rgb()[3 * i + 1], "column " + i % SIZE);
            assertEquals(0, filled.rgb()[3 * i]);
        }
    }

    @Test
    void whatLiesFarFromTheObjectStaysAsItIs() {
        SegmentedImage image = image("a", 1, 20, 24);
        RgbImage filled = FilledBackground.of(image);
        for (int i = 0; i < 10 * SIZE * 3; i++) {
            assertEquals(image.frame().rgb()[i], filled.rgb()[i]);
        }
    }

    @Test
    void anObjectThatFillsTheImageCannotBeTakenOut() {
        SegmentedImage everything = image("a", 1, 0, SIZE);
        assertArrayEquals(
                everything.frame().rgb(), FilledBackground.of(everything).rgb());
        assertFalse(everything.divisible());
        assertFalse(image("a", 1, 20, 20).divisible());
        assertTrue(image("a", 1, 20, 30).divisible());
    }

    @Test
    void anObjectPastedElsewhereBringsNothingButItself() {
        SegmentedImage object = image("a", 1, 20, 30);
        SegmentedImage behind = image("b", 3, 10, 40);
        RgbImage pasted = new Composite.Pasted(object, behind).image();
        RgbImage plain = FilledBackground.of(behind);
        int inside = 3 * (25 * SIZE + 25);
        assertEquals(RED, pasted.rgb()[inside]);
        int outside = 3 * (5 * SIZE + 25);
        assertArrayEquals(
                Arrays.copyOfRange(plain.rgb(), outside, outside + 3),
                Arrays.copyOfRange(pasted.rgb(), outside, outside + 3));
        int edge = 3 * (20 * SIZE + 25);
        assertTrue((pasted.rgb()[edge] & 0xff) > 0 && (pasted.rgb()[edge] & 0xff) < (RED & 0xff));
    }

    @Test
    void keysTellImagesMasksAndSortsApart() {
        SegmentedImage a = image("a", 1, 20, 30);
        assertEquals(a.key(), image("a", 1, 20, 30).key());
        assertFalse(a.key().equals(image("a", 1, 20, 31).key()));
        assertFalse(a.key().equals(image("b", 1, 20, 30).key()));
        assertFalse(new Composite.BackgroundOnly(a).key().equals(new Composite.Pasted(a, a).key()));
    }

    /** A red square from {@code from} to {@code to} before green stripes. */
    private static SegmentedImage image(String sha, int label, int from, int to) {
        byte[] rgb = new byte[3 * SIZE * SIZE];
        boolean[] foreground = new boolean[SIZE * SIZE];
        for (int i = 0; i < foreground.length; i++) {
            int x = i % SIZE;
            int y = i / SIZE;
            foreground[i] = x >= from && x < to && y >= from && y < to;
            rgb[3 * i] = foreground[i] ? RED : 0;
            rgb[3 * i + 1] = foreground[i] ? 0 : stripe(x);
        }
        Dataset.Item item = new Dataset.Item(sha + ".jpg", Split.TEST, label, sha, Optional.empty());
        return new SegmentedImage(item, new RgbImage(SIZE, SIZE, rgb), new Mask(SIZE, SIZE, foreground));
    }

    /** Dark and light columns in turn: mirrored at any column they go on. */
    private static byte stripe(int x) {
        return (byte) (x % 2 == 0 ? 60 : 120);
    }
}
