package org.gazecheck.network.dl4j;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import org.deeplearning4j.nn.conf.graph.LayerVertex;
import org.deeplearning4j.nn.conf.layers.BatchNormalization;
import org.deeplearning4j.nn.conf.layers.DropoutLayer;
import org.deeplearning4j.nn.conf.layers.GlobalPoolingLayer;
import org.deeplearning4j.nn.conf.layers.Layer;
import org.deeplearning4j.nn.conf.layers.SubsamplingLayer;
import org.deeplearning4j.nn.conf.layers.ZeroPaddingLayer;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.gazecheck.io.Printable;
import org.gazecheck.network.ExternalRequest;
import org.gazecheck.network.ImageInput;
import org.gazecheck.network.MapLayout;
import org.gazecheck.network.SpatialLayer;
import org.gazecheck.network.SpatialLayers;
import org.gazecheck.network.Tensor;
import org.gazecheck.network.UnknownLayerException;
import org.gazecheck.network.WeightsException;
import org.jspecify.annotations.Nullable;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

/**
 * Finds the vertices of an external graph that maps can be of: those with more than one row and column that everything
 * passes through. The last of them that is no pooling is the layer of choice.
 */
final class VertexSearch {
    private final ComputationGraph graph;
    private final String logits;
    private final boolean channelsLast;
    private final List<String> subgraph = new ArrayList<>();

    private VertexSearch(ComputationGraph graph, String logits, boolean channelsLast) {
        this.graph = graph;
        this.logits = logits;
        this.channelsLast = channelsLast;
        Map<String, List<String>> inputs = graph.getConfiguration().getVertexInputs();
        Set<String> leading = new HashSet<>(Set.of(logits));
        int[] order = graph.topologicalSortOrder();
        for (int i = order.length - 1; i >= 0; i--) {
            String name = graph.getVertices()[order[i]].getVertexName();
            if (leading.contains(name)) {
                subgraph.add(0, name);
                leading.addAll(inputs.getOrDefault(name, List.of()));
            }
        }
    }

    /** @param classes how many logits there are */
    record Found(SpatialLayers layers, int classes) {}

    /**
     * @throws WeightsException if the graph does not take such images, or does not give as many logits as asked for
     * @throws UnknownLayerException if there is no such layer
     */
    static Found find(ExternalRequest request, ComputationGraph graph, String logits, ImageInput input, int side)
            throws WeightsException, UnknownLayerException {
        Tensor black = input.arrange(Tensor.of(new float[3 * side * side], 1, 3, side, side));
        Map<String, INDArray> found;
        try {
            found = graph.feedForward(new INDArray[] {array(black)}, false);
        } catch (RuntimeException e) {
            String reason = String.valueOf(e.getMessage()).lines().findFirst().orElse("");
            throw new WeightsException(
                    request.file() + " does not take images of " + side + "x" + side
                            + " pixels: set external.crop (--crop) to its size (" + Printable.of(reason) + ")",
                    e);
        }
        long numbers = Objects.requireNonNull(found.get(logits), logits).length();
        if (request.classes() > 0 ? numbers != request.classes() : numbers < 2) {
            throw new WeightsException(request.file() + " gives " + numbers + " numbers for an image where "
                    + (request.classes() > 0
                            ? "the labels name " + request.classes() + " classes"
                            : "a classifier has at least 2"));
        }
        SpatialLayers layers = new VertexSearch(graph, logits, input.channelsLast()).search(found, side, request);
        return new Found(layers, Math.toIntExact(numbers));
    }

    static INDArray array(Tensor tensor) {
        return Nd4j.create(
                tensor.data(),
                java.util.Arrays.stream(tensor.shape()).asLongStream().toArray(),
                'c');
    }

