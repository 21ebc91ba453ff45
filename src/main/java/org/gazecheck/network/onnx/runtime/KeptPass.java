package org.gazecheck.network.onnx.runtime;

import ai.onnxruntime.OnnxTensor;
import ai.onnxruntime.OrtSession;
import java.util.concurrent.atomic.AtomicReferenceArray;
import org.gazecheck.network.Tensor;

/** What a forward pass gave, where the engine has it; several passes over some of the rows each. */
public final class KeptPass implements AutoCloseable {
    private final String input;
    private final Passes passes;
    private final AtomicReferenceArray<OnnxTensor> images;
    private final AtomicReferenceArray<OrtSession.Result> results;

    KeptPass(String input, Passes passes) {
        this.input = input;
        this.passes = passes;
        this.images = new AtomicReferenceArray<>(passes.count());
        this.results = new AtomicReferenceArray<>(passes.count());
    }

    void image(int pass, OnnxTensor image) {
        images.set(pass, image);
    }

    void result(int pass, OrtSession.Result result) {
        results.set(pass, result);
    }

    Passes passes() {
        return passes;
    }

    OnnxTensor tensor(int pass, String name) {
        return name.equals(input)
                ? images.get(pass)
                : (OnnxTensor) results.get(pass).get(name).orElseThrow(() -> new OnnxFailure("no value " + name));
    }

    /** The numbers of an output, [n, ...]. */
    public Tensor value(String name) {
        RowJoin join = new RowJoin(passes);
        for (int pass = 0; pass < passes.count(); pass++) {
            join.add(OnnxPart.tensor(tensor(pass, name)).orElseThrow(() -> new OnnxFailure(name + " has no numbers")));
        }
        return join.whole();
    }

    @Override
    public void close() {
        for (int pass = 0; pass < passes.count(); pass++) {
            OrtSession.Result result = results.getAndSet(pass, null);
            if (result != null) {
                result.close();
            }
            OnnxTensor image = images.getAndSet(pass, null);
            if (image != null) {
                image.close();
            }
        }
    }
}
