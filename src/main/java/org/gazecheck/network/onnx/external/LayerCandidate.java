package org.gazecheck.network.onnx.external;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import onnx.Onnx.NodeProto;
import org.gazecheck.network.MapLayout;
import org.gazecheck.network.SpatialLayer;
import org.gazecheck.network.Tensor;
import org.gazecheck.network.onnx.runtime.OnnxPart;
import org.jspecify.annotations.Nullable;

/**
 * A value that could hold maps.
 *
 * @param name that no other of the graph has
 * @param shape of one image's
 */
record LayerCandidate(NodeProto node, String name, int[] shape) {
    /**
     * All that everything passes through, in order.
     *
     * @param image one image as the model takes it
     * @param wanted a value that is one though not everything passes through it
     */
    static List<LayerCandidate> all(ExternalGraph graph, Tensor image, @Nullable String wanted) {
        Set<String> cutVertices = new HashSet<>();
        graph.cutVertices().forEach(node -> cutVertices.add(node.getOutput(0)));
        Map<String, NodeProto> nodes = new LinkedHashMap<>();
        for (NodeProto node : graph.subgraph()) {
            if (cutVertices.contains(node.getOutput(0)) || node.getOutput(0).equals(wanted)) {
                nodes.put(node.getOutput(0), node);
            }
        }
        Map<String, Tensor> found;
        try (OnnxPart part = OnnxPart.open(graph.cut(List.copyOf(nodes.keySet())), graph.rows(), 0)) {
            found = part.run(image);
        }
        Set<String> names = new HashSet<>();
        List<LayerCandidate> candidates = new ArrayList<>();
        for (NodeProto node : nodes.values()) {
            Tensor value = found.get(node.getOutput(0));
            if (value != null
                    && value.shape()[0] == 1
                    && !LayoutProbe.possible(value.shape()).isEmpty()) {
                candidates.add(new LayerCandidate(node, unique(SpatialLayer.plain(title(node)), names), value.shape()));
            }
        }
        return candidates;
    }

    /** One alone. */
    static LayerCandidate of(NodeProto node, int[] shape) {
        return new LayerCandidate(node, SpatialLayer.plain(title(node)), shape);
    }

    private static String unique(String plain, Set<String> names) {
        String name = plain;
        for (int i = 2; !names.add(name); i++) {
            name = plain + "-" + i;
        }
        return name;
    }

    private static String title(NodeProto node) {
        return node.getName().isEmpty() ? node.getOutput(0) : node.getName();
    }

    String value() {
        return node.getOutput(0);
    }

    long size() {
        return Arrays.stream(shape).asLongStream().reduce(1, (a, b) -> a * b);
    }

    /** Whether it could be a map for more than its number of numbers. */
    boolean isLikely() {
        return shape.length == 4 || shape[2] > 1;
    }

    SpatialLayer layer(MapLayout layout, Optional<String> whyNoGradients) {
        int channels = layout.kind() == MapLayout.Kind.CHANNELS_FIRST ? shape[1] : shape[shape.length - 1];
        return new SpatialLayer(
                name,
                value(),
                List.of(node.getName()),
                List.of(channels, layout.height(), layout.width()),
                layout,
                whyNoGradients);
    }
}
