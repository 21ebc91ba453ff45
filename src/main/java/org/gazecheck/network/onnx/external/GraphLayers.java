package org.gazecheck.network.onnx.external;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import onnx.Onnx.NodeProto;
import org.gazecheck.network.LayerNames;
import org.gazecheck.network.LayerNames.Named;
import org.gazecheck.network.UnknownLayerException;

/** All values of a graph that could hold maps, inside branches too, in order. */
final class GraphLayers {
    private final List<NodeProto> nodes = new ArrayList<>();
    private final LayerNames names;
    private final ValueLayouts layouts;

    GraphLayers(ExternalGraph graph, ProbedGraph probed) {
        this.layouts = new ValueLayouts(graph, probed);
        List<Named> named = new ArrayList<>();
        for (NodeProto node : graph.subgraph()) {
            boolean spatial = layouts.of(node.getOutput(0)).isPresent();
            named.add(new Named(node.getOutput(0), node.getName(), spatial));
            if (spatial) {
                nodes.add(node);
            }
        }
        this.names = new LayerNames(named);
    }

    List<NodeProto> nodes() {
        return nodes;
    }

    LayerNames names() {
        return names;
    }

    ValueLayouts layouts() {
        return layouts;
    }

    /**
     * The node that gives the value that is meant.
     *
     * @throws UnknownLayerException if none is, or several could be
     */
    NodeProto find(String wanted) throws UnknownLayerException {
        String value = names.find(wanted);
        return node(value).orElseThrow();
    }

    private Optional<NodeProto> node(String value) {
        return stream().filter(node -> node.getOutput(0).equals(value)).findFirst();
    }

    Stream<NodeProto> stream() {
        return nodes.stream();
    }
}
