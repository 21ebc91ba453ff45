package org.gazecheck.knownanswers;

import java.io.IOException;
import java.nio.file.Path;
import org.gazecheck.image.ImageDecoder;
import org.gazecheck.image.Resizer;
import org.gazecheck.image.RgbImage;

/**
 * A thing without what was around it.
 *
 * @param colour its bounding box
 * @param alpha the same size, how much of each pixel is the thing, 0..255 in all three channels
 */
record CutOut(RgbImage colour, RgbImage alpha) {
    private static final ImageDecoder DECODER = new ImageDecoder(10_000_000);
    private static final int HALF = 128;

    static CutOut read(Path photograph, Path mask) throws IOException {
        RgbImage image = DECODER.decode(photograph);
        RgbImage alpha = DECODER.decode(mask);
        int width = image.width();
        int left = width;
        int right = 0;
        int top = image.height();
        int bottom = 0;
        for (int i = 0; i < width * image.height(); i++) {
            if ((alpha.rgb()[3 * i] & 0xff) >= HALF) {
                left = Math.min(left, i % width);
                right = Math.max(right, i % width + 1);
                top = Math.min(top, i / width);
                bottom = Math.max(bottom, i / width + 1);
            }
        }
        int w = right - left;
        int h = bottom - top;
        return new CutOut(Resizer.resize(image, left, top, w, h, w, h), Resizer.resize(alpha, left, top, w, h, w, h));
    }

    /** With a longer side of so many pixels. */
    CutOut scaled(double longer) {
        double factor = longer / Math.max(colour.width(), colour.height());
        int w = Math.max(1, (int) Math.round(colour.width() * factor));
        int h = Math.max(1, (int) Math.round(colour.height() * factor));
        return new CutOut(Resizer.resize(colour, w, h), Resizer.resize(alpha, w, h));
    }

    int width() {
        return colour.width();
    }

    int height() {
        return colour.height();
    }

    /**
     * Puts it onto an image, in place.
     *
     * @param covered [height, width] of the image, in place: true where this now is
     */
    void onto(RgbImage image, int left, int top, boolean[] covered) {
        for (int y = Math.max(0, -top); y < Math.min(height(), image.height() - top); y++) {
            for (int x = Math.max(0, -left); x < Math.min(width(), image.width() - left); x++) {
                int i = y * width() + x;
                // The rim holds some of what was around the thing.
                int a = Math.max(0, 2 * (alpha.rgb()[3 * i] & 0xff) - 255);
                int o = (y + top) * image.width() + x + left;
                for (int c = 0; c < 3; c++) {
                    int behind = image.rgb()[3 * o + c] & 0xff;
                    int front = colour.rgb()[3 * i + c] & 0xff;
                    image.rgb()[3 * o + c] = (byte) ((a * front + (255 - a) * behind + 127) / 255);
                }
                if (a >= HALF) {
                    covered[o] = true;
                }
            }
        }
    }
}
