package org.gazecheck.network.onnx.external;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import onnx.Onnx.NodeProto;

/** Whether a network normalises its images itself. */
final class ImageScaling {
    private static final Set<String> SCALING = Set.of("Add", "Sub", "Mul", "Div", "BatchNormalization");
    private static final Set<String> KEEPING_NUMBERS = Set.of("Identity", "Transpose", "Cast", "Pad", "Reshape");

    private ImageScaling() {}

    /** The operators that shift and scale the image by constants before anything else is done with it. */
    static List<String> of(ExternalGraph graph) {
        List<String> scaling = new ArrayList<>();
        String value = graph.image();
        while (true) {
            String from = value;
            List<NodeProto> uses = graph.subgraph().stream()
                    .filter(node -> node.getInputList().contains(from))
                    .toList();
            if (uses.size() != 1) {
                return scaling;
            }
            NodeProto node = uses.get(0);
            boolean constant = node.getInputList().stream()
                    .filter(input -> !input.equals(from))
                    .noneMatch(graph::isInSubgraph);
            if (SCALING.contains(node.getOpType()) && constant) {
                scaling.add(node.getOpType());
            } else if (!KEEPING_NUMBERS.contains(node.getOpType())) {
                return scaling;
            }
            value = node.getOutput(0);
        }
    }
}
