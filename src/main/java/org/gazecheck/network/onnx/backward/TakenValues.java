package org.gazecheck.network.onnx.backward;

import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import onnx.Onnx.NodeProto;
import onnx.Onnx.TensorProto;

/** Values of a forward pass in another model: inputs of this one, and constants. */
final class TakenValues implements ForwardValues {
    private static final String FORWARD = "forward ";

    private final ForwardGraph forward;
    private final Nodes nodes;
    private final Map<String, NodeProto> recomputed;
    private final Map<String, String> read = new HashMap<>();
    private final Map<String, String> taken = new LinkedHashMap<>();

    /** @param recomputed of values that are computed again, the nodes that give them */
    TakenValues(ForwardGraph forward, Nodes nodes, Map<String, NodeProto> recomputed) {
        this.forward = forward;
        this.nodes = nodes;
        this.recomputed = recomputed;
    }

    /** What each value that is an input is called. */
    Map<String, String> taken() {
        return Map.copyOf(taken);
    }

    @Override
    public String positive(String value) {
        return nodes.greater(read(value), 0);
    }

    @Override
    public String read(String value) {
        String found = read.get(value);
        if (found == null) {
            found = readFirst(value);
            read.put(value, found);
        }
        return found;
    }

    private String readFirst(String value) {
        Value known = forward.value(value)
                .orElseThrow(() -> new NoDerivativeException("on values that are no plain numbers"));
        NodeProto again = recomputed.get(value);
        if (again != null) {
            return nodes.op(
                    again.getOpType(),
                    again.getInputList().stream().map(this::read).toArray(String[]::new));
        }
        String name = FORWARD + value;
        int type = known.type();
        if (known.ofImage()) {
            nodes.graph().input(name, type);
            taken.put(value, name);
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
