package org.gazecheck.image;

import java.util.Arrays;

/**
 * Bilinear resizing with antialiasing, bit for bit as PIL's {@code Image.resize(size, BILINEAR, box)} computes it for
 * 8-bit images (Pillow, {@code Resample.c}): a triangle filter as wide as the reduction, coefficients in fixed point
 * with 22 bits, the horizontal pass first, rounded to 8 bits before the vertical one.
 */
public final class Resizer {
    private static final int PRECISION_BITS = 32 - 8 - 2;

    private Resizer() {}

    public static RgbImage resize(RgbImage image, int width, int height) {
        return resize(image, 0, 0, image.width(), image.height(), width, height);
    }

    /**
     * Resizes a part of an image.
     *
     * @param x left edge of the part, in pixels; may be fractional, as may y, w, h
     * @param w width of the part; pixels beside it still weigh in at its edges, as in PIL
     */
    public static RgbImage resize(RgbImage image, double x, double y, double w, double h, int width, int height) {
        if (x < 0 || y < 0 || w <= 0 || h <= 0 || x + w > image.width() || y + h > image.height()) {
            throw new IllegalArgumentException(
                    "box " + x + ", " + y + ", " + w + ", " + h + " in " + image.width() + "x" + image.height());
        }
        Filter horizontal = Filter.of(image.width(), (float) x, (float) (x + w), width);
        Filter vertical = Filter.of(image.height(), (float) y, (float) (y + h), height);
        return new RgbImage(width, height, resize(image.rgb(), 3, 0, image.width(), horizontal, vertical));
    }

    /** Cuts a part out, then resizes it: pixels beside it do not weigh in. */
    static RgbImage cropThenResize(RgbImage image, int x, int y, int w, int h, int width, int height) {
        Filter horizontal = Filter.of(w, 0, w, width);
        Filter vertical = Filter.of(h, 0, h, height);
        int offset = y * image.width() + x;
        return new RgbImage(width, height, resize(image.rgb(), 3, offset, image.width(), horizontal, vertical));
    }

    /** Resizes one channel [h, w]. */
    static byte[] resizeChannel(byte[] channel, int w, int h, int width, int height) {
        return resize(channel, 1, 0, w, Filter.of(w, 0, w, width), Filter.of(h, 0, h, height));
    }

    /**
     * @param in [., stride, channels]
     * @param offset of the part's first pixel, in pixels
     * @return [vertical.size, horizontal.size, channels]
     */
    private static byte[] resize(byte[] in, int channels, int offset, int stride, Filter horizontal, Filter vertical) {
        int width = horizontal.size();
        int first = vertical.first();
        int rows = vertical.last() - first;
        byte[] middle = new byte[rows * width * channels];
        for (int y = 0; y < rows; y++) {
            int row = (offset + (first + y) * stride) * channels;
            if (channels == 3) {
                row3(in, row, horizontal, middle, y * width * 3);
            } else {
                row1(in, row, horizontal, middle, y * width);
            }
        }
        return columns(middle, width * channels, first, vertical);
    }

    private static void row3(byte[] in, int row, Filter filter, byte[] out, int o) {
        for (int x = 0; x < filter.size(); x++, o += 3) {
            int r = 1 << (PRECISION_BITS - 1);
            int g = r;
            int b = r;
            int i = row + filter.start[x] * 3;
            for (int k = x * filter.taps, end = k + filter.count[x]; k < end; k++, i += 3) {
                int weight = filter.weights[k];
                r += (in[i] & 0xff) * weight;
                g += (in[i + 1] & 0xff) * weight;
                b += (in[i + 2] & 0xff) * weight;
            }
            out[o] = clip(r);
            out[o + 1] = clip(g);
            out[o + 2] = clip(b);
        }
    }

    private static void row1(byte[] in, int row, Filter filter, byte[] out, int o) {
        for (int x = 0; x < filter.size(); x++) {
            int sum = 1 << (PRECISION_BITS - 1);
            int i = row + filter.start[x];
            for (int k = x * filter.taps, end = k + filter.count[x]; k < end; k++, i++) {
                sum += (in[i] & 0xff) * filter.weights[k];
            }
            out[o + x] = clip(sum);
        }
    }

    private static byte[] columns(byte[] in, int row, int first, Filter filter) {
        byte[] out = new byte[filter.size() * row];
        int[] sums = new int[row];
        for (int y = 0; y < filter.size(); y++) {
            Arrays.fill(sums, 1 << (PRECISION_BITS - 1));
            int i = (filter.start[y] - first) * row;
            for (int k = y * filter.taps, end = k + filter.count[y]; k < end; k++, i += row) {
                int weight = filter.weights[k];
                for (int x = 0; x < row; x++) {
                    sums[x] += (in[i + x] & 0xff) * weight;
                }
            }
            for (int x = 0, o = y * row; x < row; x++) {
                out[o + x] = clip(sums[x]);
            }
        }
        return out;
    }

    private static byte clip(int sum) {
        int value = sum >> PRECISION_BITS;
        return (byte) (value < 0 ? 0 : Math.min(value, 255));
    }

    /**
     * Which input pixels make each output pixel, and with what weight.
     *
     * @param start [size] first input pixel
     * @param count [size] number of input pixels
     * @param weights [size, taps] in units of 2^-22
     */
    private record Filter(int[] start, int[] count, int taps, int[] weights) {
        static Filter of(int inSize, float in0, float in1, int size) {
            double scale = (double) (in1 - in0) / size;
            double support = Math.max(scale, 1);
            int taps = (int) Math.ceil(support) * 2 + 1;
            int[] start = new int[size];
            int[] count = new int[size];
            int[] weights = new int[size * taps];
            double[] w = new double[taps];
            for (int x = 0; x < size; x++) {
                double centre = in0 + (x + 0.5) * scale;
                int from = Math.max((int) (centre - support + 0.5), 0);
                int n = Math.min((int) (centre + support + 0.5), inSize) - from;
                double sum = 0;
                for (int i = 0; i < n; i++) {
                    w[i] = Math.max(0, 1 - Math.abs((i + from - centre + 0.5) * (1 / support)));
                    sum += w[i];
                }
                for (int i = 0; i < n; i++) {
                    weights[x * taps + i] = (int) (0.5 + w[i] / sum * (1 << PRECISION_BITS));
                }
                start[x] = from;
                count[x] = n;
            }
            return new Filter(start, count, taps, weights);
        }

        int size() {
            return start.length;
        }

        int first() {
            return start[0];
        }

        int last() {
            return start[size() - 1] + count[size() - 1];
        }
    }
}
