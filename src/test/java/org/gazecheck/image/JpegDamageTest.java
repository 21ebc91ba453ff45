package org.gazecheck.image;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import javax.imageio.IIOImage;
import javax.imageio.ImageIO;
import javax.imageio.ImageTypeSpecifier;
import javax.imageio.ImageWriteParam;
import javax.imageio.ImageWriter;
import javax.imageio.metadata.IIOMetadata;
import javax.imageio.metadata.IIOMetadataNode;
import javax.imageio.stream.MemoryCacheImageOutputStream;
import org.junit.jupiter.api.Test;

/** JPEG files of which a part is gone. */
class JpegDamageTest {
    private final ImageDecoder decoder = new ImageDecoder(1_000_000);

    @Test
    void aLostRestartMarkerIsDamage() throws IOException {
        byte[] jpeg = written(3, false);
        List<Integer> restarts = new ArrayList<>();
        for (int i = scan(jpeg); i + 1 < jpeg.length; i++) {
            if (jpeg[i] == -1 && (jpeg[i + 1] & 0xff) >= 0xd0 && (jpeg[i + 1] & 0xff) <= 0xd7) {
                restarts.add(i);
            }
        }
        assertTrue(restarts.size() > 8, "it has restart markers");
        decoder.decode(jpeg);
        for (int at : restarts) {
            assertRefused(without(jpeg, at, 2), "damaged");
        }
        assertRefused(without(jpeg, restarts.get(2), restarts.get(3) - restarts.get(2)), "damaged");
        assertRefused(without(jpeg, restarts.get(1) + 2, restarts.get(2) - restarts.get(1) - 2), "damaged");
    }

    /** Losses within one block can leave as many blocks as before, and no decoder could tell. */
    @Test
    void bytesLostInTheMiddleOfAScanAreSeldomMissed() throws IOException {
        for (boolean progressive : new boolean[] {false, true}) {
            byte[] jpeg = written(0, progressive);
            byte[] whole = decoder.decode(jpeg).rgb();
            SplittableRandom random = new SplittableRandom(3);
            int from = scan(jpeg);
            int missed = 0;
            for (int i = 0; i < 100; i++) {
                int n = 256 + random.nextInt(256);
                byte[] damaged = without(jpeg, from + 20 + random.nextInt(jpeg.length - from - n - 40), n);
                try {
                    missed += Arrays.equals(whole, decoder.decode(damaged).rgb()) ? 0 : 1;
                } catch (InvalidImageException e) {
                    assertTrue(e.getMessage().matches("(damaged|truncated).*"), e.getMessage());
                }
            }
            assertTrue(missed <= 12, missed + " of 100, progressive " + progressive);
        }
    }

    @Test
    void aProgressiveFileWithoutItsLastScansIsTruncated() throws IOException {
        byte[] jpeg = written(0, true);
        decoder.decode(jpeg);
        List<Integer> scans = new ArrayList<>();
        for (int i = 2; i + 1 < jpeg.length; i++) {
            if (jpeg[i] == -1 && jpeg[i + 1] == (byte) 0xda) {
                scans.add(i);
            }
        }
        assertTrue(scans.size() > 3, scans.size() + " scans");
        for (int k = 1; k < scans.size(); k++) {
            byte[] cut = Arrays.copyOf(jpeg, scans.get(k) + 2);
            cut[scans.get(k) + 1] = (byte) 0xd9;
            assertRefused(cut, "lacks scans");
        }
    }

    @Test
    void missingEndMarkersAndWrongCodesAreRefused() throws IOException {
        byte[] jpeg = written(0, false);
        assertRefused(Arrays.copyOf(jpeg, jpeg.length - 2), "truncated");
        byte[] cut = Arrays.copyOf(jpeg, jpeg.length - 30);
        cut[cut.length - 2] = -1;
        cut[cut.length - 1] = (byte) 0xd9;
        assertRefused(cut, "remature end");
    }

