package org.gazecheck.spark;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/** Rows as they lie in Parquet: little-endian numbers. */
final class RowBytes {
    private RowBytes() {}

    /** @param row {@code float[]} or {@code double[]} */
    static byte[] of(Object row) {
        if (row instanceof double[] values) {
            ByteBuffer bytes = little(Double.BYTES * values.length);
            bytes.asDoubleBuffer().put(values);
            return bytes.array();
        }
        float[] values = (float[]) row;
        return of(values, 0, values.length);
    }

    static byte[] of(float[] values, int from, int length) {
        ByteBuffer bytes = little(Float.BYTES * length);
        bytes.asFloatBuffer().put(values, from, length);
        return bytes.array();
    }

    static float[] floats(byte[] row) {
        float[] values = new float[row.length / Float.BYTES];
        ByteBuffer.wrap(row).order(ByteOrder.LITTLE_ENDIAN).asFloatBuffer().get(values);
        return values;
    }

    private static ByteBuffer little(int bytes) {
        return ByteBuffer.allocate(bytes).order(ByteOrder.LITTLE_ENDIAN);
    }
}
