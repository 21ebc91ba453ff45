package org.gazecheck.image;

import static org.gazecheck.image.AlterationTest.drawn;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayInputStream;
import java.util.Optional;
import java.util.Random;
import javax.imageio.ImageIO;
import javax.imageio.ImageReader;
import javax.imageio.metadata.IIOMetadataNode;
import javax.imageio.plugins.jpeg.JPEGQTable;
import org.junit.jupiter.api.Test;

/** Against closed forms, and against what was put on. */
class CaptureMeasuresTest {
    private static final RgbImage GREY = drawn(160, 128, (x, y) -> 128);

    @Test
    void theBlurLengthOfAWaveIsItsLengthOverTwoPi() {
        double k = 2 * Math.PI / 20;
        RgbImage wave = drawn(400, 400, (x, y) -> (int) Math.round(128 + 120 * Math.sin(k * x)));
        double gradient = Math.pow(Math.sin(k), 2);
        double laplacian = Math.pow(2 - 2 * Math.cos(k), 2);
        assertEquals(Math.sqrt(gradient / laplacian) / 400, BlurLength.of(wave), 0.02 / k / 400, "of differences");
        assertEquals(1 / k / 400, BlurLength.of(wave), 0.03 / k / 400);
    }

    @Test
    void theBlurLengthOfBlurredNoiseIsItsDeviationOverRootTwo() {
        Random random = new Random(1);
        RgbImage white = drawn(300, 300, (x, y) -> random.nextInt(4) == 0 ? 255 : 0);
        for (double sigma : new double[] {1.5, 2}) {
            double length = 300 * BlurLength.of(new GaussianBlur(sigma / 300).of(white));
            assertEquals(sigma / Math.sqrt(2), length, 0.12 * sigma, "blurred by " + sigma);
        }
    }

    @Test
    void falloffIsTheStrengthOfTheVignette() {
        assertEquals(0, Falloff.of(GREY), 1e-9);
        Random random = new Random(1);
        RgbImage scene = new GaussianBlur(0.02).of(drawn(400, 300, (x, y) -> 110 + random.nextInt(2) * 20));
        double before = Falloff.of(scene);
        for (double strength : new double[] {0.2, 0.5}) {
            double expected = strength / (1 - strength * 0.5);
            assertEquals(
                    expected, Falloff.of(new Vignette(strength).of(scene)) - before, 0.25 * strength, "of " + strength);
        }
    }

    @Test
    void aCastIsWhatGainsMovedAndAColourfulThingIsNone() {
        RgbImage scene = drawn(100, 100, (x, y) -> 60 + x);
        ColourCast none = ColourCast.of(scene, Optional.empty());
        assertEquals(0, none.temperature(), 1e-9);
        ColourCast warm = ColourCast.of(ColourGains.shift(0.3, -0.1).of(scene), Optional.empty());
        assertEquals(0.3, warm.temperature(), 0.04);
        assertEquals(-0.1, warm.tint(), 0.02);
        byte[] rgb = scene.rgb().clone();
        for (int i = 0; i < rgb.length / 3; i++) {
            if (i % 100 < 80) {
                rgb[3 * i] = (byte) 230;
                rgb[3 * i + 1] = (byte) 200;
                rgb[3 * i + 2] = 10;
            }
        }
        ColourCast yellow = ColourCast.of(new RgbImage(100, 100, rgb), Optional.empty());
        assertEquals(0, yellow.temperature(), 1e-9, "a yellow flower over four fifths of the image");
    }

    @Test
    void ofAKnownObjectOnlyTheRestIsAskedForItsColour() {
        byte[] rgb =
                ColourGains.shift(0.3, 0).of(drawn(100, 100, (x, y) -> 128)).rgb();
        boolean[] left = new boolean[100 * 100];
        for (int i = 0; i < left.length; i++) {
            left[i] = i % 100 < 50;
            for (int c = 0; left[i] && c < 3; c++) {
                rgb[3 * i + c] = 100;
            }
        }
        RgbImage greyThing = new RgbImage(100, 100, rgb);
        assertEquals(0, ColourCast.of(greyThing, Optional.empty()).temperature(), 1e-9);
        assertEquals(
                0.3,
                ColourCast.of(greyThing, Optional.of(new Mask(100, 100, left))).temperature(),
                0.05);
    }

    @Test
    void noiseIsItsStandardDeviation() {
        assertEquals(0, NoiseLevel.of(GREY), 1e-9);
        for (double sd : new double[] {3, 10}) {
            double luma = sd * Math.sqrt(0.299 * 0.299 + 0.587 * 0.587 + 0.114 * 0.114);
            double level = NoiseLevel.of(new GaussianNoise(sd, 1).of(GREY));
            assertEquals(luma, level, 0.15 * luma, "the smoothest tenth lies a little below");
        }
        assertTrue(Double.isNaN(NoiseLevel.of(drawn(64, 64, (x, y) -> 255))));
    }

    @Test
    void blocksStandOutWhereverTheirGridBegins() {
        assertEquals(0, Blockiness.of(GREY), 1e-12);
        RgbImage blocks = drawn(160, 160, (x, y) -> 100 + 40 * (((x + 3) / 8 + (y + 5) / 8) % 2) + x % 2 + y % 2);
        double border = 40;
        double inside = 1;
        assertEquals(Math.log(border / inside), Blockiness.of(blocks), 0.15);
        RgbImage scene = new GaussianBlur(0.01).of(drawn(200, 200, (x, y) -> (x * x + 3 * y * x) / 40 % 256));
        assertTrue(Blockiness.of(new JpegCompression(10).of(scene)) > Blockiness.of(scene) + 0.3);
    }

    @Test
    void theQuantiserIsTheMeanOfTheTableThatImageIoReads() throws Exception {
        byte[] file = Jpeg.encode(GREY, 0.3f);
        ImageReader reader = ImageIO.getImageReadersByFormatName("jpeg").next();
        reader.setInput(ImageIO.createImageInputStream(new ByteArrayInputStream(file)));
        IIOMetadataNode root = (IIOMetadataNode) reader.getImageMetadata(0).getAsTree("javax_imageio_jpeg_image_1.0");
        IIOMetadataNode table =
                (IIOMetadataNode) root.getElementsByTagName("dqtable").item(0);
        double sum = 0;
        for (int value : ((JPEGQTable) table.getUserObject()).getTable()) {
            sum += value;
        }
        assertEquals(sum / 64, JpegTables.lumaQuantiser(file), 1e-12);
        assertTrue(Double.isNaN(JpegTables.lumaQuantiser(Png.encode(GREY))));
        assertTrue(Double.isNaN(JpegTables.lumaQuantiser(new byte[] {(byte) 0xff, (byte) 0xd8, (byte) 0xff, 0, 9})));
    }
}
