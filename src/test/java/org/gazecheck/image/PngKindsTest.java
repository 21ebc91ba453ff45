package org.gazecheck.image;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Set;
import java.util.zip.CRC32;
import java.util.zip.Deflater;
import java.util.zip.DeflaterOutputStream;
import javax.imageio.IIOImage;
import javax.imageio.ImageIO;
import javax.imageio.ImageWriteParam;
import javax.imageio.ImageWriter;
import javax.imageio.stream.MemoryCacheImageOutputStream;
import org.junit.jupiter.api.Test;

/** The kinds of PNG, byte by byte. */
class PngKindsTest {
    private static final int GREY = 0;
    private static final int RGB = 2;
    private static final int PALETTE = 3;
    private static final int GREY_ALPHA = 4;
    private static final int RGBA = 6;

    private final ImageDecoder decoder = new ImageDecoder(1_000_000);

    @Test
    void greyOfFewBitsIsSpreadOverAllValues() throws InvalidImageException {
        assertPixels(png(8, 1, 1, GREY, rows(0, 0b10100101)), grey(255, 0, 255, 0, 0, 255, 0, 255));
        assertPixels(png(4, 1, 2, GREY, rows(0, 0b00011011)), grey(0, 85, 170, 255));
        assertPixels(png(2, 1, 4, GREY, rows(0, 0x3c)), grey(0x33, 0xcc));
    }

    @Test
    void sixteenBitsKeepTheUpperEight() throws InvalidImageException {
        byte[] file = png(2, 1, 16, RGB, rows(0, 0xfe, 1, 0x20, 2, 0x30, 3, 0x40, 4, 0x50, 5, 0x60, 6));
        assertPixels(file, new byte[] {(byte) 0xfe, 0x20, 0x30, 0x40, 0x50, 0x60});
        assertPixels(png(1, 1, 16, GREY, rows(0, 0x80, 0xff)), grey(0x80));
    }

    @Test
    void sixteenBitsOfWhichFewAreUsedAreTold() throws InvalidImageException {
        assertEquals(
                Set.of(DecodingNote.DIM),
                decoder.read(png(2, 1, 16, GREY, rows(0, 0x0f, 0xff, 0x00, 0x10)))
                        .notes());
        assertEquals(
                Set.of(),
                decoder.read(png(2, 1, 16, GREY, rows(0, 0x4f, 0xff, 0x00, 0x10)))
                        .notes());
    }

    @Test
    void alphaIsDroppedNotCompositedAndToldWhereAnythingIsTransparent() throws InvalidImageException {
        byte[] clear = png(2, 1, 8, RGBA, rows(0, 10, 20, 30, 0, 40, 50, 60, 255));
        assertPixels(clear, new byte[] {10, 20, 30, 40, 50, 60});
        assertEquals(Set.of(DecodingNote.TRANSPARENT), decoder.read(clear).notes());
        byte[] opaque = png(2, 1, 8, RGBA, rows(0, 10, 20, 30, 255, 40, 50, 60, 255));
        assertEquals(Set.of(), decoder.read(opaque).notes());
        byte[] grey = png(2, 1, 8, GREY_ALPHA, rows(0, 77, 0, 99, 128));
        assertPixels(grey, grey(77, 99));
        assertEquals(Set.of(DecodingNote.TRANSPARENT), decoder.read(grey).notes());
        byte[] palette = png(
                3,
                1,
                8,
                PALETTE,
                rows(0, 1, 0, 2),
                chunk("PLTE", new byte[] {1, 2, 3, 4, 5, 6, 7, 8, 9}),
                chunk("tRNS", new byte[] {-1, 0}));
        assertPixels(palette, new byte[] {4, 5, 6, 1, 2, 3, 7, 8, 9});
        assertEquals(Set.of(DecodingNote.TRANSPARENT), decoder.read(palette).notes());
        byte[] key = png(2, 1, 8, RGB, rows(0, 9, 8, 7, 1, 2, 3), chunk("tRNS", new byte[] {0, 9, 0, 8, 0, 7}));
        assertPixels(key, new byte[] {9, 8, 7, 1, 2, 3});
    }

    @Test
    void interlacedFilesGiveTheSamePixels() throws IOException {
        for (int[] size : new int[][] {{1, 1}, {3, 2}, {9, 5}, {33, 40}}) {
            RgbImage image = ResizerTest.noise(size[0], size[1]);
            ByteArrayOutputStream bytes = new ByteArrayOutputStream();
            ImageWriter writer = ImageIO.getImageWritersByFormatName("png").next();
            try (MemoryCacheImageOutputStream out = new MemoryCacheImageOutputStream(bytes)) {
                writer.setOutput(out);
                ImageWriteParam param = writer.getDefaultWriteParam();
                param.setProgressiveMode(ImageWriteParam.MODE_DEFAULT);
                writer.write(null, new IIOImage(BufferedImages.of(image), null, null), param);
            } finally {
                writer.dispose();
            }
            assertEquals(1, bytes.toByteArray()[28], "interlaced");
            assertPixels(bytes.toByteArray(), image.rgb());
        }
    }

