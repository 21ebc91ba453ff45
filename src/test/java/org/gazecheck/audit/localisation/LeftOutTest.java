package org.gazecheck.audit.localisation;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.Optional;
import org.gazecheck.image.Mask;
import org.gazecheck.image.RgbImage;
import org.junit.jupiter.api.Test;

/** A green meadow with two yellow blossoms, of which the mask holds the left one, and a red tag in a corner. */
class LeftOutTest {
    private static final int SIDE = 64;
    private static final int CELLS = 8;

    private static boolean blossom(int x, int y, int centre) {
        return Math.hypot(x - centre, y - 32) < 8;
    }

    private static RgbImage meadow() {
        byte[] rgb = new byte[3 * SIDE * SIDE];
        for (int i = 0; i < SIDE * SIDE; i++) {
            int x = i % SIDE;
            int y = i / SIDE;
            boolean yellow = blossom(x, y, 16) || blossom(x, y, 48);
            boolean tag = x >= 48 && y < 8;
            rgb[3 * i] = (byte) (yellow ? 240 - (x + y) % 20 : tag ? 220 : 40);
            rgb[3 * i + 1] = (byte) (yellow ? 200 + (x * y) % 15 : tag ? 20 : 120 + (x + 3 * y) % 30);
            rgb[3 * i + 2] = (byte) (yellow ? 20 : tag ? 20 : 40);
        }
        return new RgbImage(SIDE, SIDE, rgb);
    }

    private static Mask left() {
        boolean[] foreground = new boolean[SIDE * SIDE];
        for (int i = 0; i < foreground.length; i++) {
            foreground[i] = blossom(i % SIDE, i / SIDE, 16);
        }
        return new Mask(SIDE, SIDE, foreground);
    }

    /** Heat on one cell; cells are 8 pixels wide. */
    private static LeftOut heatAt(int x, int y) {
        float[] map = new float[CELLS * CELLS];
        map[y * CELLS + x] = 1;
        return LeftOut.of(map, CELLS, CELLS, left(), meadow()).orElseThrow();
    }

    @Test
    void heatOnTheOtherBlossomIsOnWhatLooksLikeTheObject() {
        LeftOut other = new LeftOut(
                (heatAt(5, 4).energy() + heatAt(6, 4).energy()) / 2,
                heatAt(5, 4).area());
        double blossoms = Math.PI * 64 / (SIDE * SIDE - Math.PI * 64);
        assertEquals(blossoms, other.area(), 0.01, "the other blossom's share of what is not masked");
        assertTrue(other.energy() > 0.6, other.toString());
        assertTrue(other.likeTheObject());
    }

    @Test
    void heatOnATagIsNot() {
        LeftOut tag = heatAt(7, 0);
        assertTrue(tag.energy() < 0.01, tag.toString());
        assertFalse(tag.likeTheObject());
    }

    @Test
    void nothingIsSaidWhereThereIsNoObjectOrNoHeat() {
        Mask none = new Mask(SIDE, SIDE, new boolean[SIDE * SIDE]);
        float[] map = new float[CELLS * CELLS];
        assertEquals(Optional.empty(), LeftOut.of(map, CELLS, CELLS, left(), meadow()));
        map[0] = 1;
        assertEquals(Optional.empty(), LeftOut.of(map, CELLS, CELLS, none, meadow()));
        assertEquals(Optional.empty(), OutsideMasks.sentence(List.of()));
    }

    @Test
    void theSentenceSaysWhatTheMaskLeavesOut() {
        assertEquals(
                "In the 2 that show it best, 70 % of the energy outside the mask lies on the object's colours, which cover 5 %"
                        + " of that area: the mask seems to hold one of several such objects, or only a part, and the network"
                        + " to look at the rest.",
                OutsideMasks.sentence(List.of(new LeftOut(0.8, 0.06), new LeftOut(0.6, 0.04)))
                        .orElseThrow());
        assertTrue(
                OutsideMasks.sentence(List.of(new LeftOut(0.05, 0.05)))
                        .orElseThrow()
                        .endsWith(
                                ": it is something else than further objects of these colours, and only the images show what."));
        assertTrue(OutsideMasks.sentence(List.of(new LeftOut(0.3, 0.05)))
                .orElseThrow()
                .endsWith(": the mask may hold one of several objects, and only the images show what the rest is."));
    }
}
