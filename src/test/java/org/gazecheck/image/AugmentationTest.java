package org.gazecheck.image;

import static org.junit.jupiter.api.Assertions.*;

import java.awt.Color;
import java.util.Arrays;
import java.util.SplittableRandom;
import org.gazecheck.config.TrainSettings;
import org.junit.jupiter.api.Test;

class AugmentationTest {
    private static final Augmentation PLAIN = new Augmentation(new TrainSettings.Views(true, 2, 0.3, 1, 0, 0, 0, 0));
    private static final Augmentation COLOURED =
            new Augmentation(new TrainSettings.Views(true, 2, 0.3, 1, 0.4, 0.4, 0.4, 0.1));

    @Test
    void theSameRandomNumbersGiveTheSameView() {
        RgbImage image = ResizerTest.noise(60, 40);
        RgbImage one = COLOURED.draw(image, 32, new SplittableRandom(3));
        assertEquals(32, one.width());
        assertEquals(32, one.height());
        assertArrayEquals(
                one.rgb(), COLOURED.draw(image, 32, new SplittableRandom(3)).rgb());
        assertFalse(Arrays.equals(
                one.rgb(), COLOURED.draw(image, 32, new SplittableRandom(4)).rgb()));
    }

    @Test
    void cropsKeepTheirShareAndRatioAndLieInside() {
        SplittableRandom random = new SplittableRandom(1);
        double smallest = 1;
        double largest = 0;
        for (int i = 0; i < 5000; i++) {
            Augmentation.Crop crop = PLAIN.crop(400, 300, random);
            double share = crop.width() * crop.height() / (400.0 * 300);
            double ratio = crop.width() / (double) crop.height();
            assertTrue(crop.x() >= 0
                    && crop.x() + crop.width() <= 400
                    && crop.y() >= 0
                    && crop.y() + crop.height() <= 300);
            assertTrue(ratio > 0.74 && ratio < 1.35, "ratio " + ratio);
            smallest = Math.min(smallest, share);
            largest = Math.max(largest, share);
        }
        assertEquals(0.3, smallest, 0.01);
        assertEquals(1, largest, 0.02);
    }

    @Test
    void aStripThatHasNoSuchCropGivesItsCentre() {
        assertEquals(new Augmentation.Crop(493, 0, 13, 10), PLAIN.crop(1000, 10, new SplittableRandom(1)));
        assertEquals(new Augmentation.Crop(0, 493, 10, 13), PLAIN.crop(10, 1000, new SplittableRandom(1)));
    }

    @Test
    void halfOfTheViewsAreMirrored() {
        byte[] rgb = new byte[20 * 20 * 3];
        for (int i = 0; i < rgb.length; i++) {
            rgb[i] = (byte) (i / 3 % 20 * 12);
        }
        int mirrored = 0;
        for (int i = 0; i < 1000; i++) {
            byte[] view = PLAIN.draw(new RgbImage(20, 20, rgb), 8, new SplittableRandom(i))
                    .rgb();
            mirrored += (view[0] & 0xff) > (view[21] & 0xff) ? 1 : 0;
        }
        assertEquals(500, mirrored, 60);
    }

    @Test
    void mirroringTwiceIsTheImage() {
        RgbImage image = ResizerTest.noise(7, 3);
        RgbImage mirror = Augmentation.mirror(image);
        assertEquals(image.rgb()[1], mirror.rgb()[6 * 3 + 1]);
        assertArrayEquals(image.rgb(), Augmentation.mirror(mirror).rgb());
    }

    /** PIL: blend(0, v, f) = int(f v), clipped; blend(mean, v, f) = int(mean + f (v - mean)). */
    @Test
    void brightnessContrastAndSaturationBlend() {
        byte[] bright = {100, 10, (byte) 200};
        ColourJitter.brightness(bright, 1.5f);
        assertArrayEquals(new byte[] {(byte) 150, 15, (byte) 255}, bright);

        byte[] contrast = {100, 100, 100, 50, 50, 50};
        ColourJitter.contrast(contrast, 0.5f);
        assertArrayEquals(new byte[] {87, 87, 87, 62, 62, 62}, contrast);

        byte[] saturation = {100, 10, (byte) 200};
        int grey = Math.round(0.299f * 100 + 0.587f * 10 + 0.114f * 200);
        ColourJitter.saturation(saturation, 0f);
        assertArrayEquals(new byte[] {(byte) grey, (byte) grey, (byte) grey}, saturation);
    }

    /** java.awt.Color's HSB is the witness, to the precision of an 8-bit H and S. */
    @Test
    void hueTurnsTheColourCircle() {
        byte[] rgb = ResizerTest.noise(40, 40).rgb();
        byte[] turned = rgb.clone();
        ColourJitter.hue(turned, 0.2);
        double sum = 0;
        for (int i = 0; i < rgb.length; i += 3) {
            float[] hsb = Color.RGBtoHSB(rgb[i] & 0xff, rgb[i + 1] & 0xff, rgb[i + 2] & 0xff, null);
            int expected = Color.HSBtoRGB(hsb[0] + 51 / 255f, hsb[1], hsb[2]);
            for (int c = 0; c < 3; c++) {
                int difference = Math.abs((expected >> (16 - 8 * c) & 0xff) - (turned[i + c] & 0xff));
                assertTrue(difference <= 12, "pixel " + i / 3 + " differs by " + difference);
                sum += difference;
            }
        }
        assertTrue(sum / rgb.length < 1.5, "mean difference " + sum / rgb.length);
        byte[] grey = {9, 9, 9};
        ColourJitter.hue(grey, -0.3);
        assertArrayEquals(new byte[] {9, 9, 9}, grey);
    }
}