    @Test
    void profilesAreAppliedAndAnotherGammaIsTold() throws InvalidImageException {
        byte[] icc = IccProfiles.rgb(IccProfiles.ADOBE, 2.2);
        byte[] row = rows(0, 200, 100, 50);
        byte[] profile = chunk("iCCP", joined("a\0\0", deflated(icc)));
        DecodedImage read = decoder.read(png(1, 1, 8, RGB, row, profile));
        assertEquals(Set.of(DecodingNote.PROFILE), read.notes());
        assertArrayEquals(
                ColourProfile.of(icc, 3).orElseThrow().convert(new byte[] {(byte) 200, 100, 50}),
                read.image().rgb());
        DecodedImage broken = decoder.read(png(1, 1, 8, RGB, row, chunk("iCCP", joined("a\0\0", new byte[20]))));
        assertEquals(Set.of(DecodingNote.BROKEN_PROFILE), broken.notes());
        assertArrayEquals(new byte[] {(byte) 200, 100, 50}, broken.image().rgb());
        byte[] linear = chunk("gAMA", ByteBuffer.allocate(4).putInt(100000).array());
        assertEquals(
                Set.of(DecodingNote.GAMMA),
                decoder.read(png(1, 1, 8, RGB, row, linear)).notes());
        byte[] usual = chunk("gAMA", ByteBuffer.allocate(4).putInt(45455).array());
        assertEquals(Set.of(), decoder.read(png(1, 1, 8, RGB, row, usual)).notes());
        assertEquals(
                Set.of(),
                decoder.read(png(1, 1, 8, RGB, row, chunk("sRGB", new byte[1]), profile))
                        .notes());
    }

    @Test
    void movingFilesAndRowsThatAreMissing() throws InvalidImageException {
        byte[] moving = png(1, 1, 8, RGB, rows(0, 1, 2, 3), chunk("acTL", new byte[8]));
        assertEquals(Set.of(DecodingNote.FIRST_FRAME), decoder.read(moving).notes());
        byte[] short1 = png(2, 3, 8, RGB, rows(0, 1, 2, 3, 4, 5, 6));
        assertThrows(InvalidImageException.class, () -> decoder.decode(short1));
    }

    private void assertPixels(byte[] file, byte[] rgb) throws InvalidImageException {
        assertArrayEquals(rgb, decoder.decode(file).rgb());
    }

    private static byte[] grey(int... values) {
        byte[] rgb = new byte[values.length * 3];
        for (int i = 0; i < rgb.length; i++) {
            rgb[i] = (byte) values[i / 3];
        }
        return rgb;
    }

    private static byte[] rows(int... values) {
        byte[] out = new byte[values.length];
        for (int i = 0; i < out.length; i++) {
            out[i] = (byte) values[i];
        }
        return out;
    }

    /** @param chunks between header and pixels */
    static byte[] png(int width, int height, int bits, int type, byte[] rows, byte[]... chunks) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        out.writeBytes("\u0089PNG\r\n\u001a\n".getBytes(StandardCharsets.ISO_8859_1));
        out.writeBytes(chunk(
                "IHDR",
                ByteBuffer.allocate(13)
                        .putInt(width)
                        .putInt(height)
                        .put((byte) bits)
                        .put((byte) type)
                        .array()));
        for (byte[] chunk : chunks) {
            out.writeBytes(chunk);
        }
        out.writeBytes(chunk("IDAT", deflated(rows)));
        out.writeBytes(chunk("IEND", new byte[0]));
        return out.toByteArray();
    }

    static byte[] chunk(String type, byte[] content) {
        byte[] named = joined(type, content);
        CRC32 crc = new CRC32();
        crc.update(named);
        return ByteBuffer.allocate(8 + named.length)
                .putInt(content.length)
                .put(named)
                .putInt((int) crc.getValue())
                .array();
    }

    private static byte[] joined(String start, byte[] rest) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        out.writeBytes(start.getBytes(StandardCharsets.ISO_8859_1));
        out.writeBytes(rest);
        return out.toByteArray();
    }

    private static byte[] deflated(byte[] bytes) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        try (DeflaterOutputStream deflater = new DeflaterOutputStream(out, new Deflater())) {
            deflater.write(bytes);
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
        return out.toByteArray();
    }
}
