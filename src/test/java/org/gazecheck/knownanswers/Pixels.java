package org.gazecheck.knownanswers;

import org.gazecheck.image.Resizer;
import org.gazecheck.image.RgbImage;

/** Geometry of images. */
final class Pixels {
    private Pixels() {}

    /** The middle square, resized. */
    static RgbImage square(RgbImage image, int side) {
        int least = Math.min(image.width(), image.height());
        return Resizer.resize(
                image, (image.width() - least) / 2.0, (image.height() - least) / 2.0, least, least, side, side);
    }

    /** A square image seen from farther away: smaller, and reflected beyond its borders. */
    static RgbImage reflected(RgbImage image, int inner, int left, int top) {
        int side = image.width();
        RgbImage small = Resizer.resize(image, inner, inner);
        byte[] rgb = new byte[side * side * 3];
        for (int y = 0, o = 0; y < side; y++) {
            for (int x = 0; x < side; x++, o += 3) {
                int i = (mirror(y - top, inner) * inner + mirror(x - left, inner)) * 3;
                System.arraycopy(small.rgb(), i, rgb, o, 3);
            }
        }
        return new RgbImage(side, side, rgb);
    }

    private static int mirror(int at, int size) {
        int within = Math.floorMod(at, 2 * size);
        return within < size ? within : 2 * size - 1 - within;
    }

    /** Left and right exchanged. */
    static RgbImage mirrored(RgbImage image) {
        byte[] rgb = new byte[image.rgb().length];
        int width = image.width();
        for (int i = 0; i < width * image.height(); i++) {
            int from = i - i % width + width - 1 - i % width;
            System.arraycopy(image.rgb(), 3 * from, rgb, 3 * i, 3);
        }
        return new RgbImage(width, image.height(), rgb);
    }
}
