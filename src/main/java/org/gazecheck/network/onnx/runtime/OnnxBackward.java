package org.gazecheck.network.onnx.runtime;

import ai.onnxruntime.OnnxTensor;
import ai.onnxruntime.OrtException;
import ai.onnxruntime.OrtSession;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import org.gazecheck.network.Tensor;

/** A model that takes what an {@link OnnxForward} gave. */
public final class OnnxBackward implements AutoCloseable {
    private final OrtSession session;
    private final Map<String, String> handed;
    private final Workers workers;

    private OnnxBackward(OrtSession session, Map<String, String> handed, int threads) {
        this.session = session;
        this.handed = handed;
        this.workers = new Workers(OnnxRuntime.threads(threads));
    }

    /**
     * @param handed what each value of the forward pass is called as an input here
     * @param threads 0: as many as there are cores
     * @throws OnnxFailure if ONNX Runtime does not take the model
     */
    public static OnnxBackward open(byte[] model, Map<String, String> handed, int threads) {
        return new OnnxBackward(OnnxRuntime.session(model, 1), handed, threads);
    }

    /**
     * @param name of another input
     * @param more its rows, [n, ...]
     * @return an output, [n, ...]
     */
    public Tensor run(KeptPass kept, String name, Tensor more, String output) {
        Passes passes = kept.passes();
        Tensor[] found = new Tensor[passes.count()];
        workers.each(found.length, pass -> found[pass] = run(kept, pass, name, more, output));
        RowJoin join = new RowJoin(passes);
        Arrays.stream(found).forEach(join::add);
        return join.whole();
    }

    private Tensor run(KeptPass kept, int pass, String name, Tensor more, String output) {
        Map<String, OnnxTensor> given = new HashMap<>();
        handed.forEach((value, input) -> given.put(input, kept.tensor(pass, value)));
        try (OnnxTensor other = OnnxForward.part(more, kept.passes(), pass)) {
            given.put(name, other);
            try (OrtSession.Result result = session.run(given)) {
                return OnnxPart.tensor((OnnxTensor) result.get(output).orElseThrow())
                        .orElseThrow();
            }
        } catch (OrtException e) {
            throw OnnxFailure.of("ONNX Runtime failed", e);
        }
    }

    @Override
    public void close() {
        workers.close();
        try {
            session.close();
        } catch (OrtException e) {
            throw OnnxFailure.of("ONNX Runtime failed", e);
        }
    }
}
