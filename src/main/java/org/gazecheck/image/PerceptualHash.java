package org.gazecheck.image;

import java.util.Arrays;

/**
 * What an image looks like in 64 bits (pHash, Zauner 2010): squeezed to 32x32, luma, the 8x8 lowest frequencies of
 * its cosine transform, each above their median or not. Re-encoding, resizing and small changes of light leave almost
 * all bits; unrelated images differ in about half of them.
 */
public final class PerceptualHash {
    private static final int SIDE = 32;
    private static final int LOW = 8;
    private static final double[][] COSINES = cosines();

    private PerceptualHash() {}

    private static double[][] cosines() {
        double[][] cosines = new double[LOW][SIDE];
        for (int u = 0; u < LOW; u++) {
            for (int x = 0; x < SIDE; x++) {
                cosines[u][x] = Math.cos(Math.PI * u * (2 * x + 1) / (2.0 * SIDE));
            }
        }
        return cosines;
    }

    /** The bits by rising vertical, within it rising horizontal frequency, the highest bit first. */
    public static long of(RgbImage image) {
        RgbImage small = Resizer.resize(image, SIDE, SIDE);
        double[][] rows = new double[SIDE][LOW];
        for (int y = 0; y < SIDE; y++) {
            for (int x = 0; x < SIDE; x++) {
                int luma = ColourJitter.grey(small.rgb(), 3 * (y * SIDE + x));
                for (int u = 0; u < LOW; u++) {
                    rows[y][u] += luma * COSINES[u][x];
                }
            }
        }
        double[] low = new double[LOW * LOW];
        for (int v = 0; v < LOW; v++) {
            for (int u = 0; u < LOW; u++) {
                for (int y = 0; y < SIDE; y++) {
                    low[v * LOW + u] += rows[y][u] * COSINES[v][y];
                }
            }
        }
        double[] sorted = low.clone();
        Arrays.sort(sorted);
        double median = (sorted[low.length / 2 - 1] + sorted[low.length / 2]) / 2;
        long hash = 0;
        for (double value : low) {
            hash = hash << 1 | (value > median ? 1 : 0);
        }
        return hash;
    }

    /** In how many of the 64 bits two hashes differ. */
    public static int distance(long a, long b) {
        return Long.bitCount(a ^ b);
    }
}
