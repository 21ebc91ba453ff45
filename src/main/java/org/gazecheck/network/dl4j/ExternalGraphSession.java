package org.gazecheck.network.dl4j;

import java.util.Arrays;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.gazecheck.network.ExternalNetwork;
import org.gazecheck.network.InferencePlan;
import org.gazecheck.network.InferenceSession;
import org.gazecheck.network.Tap;
import org.gazecheck.network.Tensor;
import org.jspecify.annotations.Nullable;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.nativeblas.NativeOpsHolder;

/** An external Deeplearning4j graph, with DL4J's own forward and backward pass. Not for several threads at once. */
final class ExternalGraphSession implements InferenceSession {
    private final ComputationGraph graph;
    private final String logits;
    private final ExternalNetwork network;
    private final InferencePlan plan;
    private final List<String> gradients;
    private final @Nullable BackwardWalk walk;
    private final int threads;

    private ExternalGraphSession(
            ComputationGraph graph,
            String logits,
            ExternalNetwork network,
            InferencePlan plan,
            List<String> gradients,
            @Nullable BackwardWalk walk,
            int threads) {
        this.graph = graph;
        this.logits = logits;
        this.network = network;
        this.plan = plan;
        this.gradients = gradients;
        this.walk = walk;
        this.threads = threads;
    }

    /**
     * @param graph no other thread may use it
     * @param logits name of the vertex that gives them
     * @param threads for the native library's work on behalf of the thread that calls {@code run}; 0 leaves them as
     *     they are
     * @throws IllegalArgumentException if the plan names a layer that the network lacks, or asks for gradients that cannot
     *     be had
     */
    static ExternalGraphSession open(
            ComputationGraph graph, String logits, ExternalNetwork network, InferencePlan plan, int threads) {
        boolean fromImage = plan.from().equals(InferencePlan.IMAGE);
        String from = fromImage
                ? graph.getConfiguration().getNetworkInputs().get(0)
                : network.layers().known(plan.from()).value();
        Set<String> gradients = new LinkedHashSet<>();
        for (Tap tap : plan.taps()) {
            String vertex = vertex(logits, network, tap);
            if (tap instanceof Tap.Gradients asked) {
                network.whyNoGradients(asked.layer()).ifPresent(reason -> {
                    throw new IllegalArgumentException("no gradients at " + asked.layer() + ": " + reason);
                });
                gradients.add(vertex);
            }
        }
        List<String> kept = List.copyOf(gradients);
        BackwardWalk walk = fromImage && kept.isEmpty() ? null : new BackwardWalk(graph, from, logits, false, kept);
        return new ExternalGraphSession(graph, logits, network, plan, kept, walk, threads);
    }

    private static String vertex(String logits, ExternalNetwork network, Tap tap) {
        if (tap instanceof Tap.Activations activations) {
            return network.layers().known(activations.layer()).value();
        }
        if (tap instanceof Tap.Gradients gradients) {
            return network.layers().known(gradients.layer()).value();
        }
        return tap instanceof Tap.Logits
                ? logits
                : network.layers().known(network.lastLayer()).value();
    }

    @Override
    public Map<Tap, Tensor> run(Tensor input) {
        if (!gradients.isEmpty()) {
            throw new IllegalStateException("gradients need score weights: call run(input, scoreWeights)");
        }
        useThreads();
        Map<Tap, Tensor> found = new HashMap<>();
        if (walk == null) {
            List<String> vertices = plan.taps().stream()
                    .map(tap -> vertex(logits, network, tap))
                    .distinct()
                    .toList();
            INDArray[] outputs = graph.output(vertices, false, new INDArray[] {given(input)}, null);
            for (Tap tap : plan.taps()) {
                found.put(tap, tensor(tap, outputs[vertices.indexOf(vertex(logits, network, tap))]));
            }
            return found;
        }
        walk.run(given(input), null);
        for (Tap tap : plan.taps()) {
            found.put(tap, tensor(tap, walk.activations(vertex(logits, network, tap))));
        }
        return found;
    }

    @Override
    public Map<Tap, Tensor> run(Tensor input, Tensor scoreWeights) {
        if (walk == null || gradients.isEmpty()) {
            throw new IllegalStateException("no gradients in the plan: call run(input)");
        }
        useThreads();
        walk.run(given(input), VertexSearch.array(scoreWeights));
        Map<Tap, Tensor> found = new HashMap<>();
        for (Tap tap : plan.taps()) {
            String vertex = vertex(logits, network, tap);
            INDArray array = tap instanceof Tap.Gradients ? walk.gradient(vertex) : walk.activations(vertex);
            found.put(tap, tensor(tap, array));
        }
        return found;
    }

    private void useThreads() {
        if (threads > 0) {
            NativeOpsHolder.getInstance().getDeviceNativeOps().setOmpNumThreads(threads);
        }
    }

    /** An image, or activations, as the graph takes them. */
    private INDArray given(Tensor input) {
        Tensor whole = input.data().length == input.size()
                ? input
                : Tensor.of(Arrays.copyOf(input.data(), input.size()), input.shape());
        if (plan.from().equals(InferencePlan.IMAGE)) {
            return VertexSearch.array(network.input().arrange(whole));
        }
        INDArray array = VertexSearch.array(whole);
        return network.input().channelsLast() ? array.permute(0, 2, 3, 1).dup('c') : array;
    }

    /** Logits as rows, maps with their channels first. */
    private Tensor tensor(Tap tap, INDArray array) {
        INDArray ordered = array.rank() == 4 && network.input().channelsLast() ? array.permute(0, 3, 1, 2) : array;
        int[] shape = Arrays.stream(ordered.shape()).mapToInt(Math::toIntExact).toArray();
        Tensor tensor = Tensor.of(ordered.dup('c').data().asFloat(), shape);
        return tap instanceof Tap.Features ? tensor.mapMeans() : tensor;
    }

    @Override
    public void close() {
        if (walk != null) {
            walk.close();
        }
    }
}
