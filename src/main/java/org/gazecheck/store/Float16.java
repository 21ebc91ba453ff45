package org.gazecheck.store;

/** IEEE 754 half precision, rounding to nearest, ties to even. */
final class Float16 {
    private static final float[] FLOATS = new float[1 << 16];

    static {
        for (int i = 0; i < FLOATS.length; i++) {
            FLOATS[i] = decode(i);
        }
    }

    private Float16() {}

    static float toFloat(short bits) {
        return FLOATS[bits & 0xffff];
    }

    /** Values beyond 65504 become infinite. */
    static short fromFloat(float value) {
        int bits = Float.floatToRawIntBits(value);
        int sign = bits >>> 16 & 0x8000;
        int magnitude = bits & 0x7fffffff;
        if (magnitude >= 0x7f800000) {
            return (short) (sign | (magnitude > 0x7f800000 ? 0x7e00 : 0x7c00));
        }
        if (magnitude >= 0x477ff000) {
            return (short) (sign | 0x7c00);
        }
        if (magnitude >= 0x38800000) {
            int rebased = magnitude - 0x38000000;
            return (short) (sign | rebased + 0xfff + (rebased >>> 13 & 1) >>> 13);
        }
        return (short) (sign | (int) Math.rint(Math.scalb((double) Float.intBitsToFloat(magnitude), 24)));
    }

    private static float decode(int bits) {
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
        return (bits & 0x8000) == 0 ? magnitude : -magnitude;
    }
}
