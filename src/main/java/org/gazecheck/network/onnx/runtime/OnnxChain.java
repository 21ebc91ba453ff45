package org.gazecheck.network.onnx.runtime;

import ai.onnxruntime.OnnxTensor;
import ai.onnxruntime.OrtException;
import ai.onnxruntime.OrtSession;
import java.nio.FloatBuffer;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import org.gazecheck.network.Tensor;
import org.jspecify.annotations.Nullable;

/** Two models, of which the second takes what the first gives, where the engine has it. */
public final class OnnxChain implements AutoCloseable {
    private final @Nullable OrtSession first;
    private final String input;
    private final OrtSession second;
    private final Map<String, String> handed;
    private final int batch;

    private OnnxChain(
            @Nullable OrtSession first, String input, OrtSession second, Map<String, String> handed, int batch) {
        this.first = first;
        this.input = input;
        this.second = second;
        this.handed = handed;
        this.batch = batch;
    }

    /**
     * @param first from the input to what the second takes; quantised operators are computed as they are written
     * @param input of the first, which the second may take too
     * @param handed what each value of the first is called as an input of the second
     * @param batch rows in a pass; 0: any number
     * @param threads 0: as many as there are cores
     * @throws OnnxFailure if ONNX Runtime does not take a model
     */
    public static OnnxChain open(
            byte[] first, String input, byte[] second, Map<String, String> handed, int batch, int threads) {
        int all = OnnxRuntime.threads(threads);
        boolean more = handed.keySet().stream().anyMatch(value -> !value.equals(input));
        OrtSession forward = more ? OnnxRuntime.sessionAsWritten(first, all) : null;
        return new OnnxChain(forward, input, OnnxRuntime.session(second, all), handed, batch);
    }

    /**
     * @param rows [n, ...]
     * @param more another input of the second model, [n, ...]
     * @return an output of the second model
     */
    public Tensor run(Tensor rows, String name, Tensor more, String output) {
        int n = rows.shape()[0];
        int each = batch == 0 ? n : batch;
        float[] all = new float[0];
        int[] shape = {};
        for (int from = 0; from < n; from += each) {
            int count = Math.min(each, n - from);
            Tensor found = pass(part(rows, from, count, each), name, part(more, from, count, each), output);
            int length = found.size() / each;
            if (from == 0) {
                all = new float[n * length];
                shape = found.shape();
                shape[0] = shape[0] / each * n;
            }
            System.arraycopy(found.data(), 0, all, from * length, count * length);
        }
        return Tensor.of(all, shape);
    }

    private static Tensor part(Tensor tensor, int from, int count, int rows) {
        int[] shape = tensor.shape().clone();
        int length = tensor.size() / shape[0];
        shape[0] = rows;
        float[] part = new float[rows * length];
        System.arraycopy(tensor.data(), from * length, part, 0, count * length);
        return Tensor.of(part, shape);
    }

    private Tensor pass(Tensor rows, String name, Tensor more, String output) {
        Map<String, OnnxTensor> given = new HashMap<>();
        try (OnnxTensor image = tensor(rows);
                OnnxTensor other = tensor(more);
                OrtSession.Result values = first == null ? null : first.run(Map.of(input, image))) {
            for (Map.Entry<String, String> value : handed.entrySet()) {
                OnnxTensor found = value.getKey().equals(input) || values == null
                        ? image
                        : (OnnxTensor) values.get(value.getKey()).orElseThrow();
                given.put(value.getValue(), found);
            }
            given.put(name, other);
            try (OrtSession.Result result = second.run(given)) {
                OnnxTensor found = (OnnxTensor) result.get(output).orElseThrow();
                int[] shape = Arrays.stream(found.getInfo().getShape())
                        .mapToInt(Math::toIntExact)
                        .toArray();
                FloatBuffer buffer = found.getFloatBuffer();
                float[] numbers = new float[buffer.remaining()];
                buffer.get(numbers);
                return Tensor.of(numbers, shape);
            }
        } catch (OrtException e) {
            throw OnnxFailure.of("ONNX Runtime failed", e);
        }
    }

    private static OnnxTensor tensor(Tensor tensor) throws OrtException {
        long[] shape = Arrays.stream(tensor.shape()).asLongStream().toArray();
        return OnnxTensor.createTensor(
                OnnxRuntime.environment(), FloatBuffer.wrap(tensor.data(), 0, tensor.size()), shape);
    }

    @Override
    public void close() {
        try {
            if (first != null) {
                first.close();
            }
            second.close();
        } catch (OrtException e) {
            throw OnnxFailure.of("ONNX Runtime failed", e);
        }
    }
}