    @Test
    void bytesThatNoPixelNeedsAreNotDamage() throws IOException {
        byte[] jpeg = written(0, false);
        byte[] pixels = decoder.decode(jpeg).rgb();
        int quantisation = 2;
        byte[] gap = with(jpeg, segmentAfter(jpeg, quantisation), new byte[] {1, 2, 3, 4, 5});
        assertArrayEquals(pixels, decoder.decode(gap).rgb(), "between segments before the scan");
        byte[] trailer = with(jpeg, jpeg.length, jpeg);
        assertArrayEquals(pixels, decoder.decode(trailer).rgb(), "a second picture behind the first");
        byte[] padded = with(jpeg, jpeg.length - 2, new byte[4]);
        assertArrayEquals(pixels, decoder.decode(padded).rgb(), "zeros before the end marker");
        assertRefused(
                with(jpeg, jpeg.length - 2, new byte[] {17, 4, 66, 9, 31, 7}), "6 bytes of a scan belong to no block");
    }

    private void assertRefused(byte[] file, String reason) {
        String message = assertThrows(InvalidImageException.class, () -> decoder.decode(file))
                .getMessage();
        assertTrue(message.contains(reason), message);
    }

    private static byte[] without(byte[] bytes, int at, int n) {
        byte[] out = Arrays.copyOf(bytes, bytes.length - n);
        System.arraycopy(bytes, at + n, out, at, out.length - at);
        return out;
    }

    private static byte[] with(byte[] bytes, int at, byte[] more) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        out.write(bytes, 0, at);
        out.writeBytes(more);
        out.write(bytes, at, bytes.length - at);
        return out.toByteArray();
    }

    /** Where the segment at a place ends. */
    private static int segmentAfter(byte[] jpeg, int at) {
        assertEquals(-1, jpeg[at]);
        return at + 2 + ((jpeg[at + 2] & 0xff) << 8 | jpeg[at + 3] & 0xff);
    }

    private static int scan(byte[] jpeg) {
        for (int at = 2; ; at = segmentAfter(jpeg, at)) {
            if (jpeg[at + 1] == (byte) 0xda) {
                return segmentAfter(jpeg, at);
            }
        }
    }

    /** @param interval of restart markers; 0 for none */
    private static byte[] written(int interval, boolean progressive) throws IOException {
        RgbImage smooth = ImageDecoderTest.smooth(160, 120);
        RgbImage noise = ResizerTest.noise(160, 120);
        byte[] rgb = smooth.rgb().clone();
        for (int i = 0; i < rgb.length; i++) {
            rgb[i] = (byte) ((3 * (rgb[i] & 0xff) + (noise.rgb()[i] & 0xff)) / 4);
        }
        BufferedImage image = BufferedImages.of(new RgbImage(160, 120, rgb));
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        ImageWriter writer = ImageIO.getImageWritersByFormatName("jpeg").next();
        try (MemoryCacheImageOutputStream out = new MemoryCacheImageOutputStream(bytes)) {
            writer.setOutput(out);
            ImageWriteParam param = writer.getDefaultWriteParam();
            if (progressive) {
                param.setProgressiveMode(ImageWriteParam.MODE_DEFAULT);
            }
            IIOMetadata metadata = writer.getDefaultImageMetadata(new ImageTypeSpecifier(image), param);
            if (interval > 0) {
                IIOMetadataNode root = (IIOMetadataNode) metadata.getAsTree("javax_imageio_jpeg_image_1.0");
                IIOMetadataNode dri = new IIOMetadataNode("dri");
                dri.setAttribute("interval", Integer.toString(interval));
                root.getElementsByTagName("markerSequence").item(0).appendChild(dri);
                metadata.setFromTree("javax_imageio_jpeg_image_1.0", root);
            }
            writer.write(null, new IIOImage(image, null, metadata), param);
        } finally {
            writer.dispose();
        }
        return bytes.toByteArray();
    }
}
