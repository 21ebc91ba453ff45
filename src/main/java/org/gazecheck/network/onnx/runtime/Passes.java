package org.gazecheck.network.onnx.runtime;

/**
 * How rows are divided into passes.
 *
 * @param rows of all passes
 * @param each rows that a pass is given; the last is filled up with zeros
 */
record Passes(int rows, int each) {
    int count() {
        return (rows + each - 1) / each;
    }

    /** First row of a pass. */
    int from(int pass) {
        return pass * each;
    }

    /** Rows of a pass that are asked for. */
    int asked(int pass) {
        return Math.min(each, rows - from(pass));
    }
}
