package org.gazecheck.network.onnx.runtime;

import ai.onnxruntime.OnnxTensor;
import ai.onnxruntime.OnnxValue;
import ai.onnxruntime.OrtException;
import ai.onnxruntime.OrtSession;
import java.nio.ByteBuffer;
import java.nio.FloatBuffer;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.gazecheck.network.Tensor;
import org.jspecify.annotations.Nullable;

/**
 * Runs a model over the rows of a batch, several threads each on a few rows of their own: nothing waits at the end of
 * every operator, and what the engine does in one thread only is done in all of them. A batch with fewer rows than there
 * are threads is run as a whole by an engine that divides its operators instead.
 */
final class RowRunner implements AutoCloseable {
    /** Rows at a time; more would only take more memory. */
    private static final int MOST_ROWS = 4;

    private final Models models;
    private final boolean divisible;
    private final Workers workers;
    private final Map<String, NativeBlocks> blocks = new ConcurrentHashMap<>();
    private @Nullable OrtSession byRows;
    private @Nullable OrtSession byOperators;

    /** Gives the model's bytes. */
    @FunctionalInterface
    interface Models {
        byte[] model();
    }

    /**
     * @param divisible whether a model's operators can be divided among threads without a change in a result's last bits
     * @param threads at least 1
     */
    RowRunner(Models models, boolean divisible, int threads) {
        this.models = models;
        this.divisible = divisible;
        this.workers = new Workers(threads);
    }

    /**
     * @param inputs by name, each of n rows
     * @return the outputs by name, [n, ...]
     */
    Map<String, Tensor> run(int n, Map<String, RowInput> inputs) {
        Outputs outputs = new Outputs(n);
        if (n < workers.threads() && divisible) {
            run(session(false), inputs, 0, n, outputs);
            return outputs.tensors;
        }
        OrtSession session = session(true);
        int rows = Math.max(1, Math.min(MOST_ROWS, n / workers.threads()));
        workers.each(
                (n + rows - 1) / rows,
                piece -> run(session, inputs, piece * rows, Math.min(n, (piece + 1) * rows), outputs));
        return outputs.tensors;
    }

    private void run(OrtSession session, Map<String, RowInput> inputs, int from, int to, Outputs outputs) {
        Map<String, OnnxTensor> given = new HashMap<>();
        Map<String, ByteBuffer> memory = new HashMap<>();
        try {
            for (Map.Entry<String, RowInput> input : inputs.entrySet()) {
                RowInput rows = input.getValue();
                ByteBuffer block = blocks(input.getKey()).take(rows.bytes(to - from));
                memory.put(input.getKey(), block);
                given.put(input.getKey(), rows.rows(OnnxRuntime.environment(), from, to, block));
            }
            try (OrtSession.Result result = session.run(given)) {
                for (Map.Entry<String, OnnxValue> output : result) {
                    outputs.put(output.getKey(), (OnnxTensor) output.getValue(), from);
                }
            }
        } catch (OrtException e) {
            throw OnnxFailure.of("ONNX Runtime failed", e);
        } finally {
            given.values().forEach(OnnxTensor::close);
            memory.forEach((name, block) -> blocks(name).give(block));
        }
    }

    private NativeBlocks blocks(String input) {
        return blocks.computeIfAbsent(input, name -> new NativeBlocks());
    }

    private synchronized OrtSession session(boolean rows) {
        if (rows) {
            byRows = byRows == null ? OnnxRuntime.session(models.model(), 1) : byRows;
            return byRows;
        }
        byOperators = byOperators == null ? OnnxRuntime.session(models.model(), workers.threads()) : byOperators;
        return byOperators;
    }

    /** Rows that come in any order, from several threads. */
    private static final class Outputs {
        private final int n;
        private final Map<String, Tensor> tensors = new ConcurrentHashMap<>();

        Outputs(int n) {
            this.n = n;
        }

        void put(String name, OnnxTensor part, int from) {
            int[] shape = Arrays.stream(part.getInfo().getShape())
                    .mapToInt(Math::toIntExact)
                    .toArray();
            FloatBuffer values = part.getFloatBuffer();
            int row = values.remaining() / shape[0];
            shape[0] = n;
            Tensor whole = tensors.computeIfAbsent(name, key -> new Tensor(new float[n * row], shape));
            values.get(whole.data(), from * row, values.remaining());
        }
    }

    @Override
    public void close() {
        workers.close();
        try {
            if (byRows != null) {
                byRows.close();
            }
            if (byOperators != null) {
                byOperators.close();
            }
        } catch (OrtException e) {
            throw OnnxFailure.of("ONNX Runtime failed", e);
        }
    }
}
