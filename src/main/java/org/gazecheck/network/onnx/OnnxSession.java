package org.gazecheck.network.onnx;

import ai.onnxruntime.OnnxTensor;
import ai.onnxruntime.OrtEnvironment;
import ai.onnxruntime.OrtException;
import ai.onnxruntime.OrtLoggingLevel;
import ai.onnxruntime.OrtSession;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.FloatBuffer;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import org.gazecheck.network.DescribedNetwork;
import org.gazecheck.network.InferencePlan;
import org.gazecheck.network.InferenceSession;
import org.gazecheck.network.Tap;
import org.gazecheck.network.Tensor;

/** Inference in ONNX Runtime, on the CPU. */
public final class OnnxSession implements InferenceSession {
    private final InferencePlan plan;
    private final boolean gradients;
    private final OrtEnvironment environment;
    private final OrtSession session;

    private OnnxSession(InferencePlan plan, OrtEnvironment environment, OrtSession session) {
        this.plan = plan;
        this.gradients = plan.taps().stream().anyMatch(Tap.Gradients.class::isInstance);
        this.environment = environment;
        this.session = session;
    }

    /**
     * @param threads 0: as many as there are cores
     * @throws IllegalArgumentException if the plan names a layer that the network lacks, or one before its input
     */
    public static OnnxSession open(DescribedNetwork network, InferencePlan plan, int threads) {
        byte[] model = OnnxModels.render(network, plan);
        OrtEnvironment environment = environment();
        try (OrtSession.SessionOptions options = new OrtSession.SessionOptions()) {
            options.setIntraOpNumThreads(
                    threads > 0 ? threads : Runtime.getRuntime().availableProcessors());
            return new OnnxSession(plan, environment, environment.createSession(model, options));
        } catch (OrtException e) {
            throw new IllegalStateException("ONNX Runtime does not take the model: " + e.getMessage(), e);
        }
    }

    static OrtEnvironment environment() {
        try {
            NativeLibraries.unpack();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return OrtEnvironment.getEnvironment(OrtLoggingLevel.ORT_LOGGING_LEVEL_ERROR, "gazecheck");
    }

    /** Version of the native library. */
    public static String runtimeVersion() {
        return environment().getVersion();
    }

    @Override
    public Map<Tap, Tensor> run(Tensor input) {
        if (gradients) {
            throw new IllegalStateException("gradients need score weights: call run(input, scoreWeights)");
        }
        try (OnnxTensor in = tensor(input)) {
            return run(Map.of(OnnxModels.INPUT, in));
        } catch (OrtException e) {
            throw failed(e);
        }
    }

    @Override
    public Map<Tap, Tensor> run(Tensor input, Tensor scoreWeights) {
        if (!gradients) {
            throw new IllegalStateException("no gradients in the plan: call run(input)");
        }
        try (OnnxTensor in = tensor(input);
                OnnxTensor weights = tensor(scoreWeights)) {
            return run(Map.of(OnnxModels.INPUT, in, OnnxModels.SCORE_WEIGHTS, weights));
        } catch (OrtException e) {
            throw failed(e);
        }
    }

    private Map<Tap, Tensor> run(Map<String, OnnxTensor> inputs) throws OrtException {
        Map<Tap, Tensor> found = new HashMap<>();
        try (OrtSession.Result result = session.run(inputs)) {
            for (Tap tap : plan.taps()) {
                OnnxTensor output =
                        (OnnxTensor) result.get(OnnxModels.output(tap)).orElseThrow();
                long[] shape = output.getInfo().getShape();
                int[] sizes = Arrays.stream(shape).mapToInt(Math::toIntExact).toArray();
                FloatBuffer values = output.getFloatBuffer();
                float[] data = new float[values.remaining()];
                values.get(data);
                found.put(tap, new Tensor(data, sizes));
            }
        }
        return found;
    }

    private OnnxTensor tensor(Tensor tensor) throws OrtException {
        long[] shape = Arrays.stream(tensor.shape()).asLongStream().toArray();
        return OnnxTensor.createTensor(environment, FloatBuffer.wrap(tensor.data(), 0, tensor.size()), shape);
    }

    private static IllegalStateException failed(OrtException e) {
        return new IllegalStateException("ONNX Runtime failed: " + e.getMessage(), e);
    }

    @Override
    public void close() {
        try {
            session.close();
        } catch (OrtException e) {
            throw failed(e);
        }
    }
}
