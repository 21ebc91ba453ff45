package org.gazecheck.report;

import org.gazecheck.image.Jpeg;
import org.gazecheck.image.Resizer;
import org.gazecheck.image.RgbImage;

/** Images as the report shows them: JPEG, scaled down. Nothing is measured on them. */
final class Thumbnail {
    private static final float QUALITY = 0.85f;

    private Thumbnail() {}

    /**
     * @param longest side of the result in pixels; smaller images keep their size
     */
    static byte[] jpeg(RgbImage image, int longest) {
        double scale = (double) longest / Math.max(image.width(), image.height());
        if (scale >= 1) {
            return Jpeg.encode(image, QUALITY);
        }
        int width = Math.max(1, (int) Math.round(scale * image.width()));
        int height = Math.max(1, (int) Math.round(scale * image.height()));
        return Jpeg.encode(Resizer.resize(image, width, height), QUALITY);
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
