package org.gazecheck.explain;

import java.util.function.IntToDoubleFunction;

/** Heatmaps at an image's resolution. */
public final class Upsampling {
    private Upsampling() {}

    /**
     * Bilinear, half-pixel centres, edges repeated: as PyTorch's {@code interpolate(align_corners=False)} upsamples.
     *
     * @param map [h, w]
     * @return [height, width]
     */
    public static float[] bilinear(float[] map, int h, int w, int height, int width) {
        return bilinear(
                map,
                h,
                w,
                height,
                width,
                y -> Math.max(0, (y + 0.5) * h / height - 0.5),
                x -> Math.max(0, (x + 0.5) * w / width - 0.5));
    }

    /**
     * Bilinear, the outermost centres on each other: as PyTorch's {@code interpolate(align_corners=True)} upsamples.
     *
     * @param map [h, w]
     * @return [height, width]
     */
    static float[] cornersOnCorners(float[] map, int h, int w, int height, int width) {
        double down = height > 1 ? (h - 1.0) / (height - 1) : 0;
        double across = width > 1 ? (w - 1.0) / (width - 1) : 0;
        return bilinear(map, h, w, height, width, y -> y * down, x -> x * across);
    }

    private static float[] bilinear(
            float[] map, int h, int w, int height, int width, IntToDoubleFunction row, IntToDoubleFunction column) {
        float[] out = new float[height * width];
        for (int y = 0; y < height; y++) {
            double sy = row.applyAsDouble(y);
            int y0 = Math.min((int) sy, h - 1);
            int y1 = Math.min(y0 + 1, h - 1);
            double ty = sy - y0;
            for (int x = 0; x < width; x++) {
                double sx = column.applyAsDouble(x);
                int x0 = Math.min((int) sx, w - 1);
                int x1 = Math.min(x0 + 1, w - 1);
                double tx = sx - x0;
                double top = map[y0 * w + x0] * (1 - tx) + map[y0 * w + x1] * tx;
                double bottom = map[y1 * w + x0] * (1 - tx) + map[y1 * w + x1] * tx;
                out[y * width + x] = (float) (top * (1 - ty) + bottom * ty);
            }
        }
        return out;
    }
}
