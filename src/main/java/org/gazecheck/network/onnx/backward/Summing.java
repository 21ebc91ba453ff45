package org.gazecheck.network.onnx.backward;

import java.util.Arrays;
import java.util.Map;
import java.util.Set;
import onnx.Onnx.NodeProto;

/** Gradients that are wanted as sums over rows and columns only, [n, c] of [n, c, h, w]. */
final class Summing {
    private static final Set<String> HANDING_ON = Set.of("Add", "GlobalAveragePool");

    private Summing() {}

    /** Whether the sum of what an operator gives to a value can be taken of its gradient first. */
    static boolean isPossible(NodeProto node, String value, ForwardGraph forward) {
        if (node.getOpType().equals("Conv")) {
            return node.getInput(0).equals(value) && isCellwise(node, forward);
        }
        return HANDING_ON.contains(node.getOpType());
    }

    /** Whether a convolution sees one cell at a time, of all channels. */
    static boolean isCellwise(NodeProto convolution, ForwardGraph forward) {
        Attributes attributes = new Attributes(convolution);
        Shape kernel = forward.value(convolution.getInput(1)).orElseThrow().shape();
        return kernel.rank() == 4
                && kernel.size(2) == 1
                && kernel.size(3) == 1
                && attributes.integer("group", 1) == 1
                && attributes.text("auto_pad", "NOTSET").equals("NOTSET")
                && attributes
                        .integers("pads")
                        .map(pads -> Arrays.stream(pads).allMatch(pad -> pad == 0))
                        .orElse(true);
    }

    /** Over rows and columns. */
    static String sum(Nodes n, String gradient) {
        return n.op("ReduceSum", Map.of("keepdims", 0L), gradient, n.integers(2, 3));
    }
}
