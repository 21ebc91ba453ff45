package org.gazecheck.train;

import java.io.IOException;

/** Rows of features, read one by one: together they may be more than the heap holds. */
@FunctionalInterface
interface FeatureRows {
    /** Reads row {@code index} into {@code out} from {@code offset} on. */
    void read(int index, float[] out, int offset) throws IOException;

    /** @param values [n, width] */
    static FeatureRows of(float[] values, int width) {
        return (index, out, offset) -> System.arraycopy(values, index * width, out, offset, width);
    }
}
