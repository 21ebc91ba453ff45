package org.gazecheck.report;

import org.gazecheck.image.ImageDecoder;
import org.gazecheck.image.InvalidImageException;
import org.gazecheck.image.Jpeg;
import org.gazecheck.image.Resizer;
import org.gazecheck.image.RgbImage;

/** Images as the report shows them: JPEG, scaled down. Nothing is measured on them. */
final class Thumbnail {
    /** Longest side of small ones, in pixels: as wide as a card of the gallery at its usual size. */
    static final int SMALL = 128;

    private static final float QUALITY = 0.85f;
    private static final float SMALL_QUALITY = 0.75f;
    private static final ImageDecoder DECODER = new ImageDecoder(100_000_000);

    private Thumbnail() {}

    /**
     * @param longest side of the result in pixels; smaller images keep their size
     */
    static byte[] jpeg(RgbImage image, int longest) {
        return jpeg(image, longest, QUALITY);
    }

    /** Of a thumbnail, for where many are seen at once: some 3 KB. One that is small already stays as it is. */
    static byte[] small(byte[] thumbnail) throws InvalidImageException {
        RgbImage image = DECODER.decode(thumbnail);
        return Math.max(image.width(), image.height()) <= SMALL ? thumbnail : jpeg(image, SMALL, SMALL_QUALITY);
    }

    private static byte[] jpeg(RgbImage image, int longest, float quality) {
        double scale = (double) longest / Math.max(image.width(), image.height());
        if (scale >= 1) {
            return Jpeg.encode(image, quality);
        }
        int width = Math.max(1, (int) Math.round(scale * image.width()));
        int height = Math.max(1, (int) Math.round(scale * image.height()));
        return Jpeg.encode(Resizer.resize(image, width, height), quality);
    }

    /** Whether a file begins and ends as a JPEG does: one that was cut off is none. */
    static boolean isWhole(byte[] jpeg) {
        int n = jpeg.length;
        return n > 4
                && (jpeg[0] & 0xff) == 0xff
                && (jpeg[1] & 0xff) == 0xd8
                && (jpeg[n - 2] & 0xff) == 0xff
                && (jpeg[n - 1] & 0xff) == 0xd9;
    }
}
