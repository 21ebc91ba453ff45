package org.gazecheck.report;

/**
 * One raw map as the audit stores it: weighted sums before ReLU, not normalised, not resized.
 *
 * @param values [height, width], row by row
 */
public record Heatmap(int height, int width, float[] values) {
    public Heatmap {
        if (height <= 0 || width <= 0 || values.length != Math.multiplyExact(height, width)) {
            throw new IllegalArgumentException(height + "x" + width + " with " + values.length + " values");
        }
    }
}
