package org.gazecheck.image;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.awt.geom.AffineTransform;
import java.awt.image.AffineTransformOp;
import java.awt.image.BufferedImage;
import java.awt.image.ConvolveOp;
import java.awt.image.Kernel;
import java.io.ByteArrayInputStream;
import java.util.Random;
import javax.imageio.ImageIO;
import org.apache.commons.math3.distribution.NormalDistribution;
import org.junit.jupiter.api.Test;

/** Against closed forms and Java2D. */
class AlterationTest {
    private static final RgbImage RANDOM = random(48, 32);

    @Test
    void aBlurredEdgeIsTheNormalDistribution() {
        RgbImage edge = drawn(100, 80, (x, y) -> x < 50 ? 0 : 200);
        RgbImage blurred = new GaussianBlur(0.05).of(edge);
        NormalDistribution normal = new NormalDistribution(0, 4);
        for (int x = 30; x < 70; x++) {
            assertEquals(200 * normal.cumulativeProbability(x + 0.5 - 50), blurred.rgb()[3 * x] & 0xff, 1.6, "at " + x);
        }
    }

    @Test
    void insideAnImageItBlursAsJava2dDoes() {
        float[] weights = new float[49];
        double sum = 0;
        for (int i = 0; i < 49; i++) {
            double squares = Math.pow(i % 7 - 3, 2) + Math.pow(i / 7 - 3, 2);
            weights[i] = (float) Math.exp(-squares / 2);
            sum += weights[i];
        }
        for (int i = 0; i < 49; i++) {
            weights[i] /= (float) sum;
        }
        BufferedImage expected = new ConvolveOp(new Kernel(7, 7, weights)).filter(BufferedImages.of(RANDOM), null);
        byte[] java2d = BufferedImages.toRgb(expected).rgb();
        byte[] ours = new GaussianBlur(1 / 32.0).of(RANDOM).rgb();
        for (int i = 0; i < ours.length; i++) {
            int x = i / 3 % 48;
            int y = i / 3 / 48;
            if (x >= 3 && x < 45 && y >= 3 && y < 29) {
                assertEquals(java2d[i] & 0xff, ours[i] & 0xff, 1, x + ", " + y);
            }
        }
    }

    @Test
    void compressionIsWhatImageIoWritesAndReads() throws Exception {
        byte[] file = Jpeg.encode(RANDOM, 0.1f);
        byte[] read = BufferedImages.toRgb(ImageIO.read(new ByteArrayInputStream(file)))
                .rgb();
        assertArrayEquals(read, new JpegCompression(10).of(RANDOM).rgb());
        assertTrue(difference(RANDOM, new JpegCompression(5)) > difference(RANDOM, new JpegCompression(80)));
    }

    @Test
    void noiseHasItsStandardDeviationAndItsSeed() {
        RgbImage grey = drawn(100, 100, (x, y) -> 128);
        byte[] noisy = new GaussianNoise(10, 1).of(grey).rgb();
        double squares = 0;
        for (byte value : noisy) {
            squares += Math.pow((value & 0xff) - 128, 2);
        }
        assertEquals(10, Math.sqrt(squares / noisy.length), 0.2);
        assertArrayEquals(noisy, new GaussianNoise(10, 1).of(grey).rgb());
        assertNotEquals(noisy[0], new GaussianNoise(10, 2).of(grey).rgb()[0]);
    }

    @Test
    void gainsMoveTheAxesOfColourByWhatIsAsked() {
        ColourGains gains = ColourGains.shift(0.4, -0.2);
        assertEquals(0.4, Math.log(gains.red() / gains.blue()), 1e-12);
        assertEquals(-0.2, Math.log(gains.green() / Math.sqrt(gains.red() * gains.blue())), 1e-12);
        assertEquals(1, gains.red() * gains.green() * gains.blue(), 1e-12);
        byte[] rgb = new ColourGains(1.5, 1, 0.5).of(drawn(2, 2, (x, y) -> 100)).rgb();
        assertArrayEquals(new int[] {150, 100, 50}, new int[] {rgb[0] & 0xff, rgb[1] & 0xff, rgb[2] & 0xff});
    }

    @Test
    void aVignetteDarkensTheCornersAndItsNegativeUndoesIt() {
        RgbImage grey = drawn(201, 101, (x, y) -> 200);
        RgbImage dark = new Vignette(0.5).of(grey);
        assertEquals(200, dark.rgb()[3 * (50 * 201 + 100)] & 0xff);
        assertEquals(100, dark.rgb()[0] & 0xff, 2);
        assertEquals(150, dark.rgb()[3 * 50 * 201] & 0xff, 1, "half way to the corner's square distance");
        assertEquals(0, difference(grey, new Vignette(-0.5).of(dark)), 1.1);
    }

