package org.gazecheck.network.onnx.external;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import onnx.Onnx.NodeProto;
import org.gazecheck.network.Tensor;
import org.gazecheck.network.onnx.gradient.Derivative;
import org.gazecheck.network.onnx.runtime.OnnxPart;

/**
 * Reverse-mode differentiation of what lies between a layer and the logits of an external ONNX graph: ONNX Runtime computes
 * the values in between from the layer's activations, {@link Derivative} the gradients back.
 */
final class ExternalBackward implements AutoCloseable {
    private static final Set<String> CONSTANT_WEIGHTS =
            Set.of("Gemm", "MatMul", "Conv", "BatchNormalization", "Clip", "ReduceMean");

    private final ExternalGraph graph;
    private final String layer;
    private final List<NodeProto> nodes;
    private final List<Derivative> derivatives;
    private final Map<String, Tensor> constants;
    private final OnnxPart forward;

    private ExternalBackward(ExternalGraph graph, String layer, Map<String, Tensor> constants, int threads) {
        this.graph = graph;
        this.layer = layer;
        this.nodes = graph.dependents(layer);
        this.constants = constants;
        this.derivatives =
                nodes.stream().map(node -> Derivative.of(node).orElseThrow()).toList();
        List<String> values = nodes.stream().map(node -> node.getOutput(0)).toList();
        this.forward = OnnxPart.open(graph.cut(layer, values), graph.rows(), threads);
    }

    /** Why there are no gradients at a layer; empty: there are. */
    static Optional<String> whyNoGradients(ExternalGraph graph, String layer) {
        for (NodeProto node : graph.dependents(layer)) {
            boolean onImage = node.getInputList().stream().skip(1).anyMatch(graph::isInSubgraph);
            if (Derivative.of(node).isEmpty() || onImage && CONSTANT_WEIGHTS.contains(node.getOpType())) {
                return Optional.of(
                        "after it comes the operator " + node.getOpType() + ", whose derivative is not implemented");
            }
            if (node.getOutputCount() > 1 && usesLaterOutputs(graph, node)) {
                return Optional.of("the operator " + node.getOpType() + " after it has several outputs");
            }
        }
        return Optional.empty();
    }

    private static boolean usesLaterOutputs(ExternalGraph graph, NodeProto node) {
        List<String> later = node.getOutputList().subList(1, node.getOutputCount());
        return graph.subgraph().stream()
                .anyMatch(other -> other.getInputList().stream().anyMatch(later::contains));
    }

    static ExternalBackward open(ExternalGraph graph, String layer, int threads) {
        Set<String> names = new LinkedHashSet<>();
        for (NodeProto node : graph.dependents(layer)) {
            node.getInputList().stream()
                    .filter(input -> !input.isEmpty() && !graph.dependsOnImage(input))
                    .forEach(names::add);
        }
        Map<String, Tensor> constants = new HashMap<>();
        if (!names.isEmpty()) {
            try (OnnxPart part = OnnxPart.open(graph.constants(new ArrayList<>(names)), 0, threads)) {
                part.run()
                        .forEach(
                                (name, value) -> constants.put(name.substring(ExternalGraph.CONSTANT.length()), value));
            }
        }
        return new ExternalBackward(graph, layer, constants, threads);
    }

    /**
     * @param activations of the layer, [n, ...]
     * @param scoreWeights [n, classes]
     * @return the gradient of the weighted logits, as large as the activations
     */
    Tensor run(Tensor activations, Tensor scoreWeights) {
        Map<String, Tensor> values = new HashMap<>(forward.run(activations));
        values.put(layer, activations);
        Tensor logits = Objects.requireNonNull(values.get(graph.logits()), graph.logits());
        Map<String, Tensor> gradients = new HashMap<>();
        gradients.put(graph.logits(), Tensor.of(scoreWeights.data(), logits.shape()));
        for (int i = nodes.size() - 1; i >= 0; i--) {
            Tensor gradient = gradients.remove(nodes.get(i).getOutput(0));
            if (gradient != null) {
                back(i, gradient, values, gradients);
            }
        }
        return Objects.requireNonNull(gradients.get(layer), layer);
    }

    private void back(int node, Tensor gradient, Map<String, Tensor> values, Map<String, Tensor> gradients) {
        List<String> names = nodes.get(node).getInputList();
        List<Tensor> inputs = new ArrayList<>();
        boolean[] wanted = new boolean[names.size()];
        for (int i = 0; i < wanted.length; i++) {
            wanted[i] = values.containsKey(names.get(i));
            inputs.add(wanted[i] ? values.get(names.get(i)) : constants.get(names.get(i)));
        }
        for (int i = 0; i < wanted.length; i++) {
            if (wanted[i]) {
                Tensor back = derivatives.get(node).vectorJacobianProduct(gradient, inputs, i);
                gradients.merge(names.get(i), back, ExternalBackward::sum);
            }
        }
    }

    private static Tensor sum(Tensor a, Tensor b) {
        float[] sum = new float[a.size()];
        for (int i = 0; i < sum.length; i++) {
            sum[i] = a.data()[i] + b.data()[i];
        }
        return Tensor.of(sum, a.shape());
    }

    @Override
    public void close() {
        forward.close();
    }
}
