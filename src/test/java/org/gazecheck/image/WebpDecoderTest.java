package org.gazecheck.image;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayOutputStream;
import java.util.Arrays;
import java.util.Set;
import org.junit.jupiter.api.Test;

class WebpDecoderTest {
    private final ImageDecoder decoder = new ImageDecoder(1_000_000);
    private final RgbImage image = ImageDecoderTest.smooth(60, 40);

    @Test
    void losslessFilesGiveEveryPixelAndLossyOnesNearlyThat() throws InvalidImageException {
        assertArrayEquals(
                image.rgb(),
                decoder.decode(WebpFiles.of(image, WebpFiles.LOSSLESS)).rgb());
        ImageDecoderTest.assertClose(image, decoder.decode(WebpFiles.of(image, 95)), 12);
    }

    @Test
    void profileAndOrientationCountAsInJpeg() throws InvalidImageException {
        byte[] picture = WebpFiles.picture(WebpFiles.of(image, WebpFiles.LOSSLESS));
        byte[] icc = IccProfiles.rgb(IccProfiles.ADOBE, 2.2);
        byte[] exif = {'M', 'M', 0, 42, 0, 0, 0, 8, 0, 1, 1, 0x12, 0, 3, 0, 0, 0, 1, 0, 6, 0, 0, 0, 0, 0, 0};
        DecodedImage read = decoder.read(
                WebpFiles.extended(60, 40, WebpFiles.chunk("ICCP", icc), picture, WebpFiles.chunk("EXIF", exif)));
        assertEquals(40, read.image().width());
        assertEquals(Set.of(DecodingNote.PROFILE, DecodingNote.TURNED), read.notes());
        byte[] expected = ColourProfile.of(icc, 3).orElseThrow().convert(image.rgb());
        assertArrayEquals(
                Orientation.upright(new RgbImage(60, 40, expected), 6).rgb(),
                read.image().rgb());
    }

    @Test
    void ofAMovingFileTheFirstPictureIsTakenWhereItLies() throws InvalidImageException {
        byte[] picture = WebpFiles.picture(WebpFiles.of(image, WebpFiles.LOSSLESS));
        ByteArrayOutputStream frame = new ByteArrayOutputStream();
        frame.writeBytes(new byte[] {2, 0, 0, 3, 0, 0, 59, 0, 0, 39, 0, 0, 100, 0, 0, 0});
        frame.writeBytes(picture);
        byte[] part = WebpFiles.chunk("ANMF", frame.toByteArray());
        DecodedImage read = decoder.read(
                WebpFiles.extended(80, 50, WebpFiles.chunk("ANIM", new byte[] {9, 9, 9, -1, 0, 0}), part, part));
        assertEquals(Set.of(DecodingNote.FIRST_FRAME, DecodingNote.CANVAS), read.notes());
        RgbImage seen = read.image();
        assertEquals(80, seen.width());
        assertEquals(50, seen.height());
        assertArrayEquals(new byte[3], Arrays.copyOf(seen.rgb(), 3));
        for (int y = 0; y < 40; y++) {
            int at = ((y + 6) * 80 + 4) * 3;
            assertArrayEquals(
                    Arrays.copyOfRange(image.rgb(), y * 180, y * 180 + 180),
                    Arrays.copyOfRange(seen.rgb(), at, at + 180));
        }
    }

    @Test
    void transparentPixelsHaveTheirStoredColours() throws InvalidImageException {
        byte[] bgra = new byte[16 * 16 * 4];
        for (int i = 0; i < bgra.length; i += 4) {
            bgra[i + 2] = (byte) 200;
            bgra[i + 3] = (byte) (i % 8 == 0 ? 255 : 40);
        }
        DecodedImage read = decoder.read(WebpFiles.encoded(16, 16, bgra, 4, WebpFiles.LOSSLESS));
        assertEquals(Set.of(DecodingNote.TRANSPARENT), read.notes());
        for (int i = 0; i < read.image().rgb().length; i += 3) {
            assertEquals(200, read.image().rgb()[i] & 0xff);
        }
    }

    @Test
    void filesThatAreCutOffOrLieAboutTheirSizeAreRefused() {
        for (byte[] whole : new byte[][] {WebpFiles.of(image, 80), WebpFiles.of(image, WebpFiles.LOSSLESS)}) {
            for (int length = 12; length < whole.length; length += 5) {
                byte[] cut = Arrays.copyOf(whole, length);
                assertThrows(InvalidImageException.class, () -> decoder.decode(cut));
            }
        }
        byte[] picture = WebpFiles.picture(WebpFiles.of(image, 80));
        String message = assertThrows(
                        InvalidImageException.class, () -> decoder.decode(WebpFiles.extended(61, 40, picture)))
                .getMessage();
        assertTrue(message.startsWith("damaged"), message);
        assertTrue(
                assertThrows(InvalidImageException.class, () -> new ImageDecoder(2000).decode(WebpFiles.of(image, 80)))
                        .getMessage()
                        .startsWith("60x40 pixels are more than the 2000"));
    }
}
