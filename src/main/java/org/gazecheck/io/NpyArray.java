package org.gazecheck.io;

import java.util.Arrays;

/**
 * An array as numpy stores it, in C order.
 *
 * @param shape length of every axis; empty for a scalar
 * @param data {@code float[]} for f4 and f8 (doubles are rounded to float), {@code int[]} for i4 and i8, {@code byte[]}
 *     (unsigned) for u1
 */
public record NpyArray(int[] shape, Object data) {
    /** The values, when they are floating-point numbers. */
    public float[] floats() {
        return as(float[].class, "floating-point numbers");
    }

    /** The values, when they are signed integers. */
    public int[] ints() {
        return as(int[].class, "integers");
    }

    /** The values as unsigned bytes, when they are bytes. */
    public byte[] bytes() {
        return as(byte[].class, "bytes");
    }

    private <T> T as(Class<T> type, String name) {
        if (!type.isInstance(data)) {
            throw new IllegalStateException("the array " + Arrays.toString(shape) + " does not hold " + name);
        }
        return type.cast(data);
    }

    @Override
    public String toString() {
        return data.getClass().getSimpleName() + " " + Arrays.toString(shape);
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof NpyArray a
                && Arrays.equals(shape, a.shape)
                && Arrays.deepEquals(new Object[] {data}, new Object[] {a.data});
    }

    @Override
    public int hashCode() {
        return 31 * Arrays.hashCode(shape) + Arrays.deepHashCode(new Object[] {data});
    }
}
