package org.gazecheck.network.onnx.external;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.function.IntFunction;
import java.util.stream.Collectors;
import onnx.Onnx.ModelProto;
import onnx.Onnx.NodeProto;
import onnx.Onnx.ValueInfoProto;
import org.gazecheck.failure.GazecheckException;
import org.gazecheck.image.Normalisation;
import org.gazecheck.image.RgbImage;
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
     * An image that the network is tried with.
     *
     * @param frame cuts it to a square of that many pixels
     * @param normalisation of it
     * @param blueFirst the network's order of channels
     */
    public record Shown(IntFunction<RgbImage> frame, Normalisation normalisation, boolean blueFirst) {}

    /**
     * @param output that holds the logits; empty: the one that is reached through the most operators
     * @param size of images, in pixels, where the model fixes none; 0: 224
     * @param shown an image in place of noise
     * @throws GazecheckException if the file is damaged, no classifier, or without values with rows and columns
     */
    public static LayerList of(Path file, Optional<String> output, int size, Optional<Shown> shown) throws IOException {
        ModelProto model = ExternalFile.read(file);
        ValueInfoProto input = OpenedGraph.input(file, model);
        try {
            int[] shape = shape(file, ExternalGraph.sizes(input), size > 0 ? size : SIDE);
            Optional<ProbeImages> images = images(file, shape, shown);
            Tensor rows = images.map(each -> each.images(ROWS)).orElseGet(() -> noise(shape));
            return of(file, OpenedGraph.of(file, model, input, output, rows), images);
        } catch (GazecheckException | UncheckedIOException e) {
            throw e;
        } catch (RuntimeException e) {
            String line = String.valueOf(e.getMessage()).lines().findFirst().orElse("");
            throw new WeightsException(file + " cannot be looked at: " + Printable.of(line), e);
        }
    }

    /** Square ones in colour or grey, as the model takes them; empty for another input, which is refused for an image. */
    private static Optional<ProbeImages> images(Path file, int[] shape, Optional<Shown> shown) throws WeightsException {
        boolean last = !isChannels(shape[1]) && isChannels(shape[3]);
        int side = shape[2];
        boolean square = side == shape[last ? 1 : 3] && isChannels(shape[last ? 3 : 1]);
        if (!square && shown.isPresent()) {
            throw new WeightsException(file + " does not take square images in colour or grey, as are cut of --image");
        }
        boolean grey = shape[last ? 3 : 1] == 1;
        if (!square || grey && shown.isEmpty()) {
            return Optional.empty();
        }
        return Optional.of(new ProbeImages(
                side,
                shown.map(Shown::normalisation).orElse(Normalisation.TORCHVISION),
                new ImageInput(last, shown.map(Shown::blueFirst).orElse(false), grey),
                shown.map(image -> image.frame().apply(side))));
    }

    private static boolean isChannels(int size) {
        return size == 1 || size == COLOURS;
    }

    private static LayerList of(Path file, OpenedGraph opened, Optional<ProbeImages> images) throws GazecheckException {
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
        if (images.isPresent()) {
            try {
                return ofImages(file, opened, listed, images.get());
            } catch (OnnxFailure e) {
                return byGraph(opened, layers, listed, "by the graph alone: " + e.getMessage());
            }
        }
        return byGraph(opened, layers, listed, "by the graph alone, as its images are not square ones in colour");
    }

    /** As an audit would choose. */
    private static LayerList ofImages(Path file, OpenedGraph opened, List<ListedLayer> listed, ProbeImages images)
            throws GazecheckException {
        LayerSearch.Found found = LayerSearch.layers(
                opened.graph(),
                opened.probed(),
                images,
                images.images(1),
                images.side(),
                new ExternalRequest(file, 0, images.side(), Order.AUTO, false, null));
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
