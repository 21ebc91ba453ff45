package org.gazecheck.network.onnx.external;

import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import onnx.Onnx.NodeProto;
import org.gazecheck.network.Tensor;
import org.gazecheck.network.onnx.backward.Refusals;

/**
 * The layer that maps are of where nobody says which, by the graph alone: the last value that everything passes through, that is
 * no pooling or rearrangement, and of whose cells the logits read some.
 */
final class DefaultLayer {
    private final ExternalGraph graph;
    private final ProbedGraph probed;
    private final GraphLayers layers;
    private final Tensor row;

    /** @param row as the model takes it, [1, ...] */
    DefaultLayer(ExternalGraph graph, ProbedGraph probed, GraphLayers layers, Tensor row) {
        this.graph = graph;
        this.probed = probed;
        this.layers = layers;
        this.row = row;
    }

    Optional<NodeProto> find() {
        Set<String> cutVertices = new HashSet<>();
        graph.cutVertices().forEach(node -> cutVertices.add(node.getOutput(0)));
        Refusals refusals = new Refusals(probed);
        List<NodeProto> nodes = layers.nodes();
        for (int i = nodes.size() - 1; i >= 0; i--) {
            NodeProto node = nodes.get(i);
            String value = node.getOutput(0);
            boolean eligible = cutVertices.contains(value)
                    && !LayerSearch.NOT_LAST.contains(node.getOpType())
                    && refusals.at(value).isEmpty();
            if (eligible
                    && ExternalBackward.reaches(
                            graph,
                            probed,
                            value,
                            layers.layouts().of(value).orElseThrow().layout(),
                            row)) {
                return Optional.of(node);
            }
        }
        return nodes.isEmpty() ? Optional.empty() : Optional.of(nodes.get(nodes.size() - 1));
    }
}
