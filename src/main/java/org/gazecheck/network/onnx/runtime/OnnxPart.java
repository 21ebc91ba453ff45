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
        Passes passes = new Passes(n, batch);
        Map<String, RowJoin> outputs = new HashMap<>();
        for (int pass = 0; pass < passes.count(); pass++) {
            run(OnnxForward.part(input, passes.from(pass), passes.asked(pass), batch))
                    .forEach((name, found) -> outputs.computeIfAbsent(name, key -> new RowJoin(passes))
                            .add(found));
        }
        Map<String, Tensor> whole = new HashMap<>();
        outputs.forEach((name, join) -> whole.put(name, join.whole()));
        return whole;
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
            if (output.getValue() instanceof OnnxTensor tensor) {
                tensor(tensor).ifPresent(numbers -> tensors.put(output.getKey(), numbers));
            }
        }
        return tensors;
    }

    /** Its numbers; empty for other types than single and half precision and whole numbers. */
    static Optional<Tensor> tensor(OnnxTensor tensor) {
        float[] numbers;
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
        } else {
            return Optional.empty();
        }
        int[] shape = Arrays.stream(tensor.getInfo().getShape())
                .mapToInt(Math::toIntExact)
                .toArray();
        return Optional.of(Tensor.of(numbers, shape));
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
