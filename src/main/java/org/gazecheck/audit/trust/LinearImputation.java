package org.gazecheck.audit.trust;

import java.util.SplittableRandom;
import org.gazecheck.image.RgbImage;

/**
 * Noisy linear imputation (Rong et al. 2022, section 4.2): each removed pixel is the weighted mean of its eight
 * neighbours, 1/6 for those beside it and 1/12 for those across corners, removed ones included, plus a little noise, so
 * that the shape of what was removed does not show. The sparse system is solved by conjugate gradients, starting from the
 * same problem at half the size.
 */
final class LinearImputation {
    /** Standard deviation of the noise, as a share of the range of a pixel's values. */
    static final double NOISE = 0.01;

    private static final float BESIDE = 1 / 6f;
    private static final float ACROSS = 1 / 12f;
    /** Root mean square of what is left of the equations, in units of a pixel's value. */
    private static final double SOLVED = 5e-4;

    private static final int MOST_ROUNDS = 2000;
    private static final int SMALLEST = 8;

    private LinearImputation() {}

    /**
     * @param order pixels, of which the first {@code count} are removed; not all may be
     * @param random of the noise
     */
    static RgbImage impute(RgbImage image, int[] order, int count, SplittableRandom random) {
        if (count >= order.length) {
            throw new IllegalArgumentException("no pixel of " + order.length + " is left to impute from");
        }
        int w = image.width();
        int h = image.height();
        boolean[] removed = new boolean[w * h];
        for (int i = 0; i < count; i++) {
            removed[order[i]] = true;
        }
        byte[] rgb = image.rgb().clone();
        float[] plane = new float[w * h];
        for (int c = 0; c < 3; c++) {
            for (int p = 0; p < plane.length; p++) {
                plane[p] = removed[p] ? 0 : image.rgb()[3 * p + c] & 0xff;
            }
            fill(plane, removed, w, h);
            for (int p = 0; p < plane.length; p++) {
                if (removed[p]) {
                    rgb[3 * p + c] = Exposure.rounded(plane[p] + 255 * NOISE * random.nextGaussian());
                }
            }
        }
        return new RgbImage(w, h, rgb);
    }

    /**
     * Solves the system for one channel.
     *
     * @param plane [h w]; receives values where they are missing, and has a first guess there
     */
    static void fill(float[] plane, boolean[] missing, int w, int h) {
        if (w >= SMALLEST && h >= SMALLEST) {
            guess(plane, missing, w, h);
        }
        conjugateGradients(plane, missing, w, h);
    }

    /** From the solution at half the size, where a pixel is the mean of the known ones among four. */
    private static void guess(float[] plane, boolean[] missing, int w, int h) {
        int halfW = (w + 1) / 2;
        int halfH = (h + 1) / 2;
        float[] half = new float[halfW * halfH];
        int[] known = new int[half.length];
        for (int p = 0; p < plane.length; p++) {
            if (!missing[p]) {
                int q = p / w / 2 * halfW + p % w / 2;
                half[q] += plane[p];
                known[q]++;
            }
        }
        boolean[] gaps = new boolean[half.length];
        for (int q = 0; q < half.length; q++) {
            gaps[q] = known[q] == 0;
            half[q] /= Math.max(1, known[q]);
        }
        fill(half, gaps, halfW, halfH);
        for (int p = 0; p < plane.length; p++) {
            plane[p] = missing[p] ? between(half, halfW, halfH, (p % w - 0.5f) / 2, (p / w - 0.5f) / 2) : plane[p];
        }
    }

    private static float between(float[] half, int w, int h, float x, float y) {
        int x0 = Math.max(0, Math.min(w - 1, (int) Math.floor(x)));
        int y0 = Math.max(0, Math.min(h - 1, (int) Math.floor(y)));
        int x1 = Math.min(w - 1, x0 + 1);
        int y1 = Math.min(h - 1, y0 + 1);
        float tx = Math.max(0, Math.min(1, x - x0));
        float ty = Math.max(0, Math.min(1, y - y0));
        float top = half[y0 * w + x0] * (1 - tx) + half[y0 * w + x1] * tx;
        float bottom = half[y1 * w + x0] * (1 - tx) + half[y1 * w + x1] * tx;
        return top * (1 - ty) + bottom * ty;
    }

    private static void conjugateGradients(float[] plane, boolean[] missing, int w, int h) {
        Neighbours neighbours = new Neighbours(w, h);
        int n = plane.length;
        float[] product = new float[n];
        neighbours.apply(plane, product);
        float[] residual = new float[n];
        double size = 0;
        for (int p = 0; p < n; p++) {
            residual[p] = missing[p] ? -product[p] : 0;
            size += (double) residual[p] * residual[p];
        }
        float[] direction = residual.clone();
        double enough = SOLVED * SOLVED * n;
        for (int round = 0; round < MOST_ROUNDS && size > enough; round++) {
            neighbours.apply(direction, product);
            double curvature = 0;
            for (int p = 0; p < n; p++) {
                product[p] = missing[p] ? product[p] : 0;
                curvature += (double) direction[p] * product[p];
            }
            float step = (float) (size / curvature);
            double next = 0;
            for (int p = 0; p < n; p++) {
                plane[p] += step * direction[p];
                residual[p] -= step * product[p];
                next += (double) residual[p] * residual[p];
            }
            float ratio = (float) (next / size);
            for (int p = 0; p < n; p++) {
                direction[p] = residual[p] + ratio * direction[p];
            }
            size = next;
        }
    }

    /** {@code y_p = sum over neighbours q of weight (x_p - x_q)}: zero where a pixel is its neighbours' mean. */
    private record Neighbours(int w, int h) {
        void apply(float[] x, float[] y) {
            for (int row = 0; row < h; row++) {
                for (int column = 0; column < w; column++) {
                    boolean inner = row > 0 && row < h - 1 && column > 0 && column < w - 1;
                    int p = row * w + column;
                    y[p] = inner ? inside(x, p) : atEdge(x, row, column);
                }
            }
        }

        private float inside(float[] x, int p) {
            float beside = x[p - 1] + x[p + 1] + x[p - w] + x[p + w];
            float across = x[p - w - 1] + x[p - w + 1] + x[p + w - 1] + x[p + w + 1];
            return x[p] - BESIDE * beside - ACROSS * across;
        }

        private float atEdge(float[] x, int row, int column) {
            float value = 0;
            for (int dy = -1; dy <= 1; dy++) {
                for (int dx = -1; dx <= 1; dx++) {
                    int y = row + dy;
                    int z = column + dx;
                    if ((dx != 0 || dy != 0) && y >= 0 && y < h && z >= 0 && z < w) {
                        float weight = dx == 0 || dy == 0 ? BESIDE : ACROSS;
                        value += weight * (x[row * w + column] - x[y * w + z]);
                    }
                }
            }
            return value;
        }
    }
}