    private SpatialLayers search(Map<String, INDArray> found, int side, ExternalRequest request)
            throws WeightsException, UnknownLayerException {
        String wanted = request.layer();
        Set<String> cutVertices = cutVertices();
        List<SpatialLayer> layers = new ArrayList<>();
        String last = null;
        for (String vertex : subgraph) {
            INDArray value = found.get(vertex);
            boolean input = graph.getVertex(vertex).isInputVertex();
            boolean named = vertex.equals(wanted) || SpatialLayer.plain(vertex).equals(wanted);
            if (value != null && !input && (cutVertices.contains(vertex) || named) && isSpatial(value)) {
                layers.add(layer(vertex, value, cutVertices.contains(vertex)));
                boolean choice = cutVertices.contains(vertex) && !isPooling(vertex);
                last = choice ? layers.get(layers.size() - 1).name() : last;
            }
        }
        if (layers.isEmpty()) {
            throw new WeightsException(request.file() + " cannot be audited: no vertex of it gives feature maps that"
                    + " everything passes through, so no heatmap can be made");
        }
        SpatialLayers all =
                new SpatialLayers(layers, side, last == null ? layers.get(0).name() : last);
        String chosen = wanted == null ? all.last() : all.find(wanted).name();
        return new SpatialLayers(
                layers.stream()
                        .map(layer -> layer.name().equals(chosen) ? tried(layer, found) : layer)
                        .toList(),
                side,
                chosen);
    }

    private boolean isSpatial(INDArray value) {
        int rows = channelsLast ? 1 : 2;
        return value.rank() == 4 && value.size(rows) > 1 && value.size(rows + 1) > 1;
    }

    private SpatialLayer layer(String vertex, INDArray value, boolean cutVertex) {
        int first = channelsLast ? 3 : 1;
        int rows = channelsLast ? 1 : 2;
        List<Integer> shape = List.of((int) value.size(first), (int) value.size(rows), (int) value.size(rows + 1));
        Optional<String> whyNoGradients =
                cutVertex ? whyNoGradients(vertex) : Optional.of("the image reaches the logits around it too");
        MapLayout layout = MapLayout.channelsFirst(shape.get(1), shape.get(2));
        return new SpatialLayer(SpatialLayer.plain(vertex), vertex, List.of(), shape, layout, whyNoGradients);
    }

    private Optional<String> whyNoGradients(String vertex) {
        if (channelsLast) {
            return Optional.of("its layers are NHWC, where Deeplearning4j's backward pass is not reliable");
        }
        return subgraph.subList(subgraph.indexOf(vertex) + 1, subgraph.size()).stream()
                .filter(after -> layer(after) instanceof BatchNormalization)
                .findFirst()
                .map(norm -> "after it comes the batch norm '" + norm
                        + "', through whose running statistics Deeplearning4j does not differentiate");
    }

    /** What no rule foresees shows when it is tried. */
    private SpatialLayer tried(SpatialLayer layer, Map<String, INDArray> found) {
        if (layer.whyNoGradients().isPresent()) {
            return layer;
        }
        INDArray activations =
                Objects.requireNonNull(found.get(layer.value()), layer.value()).dup('c');
        try (BackwardWalk walk = new BackwardWalk(graph, layer.value(), logits, false, List.of(layer.value()))) {
            walk.run(activations, Nd4j.onesLike(found.get(logits)));
            return layer;
        } catch (RuntimeException e) {
            return new SpatialLayer(
                    layer.name(),
                    layer.value(),
                    layer.aliases(),
                    layer.shape(),
                    layer.layout(),
                    Optional.of("Deeplearning4j's own backward pass fails after it ("
                            + Printable.of(String.valueOf(e.getMessage())
                                    .lines()
                                    .findFirst()
                                    .orElse("")) + ")"));
        }
    }

    private boolean isPooling(String vertex) {
        Layer layer = layer(vertex);
        return layer instanceof SubsamplingLayer
                || layer instanceof GlobalPoolingLayer
                || layer instanceof DropoutLayer
                || layer instanceof ZeroPaddingLayer;
    }

    private @Nullable Layer layer(String vertex) {
        return graph.getConfiguration().getVertices().get(vertex) instanceof LayerVertex layer
                ? layer.getLayerConf().getLayer()
                : null;
    }

    /** Vertices around which no other output is used later. */
    private Set<String> cutVertices() {
        Map<String, Integer> lastUse = new HashMap<>();
        for (int i = 0; i < subgraph.size(); i++) {
            int position = i;
            graph.getConfiguration()
                    .getVertexInputs()
                    .getOrDefault(subgraph.get(i), List.of())
                    .forEach(input -> lastUse.put(input, position));
        }
        Set<String> cutVertices = new LinkedHashSet<>();
        int needed = -1;
        for (int i = 0; i < subgraph.size(); i++) {
            if (needed <= i) {
                cutVertices.add(subgraph.get(i));
            }
            needed = Math.max(needed, lastUse.getOrDefault(subgraph.get(i), -1));
        }
        return cutVertices;
    }
}
