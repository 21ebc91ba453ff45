package org.gazecheck.image;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.awt.image.BufferedImage;
import java.awt.image.IndexColorModel;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.Arrays;
import java.util.Set;
import java.util.SplittableRandom;
import javax.imageio.IIOImage;
import javax.imageio.ImageIO;
import javax.imageio.ImageWriteParam;
import javax.imageio.ImageWriter;
import javax.imageio.stream.MemoryCacheImageOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class GifDecoderTest {
    private static final int NO_TRANSPARENT = -1;

    private final ImageDecoder decoder = new ImageDecoder(1_000_000);

    @ParameterizedTest
    @CsvSource({"1, 1", "5, 2", "7, 3", "9, 4", "8, 5", "33, 8", "40, 31", "300, 200"})
    void everyPixelIsWhereItWasDrawn(int width, int height) throws IOException {
        BufferedImage image = image(width, height, NO_TRANSPARENT);
        for (boolean interlaced : new boolean[] {false, true}) {
            RgbImage read = decoder.decode(written(image, interlaced));
            assertArrayEquals(BufferedImages.toRgb(image).rgb(), read.rgb(), "interlaced " + interlaced);
        }
    }

    @Test
    void aFirstPictureSmallerThanTheCanvasLiesWhereTheFileSays() throws IOException {
        BufferedImage image = image(9, 6, NO_TRANSPARENT);
        byte[] gif = moved(written(image, false), 20, 16, 4, 3);
        DecodedImage read = decoder.read(gif);
        assertEquals(20, read.image().width());
        assertEquals(16, read.image().height());
        assertEquals(Set.of(DecodingNote.CANVAS), read.notes());
        byte[] rgb = read.image().rgb();
        byte[] picture = BufferedImages.toRgb(image).rgb();
        for (int y = 0; y < 16; y++) {
            for (int x = 0; x < 20; x++) {
                boolean inside = x >= 4 && x < 13 && y >= 3 && y < 9;
                byte[] expected = inside
                        ? Arrays.copyOfRange(picture, ((y - 3) * 9 + x - 4) * 3, ((y - 3) * 9 + x - 4) * 3 + 3)
                        : new byte[] {3, 7, 11};
                assertArrayEquals(
                        expected, Arrays.copyOfRange(rgb, (y * 20 + x) * 3, (y * 20 + x) * 3 + 3), x + "," + y);
            }
        }
    }

    @Test
    void whatIsNotCoveredHasTheTransparentColourWhereThereIsOne() throws IOException {
        byte[] gif = moved(written(image(9, 6, 5), false), 20, 16, 4, 3);
        DecodedImage read = decoder.read(gif);
        assertEquals(Set.of(DecodingNote.CANVAS, DecodingNote.TRANSPARENT), read.notes());
        int[] colour = colour(5);
        assertArrayEquals(
                new byte[] {(byte) colour[0], (byte) colour[1], (byte) colour[2]},
                Arrays.copyOf(read.image().rgb(), 3));
    }

    @Test
    void aPictureThatLeavesTheCanvasMakesItLarger() throws IOException {
        RgbImage read = decoder.decode(moved(written(image(9, 6, NO_TRANSPARENT), false), 10, 10, 4, 7));
        assertEquals(13, read.width());
        assertEquals(13, read.height());
    }

    @Test
    void aFileThatEndsEarlyIsRefusedWhereverItEnds() throws IOException {
        byte[] gif = written(image(60, 40, NO_TRANSPARENT), false);
        for (int length = 6; length < gif.length; length += 7) {
            byte[] cut = Arrays.copyOf(gif, length);
            assertThrows(InvalidImageException.class, () -> decoder.decode(cut));
        }
        int blocks = blocks(gif);
        byte[] ended = Arrays.copyOf(gif, blocks + 1 + (gif[blocks] & 0xff) + 2);
        ended[ended.length - 2] = 0;
        ended[ended.length - 1] = 0x3b;
        String message = assertThrows(InvalidImageException.class, () -> decoder.decode(ended))
                .getMessage();
        assertTrue(message.startsWith("truncated: the GIF file's data end after"), message);
    }

    @Test
    void ofAMovingFileTheFirstPictureIsTakenAndTold() throws IOException {
        byte[] first = written(image(9, 6, NO_TRANSPARENT), false);
        int descriptor = descriptor(first);
        ByteArrayOutputStream two = new ByteArrayOutputStream();
        two.write(first, 0, first.length - 1);
        two.write(first, descriptor, first.length - descriptor);
        DecodedImage read = decoder.read(two.toByteArray());
        assertEquals(Set.of(DecodingNote.FIRST_FRAME), read.notes());
        assertArrayEquals(decoder.decode(first).rgb(), read.image().rgb());
    }

    private static int[] colour(int index) {
        return new int[] {(3 + index * 37) & 0xff, (7 + index * 91) & 0xff, (11 + index * 151) & 0xff};
    }

    private static BufferedImage image(int width, int height, int transparent) {
        byte[][] palette = new byte[3][256];
        for (int i = 0; i < 256; i++) {
            for (int c = 0; c < 3; c++) {
                palette[c][i] = (byte) colour(i)[c];
            }
        }
        IndexColorModel colours = transparent < 0
                ? new IndexColorModel(8, 256, palette[0], palette[1], palette[2])
                : new IndexColorModel(8, 256, palette[0], palette[1], palette[2], transparent);
        BufferedImage image = new BufferedImage(width, height, BufferedImage.TYPE_BYTE_INDEXED, colours);
        SplittableRandom random = new SplittableRandom(9);
        for (int y = 0; y < height; y++) {
            for (int x = 0; x < width; x++) {
                image.getRaster().setSample(x, y, 0, y % 3 == 0 ? 17 : random.nextInt(256));
            }
        }
        return image;
    }

    private static byte[] written(BufferedImage image, boolean interlaced) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        ImageWriter writer = ImageIO.getImageWritersByFormatName("gif").next();
        try (MemoryCacheImageOutputStream out = new MemoryCacheImageOutputStream(bytes)) {
            writer.setOutput(out);
            ImageWriteParam param = writer.getDefaultWriteParam();
            param.setProgressiveMode(interlaced ? ImageWriteParam.MODE_DEFAULT : ImageWriteParam.MODE_DISABLED);
            writer.write(null, new IIOImage(image, null, null), param);
        } finally {
            writer.dispose();
        }
        return bytes.toByteArray();
    }

    /** The same picture on another canvas, at another place. */
    private static byte[] moved(byte[] gif, int width, int height, int x, int y) {
        byte[] out = gif.clone();
        out[6] = (byte) width;
        out[8] = (byte) height;
        int descriptor = descriptor(gif);
        out[descriptor + 1] = (byte) x;
        out[descriptor + 3] = (byte) y;
        return out;
    }

    private static int descriptor(byte[] gif) {
        int at = 13 + ((gif[10] & 0x80) != 0 ? 3 << (gif[10] & 7) + 1 : 0);
        while (gif[at] == 0x21) {
            at += 2;
            while (gif[at] != 0) {
                at += (gif[at] & 0xff) + 1;
            }
            at++;
        }
        assertEquals(0x2c, gif[at]);
        return at;
    }

    /** Where the pixels' blocks begin. */
    private static int blocks(byte[] gif) {
        int at = descriptor(gif);
        return at + 10 + ((gif[at + 9] & 0x80) != 0 ? 3 << (gif[at + 9] & 7) + 1 : 0) + 1;
    }
}
