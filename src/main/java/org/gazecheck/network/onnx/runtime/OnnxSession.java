package org.gazecheck.network.onnx.runtime;

import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import org.gazecheck.network.BuiltInNetwork;
import org.gazecheck.network.Frames;
import org.gazecheck.network.InferencePlan;
import org.gazecheck.network.InferenceSession;
import org.gazecheck.network.Tap;
import org.gazecheck.network.Tensor;
import org.gazecheck.network.onnx.export.OnnxModels;

/** Inference in ONNX Runtime, on the CPU. Safe for several threads. */
public final class OnnxSession implements InferenceSession {
    private final InferencePlan plan;
    private final boolean gradients;
    private final boolean classMaps;
    private final RowRunner runner;

    private OnnxSession(InferencePlan plan, RowRunner runner) {
        this.plan = plan;
        this.gradients = plan.taps().stream().anyMatch(Tap.Gradients.class::isInstance);
        this.classMaps = hasClassMaps(plan);
        this.runner = runner;
    }

    /**
     * @param threads 0: as many as there are cores
     * @throws IllegalArgumentException if the plan names a layer that the network lacks, or one before its input
     */
    public static OnnxSession open(BuiltInNetwork network, InferencePlan plan, int threads) {
        AtomicReference<byte[]> first = new AtomicReference<>(OnnxModels.render(network, plan));
        RowRunner runner = new RowRunner(
                () -> Optional.ofNullable(first.getAndSet(null)).orElseGet(() -> OnnxModels.render(network, plan)),
                !hasClassMaps(plan),
                OnnxRuntime.threads(threads));
        return new OnnxSession(plan, runner);
    }

    private static boolean hasClassMaps(InferencePlan plan) {
        return plan.taps().stream().anyMatch(Tap.ClassMaps.class::isInstance);
    }

    @Override
    public Map<Tap, Tensor> run(Tensor input) {
        requireForwardOnly();
        return run(input.shape()[0], Map.of(OnnxModels.INPUT, RowInput.of(input)));
    }

    @Override
    public Map<Tap, Tensor> run(Frames frames) {
        requireForwardOnly();
        return run(frames.size(), Map.of(OnnxModels.INPUT, RowInput.of(frames)));
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
                Map.of(OnnxModels.INPUT, RowInput.of(input), OnnxModels.SCORE_WEIGHTS, RowInput.of(scoreWeights)));
    }

    @Override
    public Map<Tap, Tensor> run(Tensor input, int[] targets) {
        return run(input.shape()[0], RowInput.of(input), targets);
    }

    @Override
    public Map<Tap, Tensor> run(Frames frames, int[] targets) {
        return run(frames.size(), RowInput.of(frames), targets);
    }

    private Map<Tap, Tensor> run(int n, RowInput input, int[] targets) {
        if (!classMaps) {
            throw new IllegalStateException("no class maps in the plan: call run(input)");
        }
        return run(n, Map.of(OnnxModels.INPUT, input, OnnxModels.TARGETS, RowInput.of(targets)));
    }

    private Map<Tap, Tensor> run(int n, Map<String, RowInput> inputs) {
        Map<String, Tensor> outputs = runner.run(n, inputs);
        Map<Tap, Tensor> found = new HashMap<>();
        for (Tap tap : plan.taps()) {
            found.put(tap, outputs.get(OnnxModels.output(tap)));
        }
        return found;
    }

    @Override
    public void close() {
        runner.close();
    }
}
