package org.gazecheck.network.onnx.backward;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import onnx.Onnx.NodeProto;
import onnx.Onnx.TensorProto;
import org.gazecheck.network.onnx.graph.GraphBuilder;

/** The way back from the logits to one value: gradients so far, and what of the forward pass is read. */
final class Differentiation {
    private static final String FORWARD = "forward ";
    static final String GRADIENT = "gradient";

    private final ForwardGraph forward;
    private final Set<String> wanted = new HashSet<>();
    private final Map<String, List<String>> contributions = new HashMap<>();
    private final Map<String, String> read = new HashMap<>();
    private final Map<String, String> saved = new LinkedHashMap<>();

    private Differentiation(ForwardGraph forward) {
        this.forward = forward;
    }

    /** @throws NoDerivativeException if an operator on the way cannot be differentiated; its name is in the message */
    static BackwardModel to(String layer, ForwardGraph forward) {
        Differentiation back = new Differentiation(forward);
        GraphBuilder graph = new GraphBuilder(Nodes.OPSET);
        Nodes nodes = new Nodes(graph);
        List<NodeProto> dependents = forward.dependents(layer);
        back.wanted.add(layer);
        dependents.forEach(node -> back.wanted.addAll(node.getOutputList()));
        graph.input(Nodes.SCORE_WEIGHTS, "n", "classes");
        Shape logits = forward.value(forward.logits()).orElseThrow().shape();
        back.give(
                forward.logits(),
                logits.rank() == 2 ? Nodes.SCORE_WEIGHTS : nodes.reshape(Nodes.SCORE_WEIGHTS, logits.target()));
        for (int i = dependents.size() - 1; i >= 0; i--) {
            NodeProto node = dependents.get(i);
            if (node.getOutputList().stream().anyMatch(back.contributions::containsKey)) {
                back.differentiate(node, nodes);
            }
        }
        String found = back.gradient(layer, nodes)
                .orElseGet(() -> nodes.zeros(forward.value(layer).orElseThrow().shape()));
        graph.node("Identity", GRADIENT, List.of(found), Map.of());
        graph.output(GRADIENT);
        return new BackwardModel(graph.model(Map.of()), Map.copyOf(back.saved));
    }

    private void differentiate(NodeProto node, Nodes nodes) {
        Rules.of(node).back(new Step(this, node, nodes));
        node.getOutputList().forEach(contributions::remove);
    }

    /** Why a node cannot be differentiated, with respect to any of its operands that depend on the image; empty: it can. */
    static Optional<String> whyNot(NodeProto node, Set<String> wanted, ForwardGraph forward) {
        Differentiation alone = new Differentiation(forward);
        alone.wanted.addAll(wanted);
        Nodes nodes = new Nodes(new GraphBuilder(Nodes.OPSET));
        node.getOutputList().forEach(output -> alone.give(output, output));
        try {
            Rules.of(node).back(new Step(alone, node, nodes));
            return Optional.empty();
        } catch (NoDerivativeException e) {
            return Optional.of(e.how());
        }
    }

    ForwardGraph forward() {
        return forward;
    }

    boolean isWanted(String value) {
        return wanted.contains(value);
    }

    void give(String value, String gradient) {
        contributions.computeIfAbsent(value, v -> new ArrayList<>()).add(gradient);
    }

    Optional<String> gradient(String value, Nodes nodes) {
        List<String> all = contributions.get(value);
        if (all == null) {
            return Optional.empty();
        }
        String sum = all.size() == 1 ? all.get(0) : nodes.op("Sum", all.toArray(String[]::new));
        contributions.put(value, List.of(sum));
        return Optional.of(sum);
    }

    String read(String value, Nodes nodes) {
        String found = read.get(value);
        if (found == null) {
            found = readFirst(value, nodes);
            read.put(value, found);
        }
        return found;
    }

    private String readFirst(String value, Nodes nodes) {
        Value known = forward.value(value)
                .orElseThrow(() -> new NoDerivativeException("on values that are no plain numbers"));
        String name = FORWARD + value;
        int type = known.type();
        if (known.ofImage()) {
            nodes.graph().input(name, type);
            saved.put(value, name);
        } else {
            Optional<TensorProto> weights = forward.initializer(value);
            if (weights.isPresent()) {
                nodes.graph()
                        .initializer(weights.get().toBuilder().setName(name).build());
            } else if (known.integers() != null) {
                long[] sizes = known.shape().target();
                String flat = nodes.integers(known.integers());
                return sizes.length == 1 ? flat : nodes.reshape(flat, sizes);
            } else {
                nodes.graph()
                        .weights(
                                name,
                                forward.constant(value).data(),
                                known.shape().target());
                return name;
            }
        }
        boolean floating = type == TensorProto.DataType.FLOAT16_VALUE
                || type == TensorProto.DataType.DOUBLE_VALUE
                || type == TensorProto.DataType.BFLOAT16_VALUE;
        return floating ? nodes.op("Cast", Map.of("to", (long) TensorProto.DataType.FLOAT_VALUE), name) : name;
    }
}
