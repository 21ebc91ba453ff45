package org.gazecheck.image;

/**
 * How far blocks of 8x8 pixels stand out, as JPEG at low quality leaves them: differences between pixels on either side of the
 * blocks' borders against all other differences of neighbours (Wang, Sheikh and Bovik 2002, the ratio instead of the
 * difference). The grid may begin anywhere, since images are cut.
 */
public final class Blockiness {
    private static final int BLOCK = 8;

    /** Added to both, so that a uniform image has no blocks. */
    private static final double FLOOR = 0.05;

    private Blockiness() {}

    /** @return logarithm of the ratio, mean of both directions: about 0 without blocks */
    public static double of(RgbImage image) {
        Luma luma = Luma.of(image);
        return (alongRows(luma) + alongRows(luma.transposed())) / 2;
    }

    private static double alongRows(Luma luma) {
        double[] sums = new double[BLOCK];
        long[] counts = new long[BLOCK];
        int[] v = luma.values();
        for (int y = 0; y < luma.height(); y++) {
            for (int x = 1, i = y * luma.width() + 1; x < luma.width(); x++, i++) {
                sums[x % BLOCK] += Math.abs(v[i] - v[i - 1]);
                counts[x % BLOCK]++;
            }
        }
        double all = 0;
        long n = 0;
        for (int o = 0; o < BLOCK; o++) {
            all += sums[o];
            n += counts[o];
        }
        double most = 0;
        for (int o = 0; o < BLOCK; o++) {
            if (counts[o] > 0 && counts[o] < n) {
                double border = sums[o] / counts[o];
                double inside = (all - sums[o]) / (n - counts[o]);
                most = Math.max(most, Math.log((border + FLOOR) / (inside + FLOOR)));
            }
        }
        return most;
    }
}
