package org.gazecheck.train;

import org.bytedeco.javacpp.FloatPointer;
import org.nd4j.linalg.api.ndarray.INDArray;

/** Copies between Java's arrays and ND4J's memory, for arrays that lie whole and dense in their buffer. */
final class NativeFloats {
    private NativeFloats() {}

    static void put(float[] values, INDArray array) {
        pointer(array, values.length).put(values, 0, values.length);
    }

    static void get(INDArray array, float[] values) {
        pointer(array, values.length).get(values, 0, values.length);
    }

    private static FloatPointer pointer(INDArray array, int length) {
        if (array.length() != length
                || array.offset() != 0
                || array.isView() && array.data().length() != length) {
            throw new IllegalArgumentException(array.shapeInfoToString() + " is not a contiguous array of " + length);
        }
        return (FloatPointer) array.data().addressPointer();
    }
}
