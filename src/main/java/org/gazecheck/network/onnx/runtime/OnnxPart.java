package org.gazecheck.network.onnx.runtime;

import ai.onnxruntime.OnnxJavaType;
import ai.onnxruntime.OnnxTensor;
import ai.onnxruntime.OnnxValue;
import ai.onnxruntime.OrtException;
import ai.onnxruntime.OrtSession;
import java.nio.FloatBuffer;
import java.nio.LongBuffer;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Iterator;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import org.gazecheck.network.Tensor;
import org.jspecify.annotations.Nullable;

/** A part of an external model, loaded in ONNX Runtime. */
public final class OnnxPart implements AutoCloseable {
    private static final Set<OnnxJavaType> REAL =
            Set.of(OnnxJavaType.FLOAT, OnnxJavaType.FLOAT16, OnnxJavaType.BFLOAT16);

    private final OrtSession session;
    private final int batch;

    private OnnxPart(OrtSession session, int batch) {
        this.session = session;
        this.batch = batch;
    }

    /**
     * @param batch images in a pass; 0: any number
     * @param threads 0: as many as there are cores
     * @throws OnnxFailure if ONNX Runtime does not take the model
     */
    public static OnnxPart open(byte[] model, int batch, int threads) {
        return new OnnxPart(OnnxRuntime.session(model, OnnxRuntime.threads(threads)), batch);
    }

    /** As {@link #open}, of a model whose quantised operators are computed as they are written, not in whole numbers. */
    public static OnnxPart openAsWritten(byte[] model, int batch, int threads) {
        return new OnnxPart(OnnxRuntime.sessionAsWritten(model, OnnxRuntime.threads(threads)), batch);
    }

    /** The floating-point outputs of a model without inputs. */
    public Map<String, Tensor> run() {
        return run(Map.of());
    }

    /**
     * @param input [n, ...]
     * @return outputs [n, ...] by name, those that are of single or half precision, or whole numbers
     */
    public Map<String, Tensor> run(Tensor input) {
        int n = input.shape()[0];
        if (batch == 0 || batch == n) {
            return run(Map.of(session.getInputNames().iterator().next(), input));
        }
        Map<String, Tensor> outputs = new HashMap<>();
        int length = input.size() / n;
        for (int from = 0; from < n; from += batch) {
            int count = Math.min(batch, n - from);
            int[] exact = input.shape().clone();
            exact[0] = batch;
            float[] rows = new float[batch * length];
            System.arraycopy(input.data(), from * length, rows, 0, count * length);
            for (Map.Entry<String, Tensor> output : run(Tensor.of(rows, exact)).entrySet()) {
                Tensor found = output.getValue();
                int row = found.size() / batch;
                int[] shape = found.shape().clone();
                shape[0] = shape[0] / batch * n;
                Tensor whole = outputs.computeIfAbsent(output.getKey(), name -> Tensor.of(new float[n * row], shape));
                System.arraycopy(found.data(), 0, whole.data(), from * row, count * row);
            }
        }
        return outputs;
    }

    private Map<String, Tensor> run(Map<String, Tensor> inputs) {
        return run(inputs, OnnxPart::tensors);
    }

    /**
     * What the outputs are that are tensors, by name.
     *
     * @param input [n, ...], of exactly as many images as a pass takes; empty for a model without inputs
     */
    public Map<String, Output> outputs(Optional<Tensor> input) {
        Map<String, Tensor> inputs = new HashMap<>();
        input.ifPresent(tensor -> inputs.put(session.getInputNames().iterator().next(), tensor));
        return run(inputs, results -> {
            Map<String, Output> found = new HashMap<>();
            results.forEachRemaining(entry -> {
                if (entry.getValue() instanceof OnnxTensor tensor) {
                    found.put(entry.getKey(), Output.of(tensor));
                }
            });
            return found;
        });
    }

    private <T> T run(Map<String, Tensor> inputs, Function<Iterator<Map.Entry<String, OnnxValue>>, T> use) {
        Map<String, OnnxTensor> given = new HashMap<>();
        try {
            for (Map.Entry<String, Tensor> input : inputs.entrySet()) {
                Tensor tensor = input.getValue();
                long[] shape = Arrays.stream(tensor.shape()).asLongStream().toArray();
                FloatBuffer values = FloatBuffer.wrap(tensor.data(), 0, tensor.size());
                given.put(input.getKey(), OnnxTensor.createTensor(OnnxRuntime.environment(), values, shape));
            }
            try (OrtSession.Result result = session.run(given)) {
                return use.apply(result.iterator());
            }
        } catch (OrtException e) {
            throw OnnxFailure.of("ONNX Runtime failed", e);
        } finally {
            given.values().forEach(OnnxTensor::close);
        }
    }

    private static Map<String, Tensor> tensors(Iterator<Map.Entry<String, OnnxValue>> outputs) {
        Map<String, Tensor> tensors = new HashMap<>();
        while (outputs.hasNext()) {
            Map.Entry<String, OnnxValue> output = outputs.next();
            float[] numbers = output.getValue() instanceof OnnxTensor tensor ? numbers(tensor) : null;
            if (numbers != null) {
                int[] shape = Arrays.stream(
                                ((OnnxTensor) output.getValue()).getInfo().getShape())
                        .mapToInt(Math::toIntExact)
                        .toArray();
                tensors.put(output.getKey(), Tensor.of(numbers, shape));
            }
        }
        return tensors;
    }

    /** Absent for other types. */
    private static float @Nullable [] numbers(OnnxTensor tensor) {
        float[] numbers = null;
        if (REAL.contains(tensor.getInfo().type)) {
            FloatBuffer values = tensor.getFloatBuffer();
            numbers = new float[values.remaining()];
            values.get(numbers);
        } else if (tensor.getInfo().type == OnnxJavaType.INT64) {
            LongBuffer values = tensor.getLongBuffer();
            numbers = new float[values.remaining()];
            for (int i = 0; i < numbers.length; i++) {
                numbers[i] = values.get(i);
            }
        }
        return numbers;
    }

    @Override
    public void close() {
        try {
            session.close();
        } catch (OrtException e) {
            throw OnnxFailure.of("ONNX Runtime failed", e);
        }
    }
}
