package org.gazecheck.network.onnx.runtime;

import ai.onnxruntime.OnnxTensor;
import ai.onnxruntime.OrtException;
import ai.onnxruntime.OrtSession;
import java.nio.FloatBuffer;
import java.util.Arrays;
import java.util.Map;
import org.gazecheck.network.Tensor;
import org.jspecify.annotations.Nullable;

/** A model whose outputs stay where the engine has them, so that {@link OnnxBackward} can take them. */
public final class OnnxForward implements AutoCloseable {
    private final @Nullable OrtSession session;
    private final String input;
    private final int batch;

    private OnnxForward(@Nullable OrtSession session, String input, int batch) {
        this.session = session;
        this.input = input;
        this.batch = batch;
    }

    /**
     * @param model quantised operators are computed as they are written
     * @param batch rows in a pass; 0: any number
     * @param threads 0: as many as there are cores
     * @throws OnnxFailure if ONNX Runtime does not take the model
     */
    public static OnnxForward open(byte[] model, String input, int batch, int threads) {
        return new OnnxForward(OnnxRuntime.sessionAsWritten(model, OnnxRuntime.threads(threads)), input, batch);
    }

    /** One that gives nothing but its input. */
    public static OnnxForward ofInput(String input, int batch) {
        return new OnnxForward(null, input, batch);
    }

    /**
     * @param rows [n, ...]; the last pass is filled up with zeros where it takes a number of them
     * @return to be closed when nothing is asked of it any more
     */
    public KeptPass run(Tensor rows) {
        int n = rows.shape()[0];
        int each = batch == 0 ? n : batch;
        KeptPass kept = new KeptPass(input, n, each);
        try {
            for (int from = 0; from < n; from += each) {
                OnnxTensor image = tensor(part(rows, from, Math.min(each, n - from), each));
                kept.add(image);
                if (session != null) {
                    kept.add(session.run(Map.of(input, image)));
                }
            }
            return kept;
        } catch (OrtException e) {
            kept.close();
            throw OnnxFailure.of("ONNX Runtime failed", e);
        }
    }

    /** Some rows of a tensor, followed by zeros. */
    static Tensor part(Tensor tensor, int from, int count, int rows) {
        int[] shape = tensor.shape().clone();
        int length = tensor.size() / shape[0];
        if (count == shape[0] && count == rows) {
            return tensor;
        }
        shape[0] = rows;
        float[] part = new float[rows * length];
        System.arraycopy(tensor.data(), from * length, part, 0, count * length);
        return Tensor.of(part, shape);
    }

    static OnnxTensor tensor(Tensor tensor) throws OrtException {
        long[] shape = Arrays.stream(tensor.shape()).asLongStream().toArray();
        return OnnxTensor.createTensor(
                OnnxRuntime.environment(), FloatBuffer.wrap(tensor.data(), 0, tensor.size()), shape);
    }

    @Override
    public void close() {
        try {
            if (session != null) {
                session.close();
            }
        } catch (OrtException e) {
            throw OnnxFailure.of("ONNX Runtime failed", e);
        }
    }
}
