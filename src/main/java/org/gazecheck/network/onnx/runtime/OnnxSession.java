package org.gazecheck.network.onnx.runtime;

import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.gazecheck.network.BuiltInNetwork;
import org.gazecheck.network.Frames;
import org.gazecheck.network.InferencePlan;
import org.gazecheck.network.InferenceSession;
import org.gazecheck.network.Tap;
import org.gazecheck.network.Tensor;
import org.gazecheck.network.onnx.export.OnnxModels;

/** Inference in ONNX Runtime, on the CPU. Safe for several threads. */
public final class OnnxSession implements InferenceSession {
    private final BuiltInNetwork network;
    private final InferencePlan plan;
    private final boolean sized;
    private final boolean gradients;
    private final boolean classMaps;
    private final int threads;
    private final Map<List<Integer>, RowRunner> runners = new ConcurrentHashMap<>();

    private OnnxSession(BuiltInNetwork network, InferencePlan plan, boolean sized, int threads) {
        this.network = network;
        this.plan = plan;
        this.sized = sized;
        this.gradients = plan.taps().stream().anyMatch(Tap.Gradients.class::isInstance);
        this.classMaps = hasClassMaps(plan);
        this.threads = threads;
    }

    /**
     * @param threads 0: as many as there are cores
     * @throws IllegalArgumentException if the plan names a layer that the network lacks, or one before its input
     */
    public static OnnxSession open(BuiltInNetwork network, InferencePlan plan, int threads) {
        return new OnnxSession(network, plan, OnnxModels.isSized(network, plan), OnnxRuntime.threads(threads));
    }

    /** Of one size of images, where the model is; written when the first of them come. */
    private RowRunner runner(int[] row) {
        List<Integer> size = sized ? Arrays.stream(row).boxed().toList() : List.of();
        return runners.computeIfAbsent(
                size, key -> new RowRunner(() -> OnnxModels.render(network, plan, row), !classMaps, threads));
    }

    private static boolean hasClassMaps(InferencePlan plan) {
        return plan.taps().stream().anyMatch(Tap.ClassMaps.class::isInstance);
    }

    @Override
    public Map<Tap, Tensor> run(Tensor input) {
        requireForwardOnly();
        return run(input.shape()[0], row(input), Map.of(OnnxModels.INPUT, RowInput.of(input)));
    }

    @Override
    public Map<Tap, Tensor> run(Frames frames) {
        requireForwardOnly();
        return run(frames.size(), frames.rowShape(), Map.of(OnnxModels.INPUT, RowInput.of(frames)));
    }

    private void requireForwardOnly() {
        if (gradients) {
            throw new IllegalStateException("gradients need score weights: call run(input, scoreWeights)");
        }
        if (classMaps) {
            throw new IllegalStateException("class maps need targets: call run(input, targets)");
        }
    }

    @Override
    public Map<Tap, Tensor> run(Tensor input, Tensor scoreWeights) {
        if (!gradients) {
            throw new IllegalStateException("no gradients in the plan: call run(input)");
        }
        return run(
                input.shape()[0],
                row(input),
                Map.of(OnnxModels.INPUT, RowInput.of(input), OnnxModels.SCORE_WEIGHTS, RowInput.of(scoreWeights)));
    }

    @Override
    public Map<Tap, Tensor> run(Tensor input, int[] targets) {
        return run(input.shape()[0], row(input), RowInput.of(input), targets);
    }

    @Override
    public Map<Tap, Tensor> run(Frames frames, int[] targets) {
        return run(frames.size(), frames.rowShape(), RowInput.of(frames), targets);
    }

    private Map<Tap, Tensor> run(int n, int[] row, RowInput input, int[] targets) {
        if (!classMaps) {
            throw new IllegalStateException("no class maps in the plan: call run(input)");
        }
        return run(n, row, Map.of(OnnxModels.INPUT, input, OnnxModels.TARGETS, RowInput.of(targets)));
    }

    private static int[] row(Tensor input) {
        return Arrays.copyOfRange(input.shape(), 1, input.shape().length);
    }

    private Map<Tap, Tensor> run(int n, int[] row, Map<String, RowInput> inputs) {
        Map<String, Tensor> outputs = runner(row).run(n, inputs);
        Map<Tap, Tensor> found = new HashMap<>();
        for (Tap tap : plan.taps()) {
            found.put(tap, outputs.get(OnnxModels.output(tap)));
        }
        return found;
    }

    @Override
    public void close() {
        runners.values().forEach(RowRunner::close);
    }
}
