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

    private static int size(int[] shape) {
        int size = 1;
        for (int s : shape) {
            size = Math.multiplyExact(size, s);
        }
        return size;
    }
}
