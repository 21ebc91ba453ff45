package org.gazecheck.store;

import java.io.IOException;
import java.nio.ByteBuffer;
import org.gazecheck.failure.FailureKind;
import org.gazecheck.failure.GazecheckException;

/** How a row's numbers are kept, little-endian, and as what array they are given and read. */
public enum Encoding {
    /** {@code float[]}, bit for bit. */
    FLOAT32(4, float[].class) {
        @Override
        void encode(Object rows, int from, int length, ByteBuffer row) {
            row.asFloatBuffer().put((float[]) rows, from, length);
        }

        @Override
        void decode(ByteBuffer row, Object out, int offset, int length) {
            row.asFloatBuffer().get((float[]) out, offset, length);
        }
    },
    /** {@code float[]} in IEEE half precision: 11 significant bits, up to 65504. */
    FLOAT16(2, float[].class) {
        @Override
        void encode(Object rows, int from, int length, ByteBuffer row) throws IOException {
            float[] values = (float[]) rows;
            for (int i = 0; i < length; i++) {
                row.putShort(float16(values[from + i]));
            }
        }

        @Override
        void decode(ByteBuffer row, Object out, int offset, int length) {
            float[] values = (float[]) out;
            byte[] bytes = row.array();
            for (int i = 0, p = row.arrayOffset() + row.position(); i < length; i++, p += 2) {
                values[offset + i] = Float16.toFloat((short) (bytes[p] & 0xff | bytes[p + 1] << 8));
            }
        }
    },
    /** {@code double[]}, bit for bit. */
    FLOAT64(8, double[].class) {
        @Override
        void encode(Object rows, int from, int length, ByteBuffer row) {
            row.asDoubleBuffer().put((double[]) rows, from, length);
        }

        @Override
        void decode(ByteBuffer row, Object out, int offset, int length) {
            row.asDoubleBuffer().get((double[]) out, offset, length);
        }
    },
    /** {@code byte[]}: pixels, hashes, bits of a mask. */
    BYTES(1, byte[].class) {
        @Override
        void encode(Object rows, int from, int length, ByteBuffer row) {
            row.put((byte[]) rows, from, length);
        }

        @Override
        void decode(ByteBuffer row, Object out, int offset, int length) {
            row.get((byte[]) out, offset, length);
        }
    };

    private final int bytes;
    private final Class<?> array;

    Encoding(int bytes, Class<?> array) {
        this.bytes = bytes;
        this.array = array;
    }

    /** Of a number. */
    int bytes() {
        return bytes;
    }

    /**
     * @param type of the array that rows are given or read as
     * @throws IllegalArgumentException when these rows are of another
     */
    void require(Class<?> type) {
        if (type != array) {
            throw new IllegalArgumentException(
                    this + " rows are " + array.getSimpleName() + ", not " + type.getSimpleName());
        }
    }

    /** Puts the numbers of one row at the buffer's position. */
    abstract void encode(Object rows, int from, int length, ByteBuffer row) throws IOException;

    /** Reads the numbers of one row from the buffer's position on, which an array holds. */
    abstract void decode(ByteBuffer row, Object out, int offset, int length);

    private static short float16(float value) throws IOException {
        short bits = Float16.fromFloat(value);
        if (!Float.isFinite(Float16.toFloat(bits))) {
            throw new GazecheckException(
                    FailureKind.INVALID_DATA,
                    "an activation of " + value + " cannot be stored as float16 (at most 65504):"
                            + " check that model.weights are those of a trained network and expect this normalisation");
        }
        return bits;
    }
}
