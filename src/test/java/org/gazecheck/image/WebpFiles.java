package org.gazecheck.image;

import static org.bytedeco.opencv.global.opencv_core.CV_8UC;
import static org.bytedeco.opencv.global.opencv_imgcodecs.IMWRITE_WEBP_QUALITY;
import static org.bytedeco.opencv.global.opencv_imgcodecs.imencode;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.bytedeco.javacpp.BytePointer;
import org.bytedeco.javacpp.IntPointer;
import org.bytedeco.opencv.opencv_core.Mat;

/** WebP files, written by libwebp, and their parts. */
public final class WebpFiles {
    /** The quality that means lossless. */
    public static final int LOSSLESS = 101;

    private WebpFiles() {}

    /** @param quality 1..100, or {@link #LOSSLESS} */
    public static byte[] of(RgbImage image, int quality) {
        byte[] bgr = new byte[image.rgb().length];
        for (int i = 0; i < bgr.length; i += 3) {
            bgr[i] = image.rgb()[i + 2];
            bgr[i + 1] = image.rgb()[i + 1];
            bgr[i + 2] = image.rgb()[i];
        }
        return encoded(image.width(), image.height(), bgr, 3, quality);
    }

    /** @param bgra [height, width, 4] */
    static byte[] encoded(int width, int height, byte[] pixels, int channels, int quality) {
        try (BytePointer bytes = new BytePointer(pixels);
                Mat mat = new Mat(height, width, CV_8UC(channels), bytes);
                IntPointer settings = new IntPointer(IMWRITE_WEBP_QUALITY, quality);
                BytePointer out = new BytePointer()) {
            if (!imencode(".webp", mat, out, settings)) {
                throw new IllegalStateException("this OpenCV writes no WebP");
            }
            byte[] file = new byte[(int) out.limit()];
            out.get(file);
            return file;
        }
    }

    /** The chunks that hold a simple file's picture. */
    static byte[] picture(byte[] file) {
        return Arrays.copyOfRange(file, 12, file.length);
    }

    static byte[] chunk(String kind, byte[] content) {
        ByteBuffer out =
                ByteBuffer.allocate(8 + content.length + (content.length & 1)).order(ByteOrder.LITTLE_ENDIAN);
        return out.put(kind.getBytes(StandardCharsets.ISO_8859_1))
                .putInt(content.length)
                .put(content)
                .array();
    }

    /** A file with a header for so large a canvas. */
    static byte[] extended(int width, int height, byte[]... chunks) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        out.writeBytes("WEBP".getBytes(StandardCharsets.ISO_8859_1));
        out.writeBytes(chunk("VP8X", new byte[] {
            0x3e,
            0,
            0,
            0,
            (byte) (width - 1),
            (byte) (width - 1 >> 8),
            0,
            (byte) (height - 1),
            (byte) (height - 1 >> 8),
            0
        }));
        for (byte[] chunk : chunks) {
            out.writeBytes(chunk);
        }
        return chunk("RIFF", out.toByteArray());
    }
}
