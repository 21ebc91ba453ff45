package org.gazecheck.audit.quality;

import java.util.Arrays;

/** The pixels of a heatmap by relevance. */
final class PixelOrder {
    private PixelOrder() {}

    /**
     * @param heat [h w], no NaN
     * @return indices of its pixels, the highest value first; equal ones in reading order
     */
    static int[] mostRelevantFirst(float[] heat) {
        long[] keys = new long[heat.length];
        for (int i = 0; i < keys.length; i++) {
            int bits = Float.floatToIntBits(heat[i] + 0f);
            int ascending = bits < 0 ? ~bits : bits ^ Integer.MIN_VALUE;
            long descending = ~ascending & 0xffffffffL;
            keys[i] = descending << 32 | i;
        }
        sortUnsigned(keys);
        int[] order = new int[keys.length];
        for (int i = 0; i < order.length; i++) {
            order[i] = (int) keys[i];
        }
        return order;
    }

    private static void sortUnsigned(long[] keys) {
        for (int i = 0; i < keys.length; i++) {
            keys[i] ^= Long.MIN_VALUE;
        }
        Arrays.sort(keys);
    }

    static int[] reversed(int[] order) {
        int[] reversed = new int[order.length];
        for (int i = 0; i < order.length; i++) {
            reversed[i] = order[order.length - 1 - i];
        }
        return reversed;
    }
}
