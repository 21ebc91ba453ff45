package org.gazecheck.network.onnx.runtime;

import org.gazecheck.network.Tensor;

/** Outputs of several passes, of which the last may have rows too many, as one. */
final class RowJoin {
    private final int rows;
    private final int each;
    private float[] all = new float[0];
    private int[] shape = {};
    private int from;

    /** @param each rows in a pass */
    RowJoin(int rows, int each) {
        this.rows = rows;
        this.each = each;
    }

    /** @param found [each, ...], or of a multiple of it in the first dimension */
    void add(Tensor found) {
        if (from == 0 && rows == each) {
            all = found.data();
            shape = found.shape();
            from = rows;
            return;
        }
        int row = found.size() / each;
        if (from == 0) {
            all = new float[rows * row];
            shape = found.shape().clone();
            shape[0] = shape[0] / each * rows;
        }
        int count = Math.min(each, rows - from);
        System.arraycopy(found.data(), 0, all, from * row, count * row);
        from += count;
    }

    Tensor whole() {
        return Tensor.of(all, shape);
    }
}
