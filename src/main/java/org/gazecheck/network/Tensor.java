package org.gazecheck.network;

/**
 * Numbers with a shape, row-major (C order).
 *
 * @param shape sizes of the dimensions, e.g. [n, c, h, w]; the data may be longer than the shape asks for, never shorter
 */
public record Tensor(float[] data, int[] shape) {
    public Tensor {
        if (data.length < size(shape)) {
            throw new IllegalArgumentException(data.length + " numbers for " + java.util.Arrays.toString(shape));
        }
    }

    public static Tensor of(float[] data, int... shape) {
        return new Tensor(data, shape);
    }

    public int size() {
        return size(shape);
    }

    /** Means over the maps: [n, c] of [n, c, h, w]. */
    public Tensor mapMeans() {
        int maps = shape[0] * shape[1];
        int area = shape[2] * shape[3];
        float[] means = new float[maps];
        for (int i = 0; i < maps; i++) {
            double sum = 0;
            for (int j = 0; j < area; j++) {
                sum += data[i * area + j];
            }
            means[i] = (float) (sum / area);
        }
        return of(means, shape[0], shape[1]);
    }

    private static int size(int[] shape) {
        int size = 1;
        for (int s : shape) {
            size = Math.multiplyExact(size, s);
        }
        return size;
    }
}
