package org.gazecheck.network.onnx.runtime;

import org.gazecheck.network.Tensor;

/** An output of several passes, of which the last may have rows too many, as one. */
final class RowJoin {
    private final Passes passes;
    private float[] all = new float[0];
    private int[] shape = {};
    private int pass;

    RowJoin(Passes passes) {
        this.passes = passes;
    }

    /** @param found of the next pass: as many rows as it was given, or a multiple of them in the first dimension */
    void add(Tensor found) {
        if (passes.each() == passes.rows()) {
            all = found.data();
            shape = found.shape();
            return;
        }
        int row = found.size() / passes.each();
        if (pass == 0) {
            all = new float[passes.rows() * row];
            shape = found.shape().clone();
            shape[0] = shape[0] / passes.each() * passes.rows();
        }
        System.arraycopy(found.data(), 0, all, passes.from(pass) * row, passes.asked(pass) * row);
        pass++;
    }

    Tensor whole() {
        return Tensor.of(all, shape);
    }
}
