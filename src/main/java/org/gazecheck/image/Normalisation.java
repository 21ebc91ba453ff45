package org.gazecheck.image;

import java.util.Arrays;

/**
 * Per-channel standardisation of values in 0..1.
 *
 * @param mean [3], red first
 * @param std [3], red first
 */
public record Normalisation(float[] mean, float[] std) {
    /** Mean and standard deviation of torchvision's ImageNet classifiers. */
    public static final Normalisation TORCHVISION =
            new Normalisation(new float[] {0.485f, 0.456f, 0.406f}, new float[] {0.229f, 0.224f, 0.225f});

    /**
     * Writes an image as planes.
     *
     * @param out receives [3, h, w] from {@code offset} on: {@code (v / 255 - mean) / std}
     */
    public void write(RgbImage image, float[] out, int offset) {
        int plane = image.width() * image.height();
        byte[] rgb = image.rgb();
        for (int c = 0; c < 3; c++) {
            float m = mean[c];
            float s = std[c];
            for (int i = 0, p = c, o = offset + c * plane; i < plane; i++, p += 3) {
                out[o + i] = ((rgb[p] & 0xff) / 255f - m) / s;
            }
        }
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Normalisation n && Arrays.equals(mean, n.mean) && Arrays.equals(std, n.std);
    }

    @Override
    public int hashCode() {
        return 31 * Arrays.hashCode(mean) + Arrays.hashCode(std);
    }

    @Override
    public String toString() {
        return "mean " + Arrays.toString(mean) + ", std " + Arrays.toString(std);
    }
}
