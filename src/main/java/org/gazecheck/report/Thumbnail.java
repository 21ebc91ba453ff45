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
}
