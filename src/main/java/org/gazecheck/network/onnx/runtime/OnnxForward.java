package org.gazecheck.network.onnx.runtime;

import ai.onnxruntime.OnnxTensor;
import ai.onnxruntime.OrtException;
import ai.onnxruntime.OrtSession;
import java.nio.FloatBuffer;
import java.util.Arrays;
import java.util.Map;
import org.gazecheck.network.Tensor;
import org.jspecify.annotations.Nullable;

/**
 * A model whose outputs stay where the engine has them, so that {@link OnnxBackward} can take them. Rows pass one by one, several
 * threads each on one of its own: what is small enough stays in the cache, nothing waits at the end of every operator, and a row
 * has the same bits in whatever batch it came.
 */
public final class OnnxForward implements AutoCloseable {
    private final @Nullable OrtSession session;
    private final String input;
    private final int batch;
    private final Workers workers;

    private OnnxForward(@Nullable OrtSession session, String input, int batch, int threads) {
        this.session = session;
        this.input = input;
        this.batch = batch;
        this.workers = new Workers(OnnxRuntime.threads(threads));
    }

    /**
     * For values that a way back takes: quantised operators are computed as they are written, and a sigmoid with the product that
     * it gates stays two operators, which ONNX Runtime keeps in the blocked memory layout of the convolutions around them.
     *
     * @param batch rows in a pass, where the model takes no other number; 0: it does
     * @param threads 0: as many as there are cores
     * @throws OnnxFailure if ONNX Runtime does not take the model
     */
    public static OnnxForward open(byte[] model, String input, int batch, int threads) {
        return new OnnxForward(OnnxRuntime.sessionAsWritten(model), input, batch, threads);
    }

    /** As {@link #open}, computed as ONNX Runtime computes the model for anyone. */
    public static OnnxForward plain(byte[] model, String input, int batch, int threads) {
        return new OnnxForward(OnnxRuntime.session(model, 1), input, batch, threads);
    }

    /** One that gives nothing but its input. */
    public static OnnxForward ofInput(String input, int batch, int threads) {
        return new OnnxForward(null, input, batch, threads);
    }

    /**
     * @param rows [n, ...]; the last pass is filled up with zeros where the model takes a number of them
     * @return to be closed when nothing is asked of it any more
     */
    public KeptPass run(Tensor rows) {
        Passes passes = new Passes(rows.shape()[0], Math.max(1, batch));
        KeptPass kept = new KeptPass(input, passes);
        try {
            workers.each(passes.count(), pass -> run(rows, passes, pass, kept));
            return kept;
        } catch (RuntimeException e) {
            kept.close();
            throw e;
        }
    }

    private void run(Tensor rows, Passes passes, int pass, KeptPass kept) {
        try {
            OnnxTensor image = part(rows, passes, pass);
            kept.image(pass, image);
            if (session != null) {
                kept.result(pass, session.run(Map.of(input, image)));
            }
        } catch (OrtException e) {
            throw OnnxFailure.of("ONNX Runtime failed", e);
        }
    }

    /** The rows of a pass. */
    static OnnxTensor part(Tensor rows, Passes passes, int pass) throws OrtException {
        return tensor(part(rows, passes.from(pass), passes.asked(pass), passes.each()));
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

    private static OnnxTensor tensor(Tensor tensor) throws OrtException {
        long[] shape = Arrays.stream(tensor.shape()).asLongStream().toArray();
        return OnnxTensor.createTensor(
                OnnxRuntime.environment(), FloatBuffer.wrap(tensor.data(), 0, tensor.size()), shape);
    }

    @Override
    public void close() {
        workers.close();
        try {
            if (session != null) {
                session.close();
            }
        } catch (OrtException e) {
            throw OnnxFailure.of("ONNX Runtime failed", e);
        }
    }
}
