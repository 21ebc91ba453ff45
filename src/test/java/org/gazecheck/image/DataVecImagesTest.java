package org.gazecheck.image;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.Arrays;
import java.util.SplittableRandom;
import javax.imageio.ImageIO;
import org.datavec.image.loader.NativeImageLoader;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Pixels of frames, against DataVec's own loader: equal. */
class DataVecImagesTest {
    private static final long LIMIT = 1 << 22;

    @ParameterizedTest
    @CsvSource({
        "97, 71, 5, png, 32",
        "71, 97, 5, jpg, 32",
        "20, 31, 5, bmp, 48",
        "64, 64, 5, png, 64",
        "40, 33, 10, png, 28",
        "40, 33, 10, jpg, 28",
        "50, 41, 6, png, 32"
    })
    void framesAreThoseOfDataVec(int width, int height, int type, String format, int side) throws IOException {
        byte[] file = file(width, height, type, format);
        for (int channels : new int[] {1, 3}) {
            assertArrayEquals(ofDataVec(file, side, channels), ofOurs(file, side, channels));
        }
    }

    /** OpenCV turns an image upright by its EXIF orientation; 6 is a quarter turn. */
    @Test
    void soAreThoseOfTurnedPhotographs() throws IOException {
        byte[] jpeg = file(60, 35, BufferedImage.TYPE_3BYTE_BGR, "jpg");
        byte[] exif = {
            (byte) 0xff,
            (byte) 0xe1,
            0,
            34,
            'E',
            'x',
            'i',
            'f',
            0,
            0,
            'M',
            'M',
            0,
            42,
            0,
            0,
            0,
            8,
            0,
            1,
            1,
            0x12,
            0,
            3,
            0,
            0,
            0,
            1,
            0,
            6,
            0,
            0,
            0,
            0,
            0,
            0
        };
        byte[] turned = new byte[jpeg.length + exif.length];
        System.arraycopy(jpeg, 0, turned, 0, 2);
        System.arraycopy(exif, 0, turned, 2, exif.length);
        System.arraycopy(jpeg, 2, turned, 2 + exif.length, jpeg.length - 2);
        assertTrue(!Arrays.equals(ofOurs(jpeg, 24, 3), ofOurs(turned, 24, 3)));
        assertArrayEquals(ofDataVec(turned, 24, 3), ofOurs(turned, 24, 3));
    }

    @Test
    void whatOpenCvDoesNotReadAndWhatIsDamagedIsRefused() throws IOException {
        byte[] gif = file(20, 20, BufferedImage.TYPE_3BYTE_BGR, "gif");
        refused(gif, "OpenCV does not read it");
        byte[] jpeg = file(60, 35, BufferedImage.TYPE_3BYTE_BGR, "jpg");
        refused(Arrays.copyOf(jpeg, jpeg.length / 2), "");
        byte[] deep = file(20, 20, BufferedImage.TYPE_USHORT_GRAY, "png");
        refused(deep, "more than 8 bits a channel");
    }

    private static void refused(byte[] file, String told) {
        InvalidImageException e =
                assertThrows(InvalidImageException.class, () -> new DataVecImages(LIMIT, false).frame(file, 24));
        assertTrue(String.valueOf(e.getMessage()).contains(told), e.getMessage());
    }

    /** [side, side, channels], the last of them first. */
    private static int[] ofOurs(byte[] file, int side, int channels) throws IOException {
        byte[] rgb = new DataVecImages(LIMIT, channels == 1).frame(file, side).rgb();
        int[] values = new int[side * side * channels];
        for (int i = 0; i < values.length; i++) {
            values[i] = rgb[i / channels * 3 + (channels == 1 ? 0 : 2 - i % channels)] & 0xff;
        }
        return values;
    }

    private static int[] ofDataVec(byte[] file, int side, int channels) throws IOException {
        float[] planes = new NativeImageLoader(side, side, channels)
                .asMatrix(new ByteArrayInputStream(file))
                .dup('c')
                .data()
                .asFloat();
        int[] values = new int[planes.length];
        for (int i = 0; i < values.length; i++) {
            values[i] = (int) planes[i % channels * side * side + i / channels];
        }
        return values;
    }

    private static byte[] file(int width, int height, int type, String format) throws IOException {
        BufferedImage image = new BufferedImage(width, height, type);
        SplittableRandom random = new SplittableRandom(width);
        for (int y = 0; y < height; y++) {
            for (int x = 0; x < width; x++) {
                image.setRGB(x, y, 0xff000000 | random.nextInt(1 << 24));
            }
        }
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        assertTrue(ImageIO.write(image, format, bytes));
        return bytes.toByteArray();
    }
}
