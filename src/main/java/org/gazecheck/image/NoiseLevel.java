package org.gazecheck.image;

import java.util.Arrays;

/**
 * Standard deviation of noise by Immerkær's mask (1996), which leaves constant and linear parts out, in blocks of 16x16 pixels; of
 * these the smoothest tenth counts, so that texture is not taken for noise. Blocks that are black or white are left out: nothing
 * can vary there.
 */
public final class NoiseLevel {
    private static final int BLOCK = 16;
    private static final int DARKEST = 8;
    private static final int LIGHTEST = 247;

    private NoiseLevel() {}

    /** @return in steps of 8-bit luma, from 0; NaN where there is no block to tell from */
    public static double of(RgbImage image) {
        Luma luma = Luma.of(image);
        double[] levels = new double[(luma.width() / BLOCK) * (luma.height() / BLOCK)];
        int n = 0;
        for (int y = 0; y + BLOCK <= luma.height(); y += BLOCK) {
            for (int x = 0; x + BLOCK <= luma.width(); x += BLOCK) {
                double level = level(luma, x, y);
                if (!Double.isNaN(level)) {
                    levels[n++] = level;
                }
            }
        }
        Arrays.sort(levels, 0, n);
        return n == 0 ? Double.NaN : levels[n / 10];
    }

    /** {@code sqrt(pi / 2) / 6} times the mean of |mask|, inside a block; NaN where it is black or white. */
    private static double level(Luma luma, int left, int top) {
        int[] v = luma.values();
        int w = luma.width();
        long sum = 0;
        long light = 0;
        for (int y = top + 1; y < top + BLOCK - 1; y++) {
            for (int i = y * w + left + 1; i < y * w + left + BLOCK - 1; i++) {
                sum += Math.abs(v[i - w - 1]
                        + v[i - w + 1]
                        + v[i + w - 1]
                        + v[i + w + 1]
                        - 2 * (v[i - w] + v[i + w] + v[i - 1] + v[i + 1])
                        + 4 * v[i]);
                light += v[i];
            }
        }
        double n = (BLOCK - 2) * (BLOCK - 2);
        double mean = light / n;
        return mean < DARKEST || mean > LIGHTEST ? Double.NaN : Math.sqrt(Math.PI / 2) / 6 * sum / n;
    }
}