    @Test
    void tonesBlendWithTheirGrey() {
        assertEquals(
                50,
                new ToneChange(ToneChange.Tone.BRIGHTNESS, 0.5)
                        .of(drawn(4, 4, (x, y) -> 100))
                        .rgb()[0]);
        RgbImage flat = new ToneChange(ToneChange.Tone.CONTRAST, 0).of(RANDOM);
        assertEquals(flat.rgb()[0], flat.rgb()[100]);
        byte[] grey = new ToneChange(ToneChange.Tone.SATURATION, 0).of(RANDOM).rgb();
        assertEquals(grey[0], grey[2]);
    }

    @Test
    void insideAnImageItZoomsAsJava2dDoes() {
        RgbImage smooth = new GaussianBlur(0.1).of(RANDOM);
        AffineTransform about = AffineTransform.getTranslateInstance(24, 16);
        about.scale(1.6, 1.6);
        about.translate(-24, -16);
        BufferedImage expected = new AffineTransformOp(about, AffineTransformOp.TYPE_BILINEAR)
                .filter(BufferedImages.of(smooth), new BufferedImage(48, 32, BufferedImage.TYPE_3BYTE_BGR));
        byte[] java2d = BufferedImages.toRgb(expected).rgb();
        byte[] ours = new Zoom(1.6).of(smooth).rgb();
        for (int i = 0; i < ours.length; i++) {
            assertEquals(java2d[i] & 0xff, ours[i] & 0xff, 2, i / 3 % 48 + ", " + i / 3 / 48);
        }
    }

    @Test
    void aSmallerImageIsMirroredBeyondItsBorders() {
        RgbImage ramp = drawn(80, 40, (x, y) -> x + 2 * y);
        byte[] zoomed = new Zoom(0.5).of(ramp).rgb();
        for (int y = 0; y < 40; y++) {
            for (int x = 0; x < 80; x++) {
                double of = 2 * triangle(x + 0.5 - 20, 40) - 0.5;
                double down = 2 * triangle(y + 0.5 - 10, 20) - 0.5;
                assertEquals(of + 2 * down, zoomed[3 * (80 * y + x)] & 0xff, 2.1, x + ", " + y);
            }
        }
    }

    @Test
    void aShiftMovesAndMirrors() {
        RgbImage ramp = drawn(80, 40, (x, y) -> x + 2 * y);
        byte[] shifted = new Shift(0.25).of(ramp).rgb();
        for (int i = 0; i < shifted.length; i++) {
            double x = triangle(i / 3 % 80 + 0.5 - 20, 80) - 0.5;
            double y = triangle(i / 3 / 80 + 0.5 - 10, 40) - 0.5;
            assertEquals(x + 2 * y, shifted[i] & 0xff);
        }
    }

    @Test
    void whatIsNeitherLargerNorSmallerStaysAsItIs() {
        assertArrayEquals(RANDOM.rgb(), new Zoom(1).of(RANDOM).rgb());
        assertArrayEquals(RANDOM.rgb(), new Shift(0).of(RANDOM).rgb());
    }

    /** Reflected at 0 and at a length. */
    private static double triangle(double at, double length) {
        double turn = at - 2 * length * Math.floor(at / (2 * length));
        return Math.min(turn, 2 * length - turn);
    }

    private static double difference(RgbImage image, Alteration alteration) {
        return difference(image, alteration.of(image));
    }

    /** The largest of all values. */
    private static double difference(RgbImage a, RgbImage b) {
        double most = 0;
        for (int i = 0; i < a.rgb().length; i++) {
            most = Math.max(most, Math.abs((a.rgb()[i] & 0xff) - (b.rgb()[i] & 0xff)));
        }
        return most;
    }

    /** The value of a grey pixel. */
    interface Drawing {
        int at(int x, int y);
    }

    static RgbImage drawn(int width, int height, Drawing drawing) {
        byte[] rgb = new byte[3 * width * height];
        for (int i = 0; i < rgb.length; i++) {
            rgb[i] = (byte) drawing.at(i / 3 % width, i / 3 / width);
        }
        return new RgbImage(width, height, rgb);
    }

    private static RgbImage random(int width, int height) {
        byte[] rgb = new byte[3 * width * height];
        new Random(1).nextBytes(rgb);
        return new RgbImage(width, height, rgb);
    }
}
