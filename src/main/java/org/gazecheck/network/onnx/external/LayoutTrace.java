package org.gazecheck.network.onnx.external;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import onnx.Onnx.AttributeProto;
import onnx.Onnx.NodeProto;
import org.gazecheck.network.MapLayout.Kind;

/**
 * Which order of dimensions the graph itself says of its values: ONNX's convolutions and poolings give [n, c, h, w], transpositions
 * change it, operators on single numbers and matrix products over the last one keep it. Behind anything else it says nothing.
 */
final class LayoutTrace {
    private static final Set<String> CHANNELS_FIRST = Set.of(
            "Conv",
            "ConvTranspose",
            "AveragePool",
            "MaxPool",
            "LpPool",
            "BatchNormalization",
            "InstanceNormalization",
            "GroupNormalization",
            "LRN",
            "DepthToSpace",
            "SpaceToDepth");
    private static final Set<String> KEEPING = Set.of(
            "Relu",
            "LeakyRelu",
            "PRelu",
            "Elu",
            "Selu",
            "Clip",
            "Sigmoid",
            "HardSigmoid",
            "HardSwish",
            "Tanh",
            "Erf",
            "Gelu",
            "Softplus",
            "Mish",
            "Identity",
            "Dropout",
            "Cast",
            "Add",
            "Sub",
            "Mul",
            "Div",
            "Pow",
            "Sqrt",
            "LayerNormalization");
    private static final List<Long> TO_LAST = List.of(0L, 2L, 3L, 1L);
    private static final List<Long> TO_FIRST = List.of(0L, 3L, 1L, 2L);

    private final Map<String, Kind> kinds = new HashMap<>();

    LayoutTrace(ExternalGraph graph) {
        for (NodeProto node : graph.subgraph()) {
            kind(node).ifPresent(kind -> kinds.put(node.getOutput(0), kind));
        }
    }

    /** Empty where the graph says nothing. */
    Optional<Kind> of(String value) {
        return Optional.ofNullable(kinds.get(value));
    }

    private Optional<Kind> kind(NodeProto node) {
        String operator = node.getOpType();
        if (CHANNELS_FIRST.contains(operator)) {
            return Optional.of(Kind.CHANNELS_FIRST);
        }
        Optional<Kind> before = node.getInputList().stream()
                .map(kinds::get)
                .filter(java.util.Objects::nonNull)
                .findFirst();
        if (KEEPING.contains(operator)) {
            return before;
        }
        if (operator.equals("MatMul")) {
            return Optional.ofNullable(kinds.get(node.getInput(0))).filter(kind -> kind == Kind.CHANNELS_LAST);
        }
        return operator.equals("Transpose") ? before.flatMap(kind -> transposed(kind, node)) : Optional.empty();
    }

    private static Optional<Kind> transposed(Kind kind, NodeProto node) {
        List<Long> order = node.getAttributeList().stream()
                .filter(attribute -> attribute.getName().equals("perm"))
                .map(AttributeProto::getIntsList)
                .findFirst()
                .orElse(List.of());
        if (kind == Kind.CHANNELS_FIRST && order.equals(TO_LAST)) {
            return Optional.of(Kind.CHANNELS_LAST);
        }
        return kind == Kind.CHANNELS_LAST && order.equals(TO_FIRST)
                ? Optional.of(Kind.CHANNELS_FIRST)
                : Optional.empty();
    }
}
