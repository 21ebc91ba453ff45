package org.gazecheck.network.weights;

import java.nio.ByteBuffer;

/** How the numbers of a tensor lie in a file, little-endian. */
enum ElementType {
    F64(8),
    F32(4),
    F16(2),
    BF16(2),
    I64(8),
    I32(4),
    I16(2),
    I8(1),
    U8(1),
    BOOL(1);

    private final int bytes;

    ElementType(int bytes) {
        this.bytes = bytes;
    }

    int bytes() {
        return bytes;
    }

    boolean floating() {
        return ordinal() <= BF16.ordinal();
    }

    /** The number at an element's index, for floating types. */
    float at(ByteBuffer data, int index) {
        return switch (this) {
            case F64 -> (float) data.getDouble(8 * index);
            case F32 -> data.getFloat(4 * index);
            case F16 -> half(data.getShort(2 * index));
            case BF16 -> Float.intBitsToFloat(data.getShort(2 * index) << 16);
            default -> throw new IllegalStateException(this + " is no floating type");
        };
    }

    private static float half(short bits) {
        int exponent = bits >>> 10 & 0x1f;
        int fraction = bits & 0x3ff;
        float magnitude;
        if (exponent == 0) {
            magnitude = Math.scalb((float) fraction, -24);
        } else if (exponent == 31) {
            magnitude = fraction == 0 ? Float.POSITIVE_INFINITY : Float.NaN;
        } else {
            magnitude = Math.scalb((float) (fraction | 0x400), exponent - 25);
        }
        return bits < 0 ? -magnitude : magnitude;
    }
}
