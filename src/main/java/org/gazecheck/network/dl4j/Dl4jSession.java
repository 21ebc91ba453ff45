package org.gazecheck.network.dl4j;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.deeplearning4j.nn.conf.WorkspaceMode;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.gazecheck.network.Architecture;
import org.gazecheck.network.BuiltInNetwork;
import org.gazecheck.network.InferencePlan;
import org.gazecheck.network.InferenceSession;
import org.gazecheck.network.Section;
import org.gazecheck.network.Tap;
import org.gazecheck.network.Tensor;
import org.jspecify.annotations.Nullable;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.nativeblas.NativeOpsHolder;

/** Inference in DL4J: the reference for the other engine, and the path to a GPU. Not for several threads at once. */
public final class Dl4jSession implements InferenceSession {
    private final InferencePlan plan;
    private final Architecture architecture;
    private final ComputationGraph graph;
    private final @Nullable BackwardWalk backward;
    private final int threads;

    private Dl4jSession(
            InferencePlan plan,
            Architecture architecture,
            ComputationGraph graph,
            @Nullable BackwardWalk backward,
            int threads) {
        this.plan = plan;
        this.architecture = architecture;
        this.graph = graph;
        this.backward = backward;
        this.threads = threads;
    }

    /**
     * @param threads for the native library's work on behalf of the thread that calls {@code run}; 0 leaves them as
     *     they are
     * @throws IllegalArgumentException if the plan names a layer that the network lacks, or one before its input
     */
    public static Dl4jSession open(BuiltInNetwork network, InferencePlan plan, int threads) {
        Architecture architecture = network.architecture();
        List<String> gradients = gradientVertices(architecture, plan);
        Section section = Section.of(architecture, plan);
        WorkspaceMode workspaces = gradients.isEmpty() ? WorkspaceMode.ENABLED : WorkspaceMode.NONE;
        ComputationGraph graph = Dl4jGraphs.graph(network, section, workspaces);
        BackwardWalk backward = gradients.isEmpty() ? null : new BackwardWalk(graph, gradients);
        return new Dl4jSession(plan, architecture, graph, backward, threads);
    }

    private static List<String> gradientVertices(Architecture architecture, InferencePlan plan) {
        List<String> vertices = new ArrayList<>();
        for (Tap tap : plan.taps()) {
            if (tap instanceof Tap.Gradients gradients) {
                vertices.add(vertex(architecture, plan, gradients.layer()));
            }
        }
        return vertices;
    }

    private static String vertex(Architecture architecture, InferencePlan plan, String layer) {
        String block = Section.block(architecture, layer);
        Section section = Section.from(architecture, plan.from(), Section.End.BLOCKS);
        if (section.from().equals(block)) {
            return GraphConfiguration.INPUT;
        }
        if (section.residuals().stream().noneMatch(residual -> residual.name().equals(block))) {
            throw new IllegalArgumentException(layer + " lies before the plan's input, " + plan.from());
        }
        return block;
    }

    @Override
    public Map<Tap, Tensor> run(Tensor input) {
        if (backward != null) {
            throw new IllegalStateException("gradients need score weights: call run(input, scoreWeights)");
        }
        useThreads();
        List<String> vertices = new ArrayList<>();
        Map<Tap, INDArray> found = new HashMap<>();
        INDArray in = array(input);
        for (Tap tap : plan.taps()) {
            vertices.add(vertex(tap));
        }
        List<String> computed = vertices.stream()
                .distinct()
                .filter(vertex -> !vertex.equals(GraphConfiguration.INPUT))
                .toList();
        INDArray[] outputs =
                computed.isEmpty() ? new INDArray[0] : graph.output(computed, false, new INDArray[] {in}, null);
        for (int i = 0; i < vertices.size(); i++) {
            int index = computed.indexOf(vertices.get(i));
            found.put(plan.taps().get(i), index < 0 ? in : outputs[index]);
        }
        return tensors(found);
    }

    @Override
    public Map<Tap, Tensor> run(Tensor input, Tensor scoreWeights) {
        if (backward == null) {
            throw new IllegalStateException("no gradients in the plan: call run(input)");
        }
        useThreads();
        backward.run(array(input), array(scoreWeights));
        Map<Tap, INDArray> found = new HashMap<>();
        for (Tap tap : plan.taps()) {
            String vertex = vertex(tap);
            found.put(tap, tap instanceof Tap.Gradients ? backward.gradient(vertex) : backward.activations(vertex));
        }
        return tensors(found);
    }

    private void useThreads() {
        if (threads > 0) {
            NativeOpsHolder.getInstance().getDeviceNativeOps().setOmpNumThreads(threads);
        }
    }

    private String vertex(Tap tap) {
        if (tap instanceof Tap.Activations activations) {
            return vertex(architecture, plan, activations.layer());
        }
        if (tap instanceof Tap.Gradients gradients) {
            return vertex(architecture, plan, gradients.layer());
        }
        return tap instanceof Tap.Features ? GraphConfiguration.FEATURES : GraphConfiguration.LOGITS;
    }

    private static INDArray array(Tensor tensor) {
        long[] shape = Arrays.stream(tensor.shape()).asLongStream().toArray();
        float[] data =
                tensor.data().length == tensor.size() ? tensor.data() : Arrays.copyOf(tensor.data(), tensor.size());
        return Nd4j.create(data, shape, 'c');
    }

    private static Map<Tap, Tensor> tensors(Map<Tap, INDArray> arrays) {
        Map<Tap, Tensor> tensors = new HashMap<>();
        arrays.forEach((tap, array) -> {
            int[] shape =
                    Arrays.stream(array.shape()).mapToInt(Math::toIntExact).toArray();
            tensors.put(tap, new Tensor(array.dup('c').data().asFloat(), shape));
        });
        return tensors;
    }

    @Override
    public void close() {
        graph.params().close();
        if (backward != null) {
            backward.close();
        }
    }
}
