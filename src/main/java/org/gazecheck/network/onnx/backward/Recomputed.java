package org.gazecheck.network.onnx.backward;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import onnx.Onnx.NodeProto;
import onnx.Onnx.TensorProto;

/**
 * Values that the way back computes again instead of taking them: those that lie between a value and a product of two functions
 * of it, each of every number by itself, as in {@code x sigmoid(x)} and in the normal distribution's {@code x P(x)}. The value alone is
 * taken, so that the forward pass keeps what ONNX Runtime has in one operator, and hands out less.
 */
final class Recomputed {
    private static final Set<String> FUNCTIONS =
            Set.of("Add", "Sub", "Mul", "Div", "Pow", "Neg", "Exp", "Erf", "Tanh", "Sigmoid");

    /** These operators have had no attributes since. */
    private static final int OPSET = 7;

    private final ForwardGraph forward;
    private final Map<String, String> roots = new HashMap<>();
    private final Map<String, NodeProto> producers = new HashMap<>();
    private final Map<String, NodeProto> found = new HashMap<>();

    private Recomputed(ForwardGraph forward) {
        this.forward = forward;
    }

    /**
     * @param dependents nodes on the way, in order
     * @return for each such value the node that gives it
     */
    static Map<String, NodeProto> of(ForwardGraph forward, List<NodeProto> dependents) {
        Recomputed recomputed = new Recomputed(forward);
        if (forward.opset() >= OPSET) {
            dependents.forEach(recomputed::add);
        }
        return recomputed.found;
    }

    private void add(NodeProto node) {
        if (!Rules.isPlain(node.getDomain()) || !FUNCTIONS.contains(node.getOpType())) {
            return;
        }
        List<String> operands =
                node.getInputList().stream().filter(this::isOfImage).toList();
        Set<String> common = operands.stream().map(this::root).collect(Collectors.toSet());
        String value = node.getOutput(0);
        Optional<Value> known = forward.value(value);
        if (common.size() != 1
                || known.isEmpty()
                || known.get().type() != TensorProto.DataType.FLOAT_VALUE
                || node.getInputList().stream()
                        .anyMatch(input -> forward.value(input).isEmpty())) {
            return;
        }
        roots.put(value, common.iterator().next());
        producers.put(value, node);
        if (node.getOpType().equals("Mul") && operands.size() == 2) {
            operands.forEach(this::again);
        }
    }

    private boolean isOfImage(String value) {
        return forward.value(value).map(Value::ofImage).orElse(true);
    }

    private String root(String value) {
        return roots.getOrDefault(value, value);
    }

    private void again(String value) {
        NodeProto producer = producers.get(value);
        if (producer != null && found.putIfAbsent(value, producer) == null) {
            producer.getInputList().forEach(this::again);
        }
    }
}
