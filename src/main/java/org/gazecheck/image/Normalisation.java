package org.gazecheck.image;

import java.nio.FloatBuffer;
import java.util.Arrays;

/**
 * Per-channel standardisation of values in 0..1.
 *
 * @param mean [3], red first
 * @param std [3], red first
 */
public record Normalisation(float[] mean, float[] std) {
    private static final int CHANNELS = 3;
    private static final int LINE = 1024;

    /** Mean and standard deviation of torchvision's ImageNet classifiers. */
    public static final Normalisation TORCHVISION =
            new Normalisation(new float[] {0.485f, 0.456f, 0.406f}, new float[] {0.229f, 0.224f, 0.225f});

    /** Whether values only become others in proportion, from 0 on: nothing is taken off. */
    public boolean isPlain() {
        return mean[0] == 0 && mean[1] == 0 && mean[2] == 0;
    }

    /**
     * Writes an image as planes.
     *
     * @param out receives [3, h, w] from {@code offset} on: {@code (v / 255 - mean) / std}
     */
    public void write(RgbImage image, float[] out, int offset) {
        write(image, FloatBuffer.wrap(out).position(offset));
    }

    /** As {@link #write(RgbImage, float[], int)}, from the buffer's position on, which moves behind the image. */
    public void write(RgbImage image, FloatBuffer out) {
        int plane = image.width() * image.height();
        byte[] rgb = image.rgb();
        float[] line = new float[Math.min(plane, LINE)];
        for (int c = 0; c < CHANNELS; c++) {
            float[] values = values(c);
            for (int from = 0; from < plane; from += line.length) {
                int n = Math.min(line.length, plane - from);
                for (int i = 0, p = CHANNELS * from + c; i < n; i++, p += CHANNELS) {
                    line[i] = values[rgb[p] & 0xff];
                }
                out.put(line, 0, n);
            }
        }
    }

    /** Of a channel, what each of a pixel's 256 values becomes. */
    private float[] values(int channel) {
        float[] values = new float[256];
        for (int v = 0; v < values.length; v++) {
            values[v] = (v / 255f - mean[channel]) / std[channel];
        }
        return values;
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
