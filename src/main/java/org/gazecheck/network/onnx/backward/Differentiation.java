package org.gazecheck.network.onnx.backward;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import onnx.Onnx.NodeProto;
import org.gazecheck.network.onnx.graph.GraphBuilder;

/** The way back from a value to one before it: gradients so far. */
final class Differentiation {
    private final ForwardGraph forward;
    private final ForwardValues values;
    private final Nodes nodes;
    private final String summed;
    private final Set<String> wanted = new HashSet<>();
    private final Map<String, List<String>> contributions = new HashMap<>();

    /** @param summed a value whose gradients are summed over rows and columns; empty: none */
    Differentiation(ForwardGraph forward, ForwardValues values, Nodes nodes, String summed) {
        this.forward = forward;
        this.values = values;
        this.nodes = nodes;
        this.summed = summed;
    }

    /**
     * @param value behind the layer
     * @param gradient with respect to it
     * @return that with respect to the layer; empty where the value does not depend on it
     * @throws NoDerivativeException if an operator on the way cannot be differentiated; its name is in the message
     */
    Optional<String> back(String layer, String value, String gradient) {
        List<NodeProto> dependents = forward.dependents(layer);
        wanted.add(layer);
        dependents.forEach(node -> wanted.addAll(node.getOutputList()));
        give(value, gradient);
        for (int i = dependents.size() - 1; i >= 0; i--) {
            NodeProto node = dependents.get(i);
            if (node.getOutputList().stream().anyMatch(contributions::containsKey)) {
                Rules.of(node).back(new Step(this, node));
                node.getOutputList().forEach(contributions::remove);
            }
        }
        return gradient(layer);
    }

    /** Why a node cannot be differentiated, with respect to any of its operands that depend on the image; empty: it can. */
    static Optional<String> whyNot(NodeProto node, Set<String> wanted, ForwardGraph forward) {
        Nodes nodes = new Nodes(new GraphBuilder(Nodes.OPSET), BackwardModel.SCORE_WEIGHTS);
        Differentiation alone = new Differentiation(forward, new TakenValues(forward, nodes, Map.of()), nodes, "");
        alone.wanted.addAll(wanted);
        node.getOutputList().forEach(output -> alone.give(output, output));
        try {
            Rules.of(node).back(new Step(alone, node));
            return Optional.empty();
        } catch (NoDerivativeException e) {
            return Optional.of(e.how());
        }
    }

    ForwardGraph forward() {
        return forward;
    }

    ForwardValues values() {
        return values;
    }

    Nodes nodes() {
        return nodes;
    }

    boolean isWanted(String value) {
        return wanted.contains(value);
    }

    boolean isSummed(String value) {
        return value.equals(summed);
    }

    void give(String value, String gradient) {
        contributions.computeIfAbsent(value, v -> new ArrayList<>()).add(gradient);
    }

    Optional<String> gradient(String value) {
        List<String> all = contributions.get(value);
        if (all == null) {
            return Optional.empty();
        }
        String sum = all.size() == 1 ? all.get(0) : nodes.op("Sum", all.toArray(String[]::new));
        contributions.put(value, List.of(sum));
        return Optional.of(sum);
    }
}
