package org.gazecheck.image;

import static org.gazecheck.image.TiffFiles.BITS;
import static org.gazecheck.image.TiffFiles.EXTRA;
import static org.gazecheck.image.TiffFiles.FORMAT;
import static org.gazecheck.image.TiffFiles.ORIENTATION;
import static org.gazecheck.image.TiffFiles.PHOTOMETRIC;
import static org.gazecheck.image.TiffFiles.SAMPLES;
import static org.gazecheck.image.TiffFiles.SUBFILE;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.Arrays;
import java.util.Set;
import javax.imageio.IIOImage;
import javax.imageio.ImageIO;
import javax.imageio.ImageWriteParam;
import javax.imageio.ImageWriter;
import javax.imageio.stream.MemoryCacheImageOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class TiffDecoderTest {
    private final ImageDecoder decoder = new ImageDecoder(1_000_000);
    private final RgbImage image = ImageDecoderTest.smooth(70, 50);

    @ParameterizedTest
    @CsvSource({"LZW, false", "LZW, true", "Deflate, false", "ZLib, true", "PackBits, false", "JPEG, false"})
    void everyCompressionAndTilesAreRead(String compression, boolean tiled) throws IOException {
        RgbImage read = decoder.decode(written(BufferedImages.of(image), compression, tiled));
        ImageDecoderTest.assertClose(image, read, compression.equals("JPEG") ? 12 : 0);
    }

    @Test
    void sixteenBitsKeepTheUpperEight() throws InvalidImageException {
        byte[] data = {1, 0x12, 2, 0x34, 3, (byte) 0xff, 4, 0x56, 5, 0x78, 6, (byte) 0x9a};
        byte[] file = new TiffFiles()
                .page(2, 1, data, BITS, 16, PHOTOMETRIC, 2, SAMPLES, 3)
                .bytes();
        assertArrayEquals(
                new byte[] {0x12, 0x34, -1, 0x56, 0x78, (byte) 0x9a},
                decoder.decode(file).rgb());
        byte[] dark = {1, 0x02, 2, 0x04, 3, 0x0f};
        DecodedImage read = decoder.read(new TiffFiles()
                .page(3, 1, dark, BITS, 16, PHOTOMETRIC, 1, SAMPLES, 1)
                .bytes());
        assertEquals(Set.of(DecodingNote.DIM), read.notes());
    }

    @Test
    void greyValuesMayBeInverted() throws InvalidImageException {
        byte[] grey = {0, 50, (byte) 255};
        assertArrayEquals(
                new byte[] {0, 0, 0, 50, 50, 50, -1, -1, -1},
                decoder.decode(new TiffFiles()
                                .page(3, 1, grey, BITS, 8, PHOTOMETRIC, 1, SAMPLES, 1)
                                .bytes())
                        .rgb());
        assertArrayEquals(
                new byte[] {-1, -1, -1, (byte) 205, (byte) 205, (byte) 205, 0, 0, 0},
                decoder.decode(new TiffFiles()
                                .page(3, 1, grey, BITS, 8, PHOTOMETRIC, 0, SAMPLES, 1)
                                .bytes())
                        .rgb());
    }

    @Test
    void inksFollowTheRuleOfJpeg() throws InvalidImageException {
        byte[] inks = {25, (byte) 235, (byte) 235, 0, 0, 0, 0, (byte) 255};
        DecodedImage read = decoder.read(new TiffFiles()
                .page(2, 1, inks, BITS, 8, PHOTOMETRIC, 5, SAMPLES, 4)
                .bytes());
        assertEquals(Set.of(DecodingNote.INKS), read.notes());
        assertArrayEquals(new byte[] {(byte) 230, 20, 20, 0, 0, 0}, read.image().rgb());
    }

    @Test
    void profileAndOrientationCountAsInJpeg() throws InvalidImageException {
        byte[] icc = IccProfiles.rgb(IccProfiles.P3, 0);
        byte[] file = new TiffFiles()
                .page(70, 50, image.rgb(), BITS, 8, PHOTOMETRIC, 2, SAMPLES, 3, ORIENTATION, 8)
                .profile(icc)
                .bytes();
        DecodedImage read = decoder.read(file);
        assertEquals(Set.of(DecodingNote.PROFILE, DecodingNote.TURNED), read.notes());
        byte[] expected = ColourProfile.of(icc, 3).orElseThrow().convert(image.rgb());
        assertArrayEquals(
                Orientation.upright(new RgbImage(70, 50, expected), 8).rgb(),
                read.image().rgb());
        byte[] broken = new TiffFiles()
                .page(70, 50, image.rgb(), BITS, 8, PHOTOMETRIC, 2, SAMPLES, 3)
                .profile(new byte[300])
                .bytes();
        assertEquals(Set.of(DecodingNote.BROKEN_PROFILE), decoder.read(broken).notes());
        assertArrayEquals(image.rgb(), decoder.decode(broken).rgb());
    }

    @Test
    void ofSeveralPagesTheFirstIsTakenAndSmallerVersionsAreNoPages() throws InvalidImageException {
        byte[] other = new byte[70 * 50 * 3];
        int[] fields = {BITS, 8, PHOTOMETRIC, 2, SAMPLES, 3};
        DecodedImage two = decoder.read(new TiffFiles()
                .page(70, 50, image.rgb(), fields)
                .page(70, 50, other, fields)
                .bytes());
        assertArrayEquals(image.rgb(), two.image().rgb());
        assertEquals(Set.of(DecodingNote.FIRST_PAGE), two.notes());
        DecodedImage thumbnail = decoder.read(new TiffFiles()
                .page(70, 50, image.rgb(), fields)
                .page(7, 5, new byte[105], BITS, 8, PHOTOMETRIC, 2, SAMPLES, 3, SUBFILE, 1)
                .bytes());
        assertEquals(Set.of(), thumbnail.notes());
    }

    @Test
    void alphaIsDroppedAndTold() throws InvalidImageException {
        byte[] rgba = {10, 20, 30, 0, 40, 50, 60, (byte) 255};
        DecodedImage read = decoder.read(new TiffFiles()
                .page(2, 1, rgba, BITS, 8, PHOTOMETRIC, 2, SAMPLES, 4, EXTRA, 2)
                .bytes());
        assertArrayEquals(new byte[] {10, 20, 30, 40, 50, 60}, read.image().rgb());
        assertEquals(Set.of(DecodingNote.TRANSPARENT), read.notes());
    }

    /** A camera's raw file is a TIFF file whose first picture is a small preview, or the sensor's own values. */
    @ParameterizedTest
    @ValueSource(ints = {1, 2, 3})
    void rawFilesAreNotTakenForTheirPreview(int kind) {
        byte[] file = new TiffFiles()
                .page(
                        70,
                        50,
                        image.rgb(),
                        BITS,
                        8,
                        PHOTOMETRIC,
                        kind == 1 ? 32803 : 2,
                        SAMPLES,
                        3,
                        kind == 2 ? SUBFILE : 50706,
                        1)
                .bytes();
        assertRefused(file, "raw file");
    }

    @Test
    void whatEightBitsCannotHoldIsRefused() {
        assertRefused(
                new TiffFiles()
                        .page(1, 1, new byte[4], BITS, 32, PHOTOMETRIC, 1, SAMPLES, 1, FORMAT, 3)
                        .bytes(),
                "fractions");
        assertRefused(
                new TiffFiles()
                        .page(1, 1, new byte[4], BITS, 32, PHOTOMETRIC, 1, SAMPLES, 1)
                        .bytes(),
                "32 bits");
        assertRefused(
                new TiffFiles()
                        .page(1, 1, new byte[2], BITS, 16, PHOTOMETRIC, 1, SAMPLES, 1, FORMAT, 2)
                        .bytes(),
                "signed");
        assertRefused(
                new TiffFiles()
                        .page(1, 1, new byte[5], BITS, 8, PHOTOMETRIC, 1, SAMPLES, 5)
                        .bytes(),
                "5 channels");
    }

    @Test
    void filesThatAreCutOffAreRefused() throws IOException {
        for (String compression : new String[] {"LZW", "Deflate", "JPEG"}) {
            byte[] whole = written(BufferedImages.of(image), compression, false);
            for (int length = 8; length < whole.length; length += 97) {
                byte[] cut = Arrays.copyOf(whole, length);
                assertThrows(InvalidImageException.class, () -> decoder.decode(cut), compression + " " + length);
            }
        }
    }

    @Test
    void noDamagedByteEscapesAsAnotherException() throws IOException {
        byte[] whole = written(BufferedImages.of(ImageDecoderTest.smooth(12, 9)), "LZW", false);
        for (int i = 4; i < whole.length; i++) {
            byte[] damaged = whole.clone();
            damaged[i] ^= 0x5a;
            try {
                decoder.decode(damaged);
            } catch (InvalidImageException e) {
                assertTrue(!e.getMessage().isBlank());
            }
        }
    }

    private void assertRefused(byte[] file, String reason) {
        String message = assertThrows(InvalidImageException.class, () -> decoder.decode(file))
                .getMessage();
        assertTrue(message.contains(reason), message);
    }

    private static byte[] written(BufferedImage image, String compression, boolean tiled) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        ImageWriter writer = ImageIO.getImageWritersByFormatName("tiff").next();
        try (MemoryCacheImageOutputStream out = new MemoryCacheImageOutputStream(bytes)) {
            writer.setOutput(out);
            ImageWriteParam param = writer.getDefaultWriteParam();
            param.setCompressionMode(ImageWriteParam.MODE_EXPLICIT);
            param.setCompressionType(compression);
            if (tiled) {
                param.setTilingMode(ImageWriteParam.MODE_EXPLICIT);
                param.setTiling(32, 16, 0, 0);
            }
            writer.write(null, new IIOImage(image, null, null), param);
        } finally {
            writer.dispose();
        }
        return bytes.toByteArray();
    }
}
