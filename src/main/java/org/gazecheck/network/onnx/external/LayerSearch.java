package org.gazecheck.network.onnx.external;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import onnx.Onnx.NodeProto;
import org.gazecheck.network.SpatialLayer;
import org.gazecheck.network.SpatialLayers;
import org.gazecheck.network.Tensor;
import org.gazecheck.network.UnknownLayerException;
import org.gazecheck.network.onnx.runtime.OnnxFailure;
import org.gazecheck.network.onnx.runtime.OnnxPart;
import org.jspecify.annotations.Nullable;

/**
 * Finds the layers of an external graph that maps can be of: values [n, c, h, w] with more than one row and column that
 * everything passes through. The last of them that is neither pooling nor rearrangement is the default layer.
 */
final class LayerSearch {
    private static final Set<String> NOT_LAST = Set.of(
            "AveragePool",
            "MaxPool",
            "LpPool",
            "GlobalAveragePool",
            "GlobalMaxPool",
            "ReduceMean",
            "Transpose",
            "Reshape",
            "Identity",
            "Dropout",
            "Pad",
            "Cast");

    private final ExternalGraph graph;
    private final Set<String> names = new HashSet<>();

    private LayerSearch(ExternalGraph graph) {
        this.graph = graph;
    }

    /**
     * @param image one image as the model takes it
     * @param wanted layer by any name; absent: the last
     * @throws UnknownLayerException if there is no such layer
     * @throws OnnxFailure if the model does not run, or has no maps
     */
    static SpatialLayers layers(ExternalGraph graph, Tensor image, int side, @Nullable String wanted)
            throws UnknownLayerException {
        return new LayerSearch(graph).search(image, side, wanted);
    }

    private SpatialLayers search(Tensor image, int side, @Nullable String wanted) throws UnknownLayerException {
        Map<String, NodeProto> candidates = new LinkedHashMap<>();
        Set<String> cutVertices = new HashSet<>();
        graph.cutVertices().forEach(node -> cutVertices.add(node.getOutput(0)));
        for (NodeProto node : graph.subgraph()) {
            boolean named = node.getName().equals(wanted)
                    || node.getOutput(0).equals(wanted)
                    || SpatialLayer.plain(title(node)).equals(wanted);
            if (cutVertices.contains(node.getOutput(0)) || named) {
                candidates.put(node.getOutput(0), node);
            }
        }
        List<SpatialLayer> layers = new ArrayList<>();
        String last = null;
        Map<String, Tensor> found = values(image, candidates);
        for (NodeProto node : candidates.values()) {
            Tensor value = found.get(node.getOutput(0));
            if (value != null && value.shape().length == 4 && value.shape()[2] > 1 && value.shape()[3] > 1) {
                SpatialLayer layer = layer(node, value.shape(), cutVertices.contains(node.getOutput(0)));
                layers.add(layer);
                last = NOT_LAST.contains(node.getOpType()) || !cutVertices.contains(layer.value())
                        ? last
                        : layer.name();
            }
        }
        if (layers.isEmpty()) {
            throw new OnnxFailure(
                    "no value of it is a set of feature maps that everything passes through: no heatmap can be made");
        }
        SpatialLayers all = new SpatialLayers(
                layers, side, last == null ? layers.get(layers.size() - 1).name() : last);
        return wanted == null
                ? all
                : new SpatialLayers(layers, side, all.find(wanted).name());
    }

    private Map<String, Tensor> values(Tensor image, Map<String, NodeProto> candidates) {
        try (OnnxPart part = OnnxPart.open(graph.cut(List.copyOf(candidates.keySet())), graph.fixedBatch(), 0)) {
            return part.run(image);
        }
    }

    private SpatialLayer layer(NodeProto node, int[] shape, boolean cutVertex) {
        String plain = SpatialLayer.plain(title(node));
        String name = plain;
        for (int i = 2; !names.add(name); i++) {
            name = plain + "-" + i;
        }
        Optional<String> whyNoGradients = cutVertex
                ? ExternalBackward.whyNoGradients(graph, node.getOutput(0))
                : Optional.of("the image reaches the logits around it too");
        return new SpatialLayer(
                name,
                node.getOutput(0),
                List.of(node.getName()),
                List.of(shape[1], shape[2], shape[3]),
                whyNoGradients);
    }

    private static String title(NodeProto node) {
        return node.getName().isEmpty() ? node.getOutput(0) : node.getName();
    }
}
