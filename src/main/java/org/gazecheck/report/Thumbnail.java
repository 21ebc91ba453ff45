package org.gazecheck.report;

import org.gazecheck.image.Jpeg;
import org.gazecheck.image.Resizer;
import org.gazecheck.image.RgbImage;

/** Photographs as the report keeps them: JPEG, scaled down to a longest side. For the eye only: nothing is measured on them. */
final class Thumbnail {
    private static final float QUALITY = 0.85f;

    private Thumbnail() {}

    /**
     * @param longest side of the result in pixels; smaller photographs keep their size
     */
    static byte[] jpeg(RgbImage photograph, int longest) {
        double scale = (double) longest / Math.max(photograph.width(), photograph.height());
        if (scale >= 1) {
            return Jpeg.encode(photograph, QUALITY);
        }
        int width = Math.max(1, (int) Math.round(scale * photograph.width()));
        int height = Math.max(1, (int) Math.round(scale * photograph.height()));
        return Jpeg.encode(Resizer.resize(photograph, width, height), QUALITY);
    }
}
