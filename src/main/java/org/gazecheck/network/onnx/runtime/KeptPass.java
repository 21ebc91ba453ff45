package org.gazecheck.network.onnx.runtime;

import ai.onnxruntime.OnnxTensor;
import ai.onnxruntime.OrtSession;
import java.util.ArrayList;
import java.util.List;
import org.gazecheck.network.Tensor;

/** What a forward pass gave, where the engine has it, for several passes over its rows where the model takes only so many. */
public final class KeptPass implements AutoCloseable {
    private final String input;
    private final int rows;
    private final int each;
    private final List<OnnxTensor> images = new ArrayList<>();
    private final List<OrtSession.Result> results = new ArrayList<>();

    KeptPass(String input, int rows, int each) {
        this.input = input;
        this.rows = rows;
        this.each = each;
    }

    void add(OnnxTensor image) {
        images.add(image);
    }

    void add(OrtSession.Result result) {
        results.add(result);
    }

    int rows() {
        return rows;
    }

    /** Rows in a pass. */
    int each() {
        return each;
    }

    int passes() {
        return images.size();
    }

    OnnxTensor tensor(int pass, String name) {
        return name.equals(input)
                ? images.get(pass)
                : (OnnxTensor) results.get(pass).get(name).orElseThrow(() -> new OnnxFailure("no value " + name));
    }

    /** The numbers of an output, [n, ...]. */
    public Tensor value(String name) {
        RowJoin join = new RowJoin(rows, each);
        for (int pass = 0; pass < passes(); pass++) {
            join.add(OnnxPart.tensor(tensor(pass, name)).orElseThrow(() -> new OnnxFailure(name + " has no numbers")));
        }
        return join.whole();
    }

    @Override
    public void close() {
        results.forEach(OrtSession.Result::close);
        images.forEach(OnnxTensor::close);
        results.clear();
        images.clear();
    }
}
