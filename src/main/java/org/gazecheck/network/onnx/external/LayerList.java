package org.gazecheck.network.onnx.external;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.stream.Collectors;
import onnx.Onnx.ModelProto;
import onnx.Onnx.NodeProto;
import onnx.Onnx.ValueInfoProto;
import org.gazecheck.failure.GazecheckException;
import org.gazecheck.image.Normalisation;
import org.gazecheck.io.Printable;
import org.gazecheck.network.Assumed;
import org.gazecheck.network.ExternalRequest;
import org.gazecheck.network.ExternalRequest.Order;
import org.gazecheck.network.ImageInput;
import org.gazecheck.network.ListedLayer;
import org.gazecheck.network.MapLayout;
import org.gazecheck.network.SpatialLayers;
import org.gazecheck.network.Tensor;
import org.gazecheck.network.WeightsException;
import org.gazecheck.network.onnx.backward.Refusals;
import org.gazecheck.network.onnx.runtime.OnnxFailure;

/**
 * All values of an ONNX classifier that could hold maps, in order, and the one that maps are of where nobody says which.
 *
 * @param chosen value of the latter
 * @param why it and no later one
 */
public record LayerList(List<ListedLayer> layers, String chosen, String why) {
    private static final int SIDE = 224;
    private static final int ROWS = 3;
    private static final int COLOURS = 3;
    private static final long SEED = 1;
    private static final double NOISE = 2;

    public LayerList {
        layers = List.copyOf(layers);
    }

    /**
     * @param output that holds the logits; empty: the one that is reached through the most operators
     * @param size of images, in pixels, where the model fixes none; 0: 224
     * @throws GazecheckException if the file is damaged, no classifier, or without values with rows and columns
     */
    public static LayerList of(Path file, Optional<String> output, int size) throws IOException {
        ModelProto model = ExternalFile.read(file);
        ValueInfoProto input = OpenedGraph.input(file, model);
        try {
            int[] shape = shape(file, ExternalGraph.sizes(input), size > 0 ? size : SIDE);
            return of(file, OpenedGraph.of(file, model, input, output, noise(shape)));
        } catch (GazecheckException e) {
            throw e;
        } catch (RuntimeException e) {
            String line = String.valueOf(e.getMessage()).lines().findFirst().orElse("");
            throw new WeightsException(file + " cannot be looked at: " + Printable.of(line), e);
        }
    }

    private static LayerList of(Path file, OpenedGraph opened) throws GazecheckException {
        GraphLayers layers = new GraphLayers(opened.graph(), opened.probed());
        if (layers.nodes().isEmpty()) {
            throw new WeightsException(file + " has no value with rows and columns: no heatmap can be made");
        }
        Set<String> cutVertices = new HashSet<>();
        opened.graph().cutVertices().forEach(node -> cutVertices.add(node.getOutput(0)));
        Refusals refusals = new Refusals(opened.probed());
        List<ListedLayer> listed = new ArrayList<>();
        for (NodeProto node : layers.nodes()) {
            String value = node.getOutput(0);
            ValueLayouts.Reading reading = layers.layouts().of(value).orElseThrow();
            listed.add(new ListedLayer(
                    listed.size(),
                    value,
                    layers.names().shortest(value),
                    node.getOpType(),
                    Arrays.stream(layers.layouts().shape(value).orElseThrow())
                            .boxed()
                            .toList(),
                    reading.layout(),
                    reading.certain(),
                    refusals.at(value).map(reason -> "after it comes " + reason),
                    cutVertices.contains(value) && reading.layout().isWhole()));
        }
        int[] shape = opened.row().shape();
        boolean last = shape.length == 4 && shape[3] == COLOURS && shape[1] == shape[2];
        boolean first = shape.length == 4 && shape[1] == COLOURS && shape[2] == shape[3];
        if (first || last) {
            try {
                return ofImages(file, opened, listed, shape[2], last);
            } catch (OnnxFailure e) {
                return byGraph(opened, layers, listed, "by the graph alone: " + e.getMessage());
            }
        }
        return byGraph(opened, layers, listed, "by the graph alone, as its images are not square ones in colour");
    }

    /** As an audit would choose. */
    private static LayerList ofImages(
            Path file, OpenedGraph opened, List<ListedLayer> listed, int side, boolean channelsLast)
            throws GazecheckException {
        ProbeImages images = new ProbeImages(side, Normalisation.TORCHVISION, new ImageInput(channelsLast, false));
        LayerSearch.Found found =
                LayerSearch.layers(
                        opened.graph(),
                        opened.probed(),
                        images,
                        images.images(1),
                        side,
                        new ExternalRequest(file, 0, side, Order.AUTO, false, null));
        SpatialLayers layers = found.layers();
        String why = found.assumed().stream().map(Assumed::text).collect(Collectors.joining("; "));
        return new LayerList(
                listed,
                layers.known(layers.last()).value(),
                why.isEmpty()
                        ? "the last value with rows and columns that everything passes through and that is no pooling or"
                                + " rearrangement"
                        : why);
    }

    private static LayerList byGraph(OpenedGraph opened, GraphLayers layers, List<ListedLayer> listed, String how) {
        NodeProto node = new DefaultLayer(opened.graph(), opened.probed(), layers, opened.row())
                .find()
                .orElseThrow();
        return new LayerList(
                listed,
                node.getOutput(0),
                "the last value with rows and columns that everything passes through and that is no pooling or"
                        + " rearrangement, " + how);
    }

    private static int[] shape(Path file, List<Long> sizes, int side) throws WeightsException {
        if (sizes.size() != 4) {
            throw new WeightsException(
                    file + ": its input has " + sizes.size() + " stated dimensions, not the 4 of a batch of images");
        }
        boolean last = sizes.get(1) != 1 && sizes.get(1) != COLOURS && sizes.get(3) >= 1 && sizes.get(3) <= COLOURS;
        int[] shape = {ROWS, 0, 0, 0};
        for (int d = 1; d < shape.length; d++) {
            boolean channels = d == (last ? 3 : 1);
            shape[d] = sizes.get(d) > 0 ? Math.toIntExact(sizes.get(d)) : channels ? COLOURS : side;
        }
        return shape;
    }

    private static Tensor noise(int[] shape) {
        int size = Math.multiplyExact(Math.multiplyExact(shape[0] * shape[1], shape[2]), shape[3]);
        float[] numbers = new float[size];
        SplittableRandom random = new SplittableRandom(SEED);
        for (int i = 0; i < size; i++) {
            numbers[i] = (float) (random.nextDouble() * 2 * NOISE - NOISE);
        }
        return Tensor.of(numbers, shape);
    }

    /** Of a layer, such as "tokens [n, t, c] of a grid of 14x14 behind 1 other". */
    public static String kind(MapLayout layout, boolean certain) {
        return layout.text() + (certain ? "" : ", by its sizes");
    }
}
