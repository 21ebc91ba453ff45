package org.gazecheck.audit.quality;

import java.util.SplittableRandom;
import java.util.function.IntPredicate;
import java.util.stream.IntStream;
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
                    rgb[3 * p + c] = Occlusion.rounded(plane[p] + 255 * NOISE * random.nextGaussian());
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
        Gaps gaps = Gaps.of(missing, w, h);
        float[] residual = new float[plane.length];
        gaps.apply(plane, residual);
        gaps.scale(residual, -1);
        float[] product = new float[plane.length];
        float[] direction = residual.clone();
        double size = gaps.dot(residual, residual);
        double enough = SOLVED * SOLVED * plane.length;
        for (int round = 0; round < MOST_ROUNDS && size > enough; round++) {
            gaps.apply(direction, product);
            float step = (float) (size / gaps.dot(direction, product));
            gaps.add(plane, step, direction);
            gaps.add(residual, -step, product);
            double next = gaps.dot(residual, residual);
            gaps.scale(direction, (float) (next / size));
            gaps.add(direction, 1, residual);
            size = next;
        }
    }

    /**
     * The missing pixels of a plane, and the vectors over them: elsewhere values are left alone.
     *
     * @param runs of missing pixels in reading order: begin, end, begin, end ...
     * @param inner likewise, without pixels at the edges of the plane
     * @param edge missing pixels at the edges
     */
    private record Gaps(int w, int h, int[] runs, int[] inner, int[] edge) {
        static Gaps of(boolean[] missing, int w, int h) {
            boolean[] inside = missing.clone();
            IntPredicate atEdge = p -> p < w || p >= (h - 1) * w || p % w == 0 || p % w == w - 1;
            int[] edge = IntStream.range(0, w * h)
                    .filter(p -> missing[p] && atEdge.test(p))
                    .toArray();
            for (int p : edge) {
                inside[p] = false;
            }
            return new Gaps(w, h, runs(missing), runs(inside), edge);
        }

        private static int[] runs(boolean[] of) {
            return IntStream.rangeClosed(0, of.length)
                    .filter(p -> (p > 0 && of[p - 1]) != (p < of.length && of[p]))
                    .toArray();
        }

        /** {@code y_p = sum over neighbours q of weight (x_p - x_q)}: zero where a pixel is its neighbours' mean. */
        void apply(float[] x, float[] y) {
            for (int r = 0; r < inner.length; r += 2) {
                inside(x, y, inner[r], inner[r + 1]);
            }
            for (int p : edge) {
                y[p] = atEdge(x, p / w, p % w);
            }
        }

        private void inside(float[] x, float[] y, int from, int to) {
            for (int p = from; p < to; p++) {
                float beside = x[p - 1] + x[p + 1] + x[p - w] + x[p + w];
                float across = x[p - w - 1] + x[p - w + 1] + x[p + w - 1] + x[p + w + 1];
                y[p] = x[p] - BESIDE * beside - ACROSS * across;
            }
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

        /** {@code to += factor of}. */
        void add(float[] to, float factor, float[] of) {
            for (int r = 0; r < runs.length; r += 2) {
                for (int p = runs[r]; p < runs[r + 1]; p++) {
                    to[p] += factor * of[p];
                }
            }
        }

        void scale(float[] x, float factor) {
            for (int r = 0; r < runs.length; r += 2) {
                for (int p = runs[r]; p < runs[r + 1]; p++) {
                    x[p] *= factor;
                }
            }
        }

        /** In four sums, which a processor adds up side by side. */
        double dot(float[] x, float[] y) {
            double a = 0;
            double b = 0;
            double c = 0;
            double d = 0;
            for (int r = 0; r < runs.length; r += 2) {
                int p = runs[r];
                for (; p + 3 < runs[r + 1]; p += 4) {
                    a += (double) x[p] * y[p];
                    b += (double) x[p + 1] * y[p + 1];
                    c += (double) x[p + 2] * y[p + 2];
                    d += (double) x[p + 3] * y[p + 3];
                }
                for (; p < runs[r + 1]; p++) {
                    a += (double) x[p] * y[p];
                }
            }
            return a + b + (c + d);
        }
    }
}
