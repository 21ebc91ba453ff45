package org.gazecheck.image;

import static org.junit.jupiter.api.Assertions.*;

import java.awt.Color;
import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Arrays;
import javax.imageio.IIOImage;
import javax.imageio.ImageIO;
import javax.imageio.ImageTypeSpecifier;
import javax.imageio.ImageWriteParam;
import javax.imageio.ImageWriter;
import javax.imageio.metadata.IIOMetadata;
import javax.imageio.metadata.IIOMetadataNode;
import javax.imageio.stream.MemoryCacheImageOutputStream;
import org.gazecheck.ReferenceData;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ImageDecoderTest {
    private final ImageDecoder decoder = new ImageDecoder(1_000_000);

    @Test
    void pngOfEveryKindBecomesRgb() throws IOException {
        RgbImage image = ResizerTest.noise(13, 7);
        assertArrayEquals(image.rgb(), decoder.decode(Png.encode(image)).rgb());

        BufferedImage alpha = new BufferedImage(2, 1, BufferedImage.TYPE_INT_ARGB);
        alpha.setRGB(0, 0, 0x00_10_20_30);
        alpha.setRGB(1, 0, 0x80_40_50_60);
        assertArrayEquals(
                new byte[] {0x10, 0x20, 0x30, 0x40, 0x50, 0x60},
                decoder.decode(file(alpha, "png")).rgb());

        BufferedImage grey = new BufferedImage(2, 1, BufferedImage.TYPE_BYTE_GRAY);
        grey.getRaster().setPixels(0, 0, 2, 1, new int[] {7, 100});
        assertArrayEquals(
                new byte[] {7, 7, 7, 100, 100, 100},
                decoder.decode(file(grey, "png")).rgb());

        BufferedImage deep = new BufferedImage(1, 1, BufferedImage.TYPE_USHORT_GRAY);
        deep.getRaster().setPixels(0, 0, 1, 1, new int[] {0x12fe});
        assertArrayEquals(
                new byte[] {0x12, 0x12, 0x12}, decoder.decode(file(deep, "png")).rgb());

        BufferedImage bits = new BufferedImage(2, 1, BufferedImage.TYPE_BYTE_BINARY);
        bits.setRGB(1, 0, 0xffffffff);
        assertArrayEquals(
                new byte[] {0, 0, 0, -1, -1, -1},
                decoder.decode(file(bits, "png")).rgb());
    }

    /** What stands there can claim any length. */
    @Test
    void whatFollowsTheEndOfAPngIsNotLookedAt() throws IOException {
        RgbImage image = ResizerTest.noise(13, 7);
        byte[] png = Png.encode(image);
        byte[] trailer = {0x7f, -1, -1, -16, 'e', 'X', 'I', 'f', 0, 0, 0, 0, -1, -1, -1, -1, 0, 0, 0, 0, 0, 0, 0, 0};
        byte[] longer = Arrays.copyOf(png, png.length + trailer.length);
        System.arraycopy(trailer, 0, longer, png.length, trailer.length);
        assertArrayEquals(image.rgb(), decoder.decode(longer).rgb());

        byte[] empty = Arrays.copyOf(png, 8 + 12 + trailer.length);
        System.arraycopy(png, png.length - 12, empty, 8, 12);
        System.arraycopy(trailer, 12, empty, 20, 12);
        assertTrue(assertThrows(InvalidImageException.class, () -> decoder.decode(empty))
                .getMessage()
                .startsWith("damaged"));
    }

    @ParameterizedTest
    @CsvSource({"png", "gif", "bmp"})
    void paletteAndPlainFilesAreRead(String format) throws IOException {
        BufferedImage palette = new BufferedImage(9, 9, BufferedImage.TYPE_BYTE_INDEXED);
        palette.setRGB(1, 1, Color.RED.getRGB());
        palette.setRGB(2, 0, Color.BLUE.getRGB());
        byte[] rgb = decoder.decode(file(palette, format)).rgb();
        assertArrayEquals(new byte[] {-1, 0, 0}, Arrays.copyOfRange(rgb, 30, 33));
        assertArrayEquals(new byte[] {0, 0, -1}, Arrays.copyOfRange(rgb, 6, 9));
    }

    @Test
    void sixteenBitBmpIsRead() throws IOException {
        BufferedImage image = new BufferedImage(1, 1, BufferedImage.TYPE_USHORT_565_RGB);
        image.setRGB(0, 0, 0xffff0000);
        assertArrayEquals(
                new byte[] {-1, 0, 0}, decoder.decode(file(image, "bmp")).rgb());
    }

    @Test
    void greyJpegKeepsItsValues() throws IOException {
        BufferedImage grey = new BufferedImage(16, 16, BufferedImage.TYPE_BYTE_GRAY);
        int[] values = new int[256];
        Arrays.fill(values, 100);
        grey.getRaster().setPixels(0, 0, 16, 16, values);
        for (byte value : decoder.decode(file(grey, "jpg")).rgb()) {
            assertEquals(100, value, 1);
        }
    }

    @Test
    void cmykJpegIsRead() throws IOException {
        byte[] rgb = decoder.decode(cmyk(0, 255, 255, 0)).rgb();
        assertTrue(
                (rgb[0] & 0xff) > 200 && (rgb[1] & 0xff) < 70 && (rgb[2] & 0xff) < 70,
                Arrays.toString(Arrays.copyOf(rgb, 3)));
    }

    /** Without any header the JDK takes three full-size components for RGB; libjpeg takes them for YCbCr. */
    @Test
    void aJpegWithoutJfifHeaderIsYCbCr() throws IOException {
        byte[] jpeg = fullChroma(smooth(48, 32));
        int header = 2 + 2 + ((jpeg[4] & 0xff) << 8 | jpeg[5] & 0xff);
        byte[] bare = new byte[jpeg.length - header + 2];
        System.arraycopy(jpeg, 0, bare, 0, 2);
        System.arraycopy(jpeg, header, bare, 2, jpeg.length - header);
        assertArrayEquals(decoder.decode(jpeg).rgb(), decoder.decode(bare).rgb());
        assertClose(smooth(48, 32), decoder.decode(bare), 4);
    }

    /** The corner that EXIF calls the visual top left: which of the stored corners it is, and the size seen. */
    @ParameterizedTest
    @CsvSource({
        "1, 0, 0, 48, 32", "2, 1, 0, 48, 32", "3, 1, 1, 48, 32", "4, 0, 1, 48, 32",
        "5, 0, 0, 32, 48", "6, 0, 1, 32, 48", "7, 1, 1, 32, 48", "8, 1, 0, 32, 48"
    })
    void exifOrientationIsApplied(int orientation, int right, int bottom, int width, int height) throws IOException {
        byte[] rgb = new byte[48 * 32 * 3];
        for (int y = 0; y < 16; y++) {
            for (int x = 0; x < 16; x++) {
                rgb[((y + bottom * 16) * 48 + x + right * 32) * 3] = (byte) 255;
            }
        }
        byte[] jpeg = Jpeg.encode(new RgbImage(48, 32, rgb), 1f);
        ByteArrayOutputStream tagged = new ByteArrayOutputStream();
        tagged.write(jpeg, 0, 2);
        tagged.writeBytes(new byte[] {-1, (byte) 0xe1, 0, 34, 'E', 'x', 'i', 'f', 0, 0, 'M', 'M', 0, 42, 0, 0, 0, 8});
        tagged.writeBytes(new byte[] {0, 1, 1, 0x12, 0, 3, 0, 0, 0, 1, 0, (byte) orientation, 0, 0, 0, 0, 0, 0});
        tagged.write(jpeg, 2, jpeg.length - 2);
        RgbImage seen = decoder.decode(tagged.toByteArray());
        assertEquals(width, seen.width());
        assertEquals(height, seen.height());
        assertTrue((seen.rgb()[0] & 0xff) > 200, "top left is red");
        assertTrue((seen.rgb()[seen.rgb().length - 3] & 0xff) < 50, "bottom right is not");
    }

    @Test
    void damagedFilesAreRefusedAndSaidWhatTheyAre() throws IOException {
        byte[] jpeg = Jpeg.encode(smooth(200, 200), 0.9f);
        byte[] png = Png.encode(smooth(50, 50));
        assertRefused(new byte[0], "empty");
        assertRefused("Not an image at all.\n".getBytes(StandardCharsets.UTF_8), "text file");
        assertRefused("<!DOCTYPE html><p>".getBytes(StandardCharsets.UTF_8), "HTML");
        assertRefused("RIFF....WEBPVP8 ".getBytes(StandardCharsets.UTF_8), "truncated: the WebP file");
        assertRefused(new byte[] {0, 1, 2, 3}, "not a JPEG, PNG, BMP, GIF, WebP or TIFF");
        assertRefused(Arrays.copyOf(jpeg, jpeg.length / 2), "truncated");
        assertRefused(Arrays.copyOf(jpeg, jpeg.length - 2), "truncated");
        assertRefused(Arrays.copyOf(png, png.length - 12), "truncated");
        byte[] flipped = png.clone();
        flipped[png.length / 2] ^= 1;
        assertRefused(flipped, "checksum");
        byte[] cutInside = Arrays.copyOf(jpeg, jpeg.length / 2);
        cutInside[cutInside.length - 2] = -1;
        cutInside[cutInside.length - 1] = (byte) 0xd9;
        assertRefused(cutInside, "truncated");
        assertRefused(Arrays.copyOf(file(BufferedImages.of(smooth(50, 50)), "bmp"), 3000), "damaged");
    }

    @Test
    void noPrefixAndNoDamagedByteEscapesAsAnotherException() {
        byte[] jpeg = Jpeg.encode(smooth(24, 24), 0.9f);
        byte[] png = Png.encode(smooth(24, 24));
        for (byte[] whole : new byte[][] {jpeg, png}) {
            for (int length = 0; length < whole.length; length += 3) {
                byte[] cut = Arrays.copyOf(whole, length);
                assertThrows(InvalidImageException.class, () -> decoder.decode(cut));
            }
            for (int i = 0; i < whole.length; i++) {
                byte[] damaged = whole.clone();
                damaged[i] ^= 0x5a;
                try {
                    decoder.decode(damaged);
                } catch (InvalidImageException e) {
                    assertNotNull(e.getMessage());
                }
            }
        }
    }

    @Test
    void aBombIsRefusedBeforeItIsDecoded() throws IOException {
        byte[] png = Png.encode(new RgbImage(1200, 1000, new byte[1200 * 1000 * 3]));
        assertRefused(png, "1200x1000 pixels are more than the 1000000");
        byte[] jpeg = Jpeg.encode(smooth(16, 16), 0.9f);
        for (int i = 0; i < jpeg.length - 9; i++) {
            if (jpeg[i] == -1 && jpeg[i + 1] == (byte) 0xc0) {
                jpeg[i + 5] = jpeg[i + 7] = (byte) 0xf0;
                break;
            }
        }
        assertRefused(jpeg, "61456x61456");
    }

    @Test
    @Tag("reference")
    void imagesAreReadFromFiles() throws IOException {
        Path file = ReferenceData.path("golden/resnet50/images/image_06734.jpg");
        RgbImage image = decoder.decode(file);
        assertEquals(500, Math.min(image.width(), image.height()));
    }

    private void assertRefused(byte[] file, String reason) {
        String message = assertThrows(InvalidImageException.class, () -> decoder.decode(file))
                .getMessage();
        assertTrue(message.contains(reason), message);
    }

    static RgbImage smooth(int width, int height) {
        byte[] rgb = new byte[width * height * 3];
        for (int i = 0; i < width * height; i++) {
            rgb[i * 3] = (byte) (i % width * 255 / width);
            rgb[i * 3 + 1] = (byte) (i / width * 255 / height);
            rgb[i * 3 + 2] = (byte) 90;
        }
        return new RgbImage(width, height, rgb);
    }

    static void assertClose(RgbImage expected, RgbImage actual, int tolerance) {
        for (int i = 0; i < expected.rgb().length; i++) {
            assertEquals(expected.rgb()[i] & 0xff, actual.rgb()[i] & 0xff, tolerance, "value " + i);
        }
    }

    private static byte[] file(BufferedImage image, String format) throws IOException {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        assertTrue(ImageIO.write(image, format, out));
        return out.toByteArray();
    }

    /** A JPEG whose chroma is not subsampled. */
    private static byte[] fullChroma(RgbImage image) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        ImageWriter writer = ImageIO.getImageWritersByFormatName("jpeg").next();
        try (MemoryCacheImageOutputStream out = new MemoryCacheImageOutputStream(bytes)) {
            writer.setOutput(out);
            ImageWriteParam param = writer.getDefaultWriteParam();
            param.setCompressionMode(ImageWriteParam.MODE_EXPLICIT);
            param.setCompressionQuality(1f);
            BufferedImage buffered = BufferedImages.of(image);
            IIOMetadata metadata = writer.getDefaultImageMetadata(new ImageTypeSpecifier(buffered), param);
            IIOMetadataNode root = (IIOMetadataNode) metadata.getAsTree("javax_imageio_jpeg_image_1.0");
            IIOMetadataNode component =
                    (IIOMetadataNode) root.getElementsByTagName("componentSpec").item(0);
            component.setAttribute("HsamplingFactor", "1");
            component.setAttribute("VsamplingFactor", "1");
            metadata.setFromTree("javax_imageio_jpeg_image_1.0", root);
            writer.write(null, new IIOImage(buffered, null, metadata), param);
        } finally {
            writer.dispose();
        }
        return bytes.toByteArray();
    }

    /** A 16x16 JPEG of one colour with four components and an Adobe marker, inks stored inverted as Adobe does. */
    static byte[] cmyk(int c, int m, int y, int k) throws IOException {
        byte[] inks = new byte[256 * 4];
        for (int i = 0; i < inks.length; i += 4) {
            inks[i] = (byte) c;
            inks[i + 1] = (byte) m;
            inks[i + 2] = (byte) y;
            inks[i + 3] = (byte) k;
        }
        return CmykFiles.jpeg(16, 16, inks);
    }
}
