package org.gazecheck.image;

import java.util.Arrays;

/**
 * How fast light falls off towards the corners, as behind a vignetting lens: the median slope of log luma along rays from the
 * centre, over the outer part of the image. What is in an image rises along a ray as often as it falls, and a median does not see its
 * edges; vignetting makes all slopes negative (Zheng et al. 2008).
 */
public final class Falloff {
    private static final int SHORT_SIDE = 128;
    private static final double FROM = 0.6;
    private static final int DARKEST = 16;
    private static final int LIGHTEST = 250;
    private static final int FEWEST = 200;

    /** Added to luma, so that dark parts do not weigh more than their noise allows. */
    private static final double FLOOR = 8;

    private Falloff() {}

    /**
     * @return median of {@code -d(log luma) / d(log r) / (2 r^2)}, with r = 1 at the corners: of {@code 1 - s r^2} that is
     *     {@code s / (1 - s r^2)}, a little more than s; NaN where nearly all is black or white
     */
    public static double of(RgbImage original) {
        double scale = (double) SHORT_SIDE / Math.min(original.width(), original.height());
        int w = (int) Math.round(original.width() * scale);
        int h = (int) Math.round(original.height() * scale);
        Luma luma = Luma.of(Resizer.resize(original, w, h));
        double[] slopes = new double[w * h];
        int n = 0;
        for (int y = 1; y < h - 1; y++) {
            for (int x = 1; x < w - 1; x++) {
                int i = y * w + x;
                double dx = (2.0 * x + 1) / w - 1;
                double dy = (2.0 * y + 1) / h - 1;
                double squared = (dx * dx + dy * dy) / 2;
                int v = luma.values()[i];
                if (squared >= FROM * FROM && v >= DARKEST && v <= LIGHTEST) {
                    double alongX = (log(luma, i + 1) - log(luma, i - 1)) * w / 4;
                    double alongY = (log(luma, i + w) - log(luma, i - w)) * h / 4;
                    slopes[n++] = -(alongX * dx + alongY * dy) / (2 * squared);
                }
            }
        }
        Arrays.sort(slopes, 0, n);
        return n < FEWEST ? Double.NaN : slopes[n / 2];
    }

    private static double log(Luma luma, int i) {
        return Math.log(luma.values()[i] + FLOOR);
    }
}
