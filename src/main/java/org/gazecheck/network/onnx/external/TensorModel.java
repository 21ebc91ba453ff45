package org.gazecheck.network.onnx.external;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import onnx.Onnx.ModelProto;
import onnx.Onnx.NodeProto;
import onnx.Onnx.ValueInfoProto;
import org.gazecheck.failure.FailureKind;
import org.gazecheck.failure.GazecheckException;
import org.gazecheck.io.Hashes;
import org.gazecheck.io.Printable;
import org.gazecheck.network.Assumed;
import org.gazecheck.network.Engine;
import org.gazecheck.network.ExternalNetwork;
import org.gazecheck.network.ImageInput;
import org.gazecheck.network.MapLayout;
import org.gazecheck.network.Scores;
import org.gazecheck.network.SpatialLayer;
import org.gazecheck.network.SpatialLayers;
import org.gazecheck.network.Tensor;
import org.gazecheck.network.TensorRequest;
import org.gazecheck.network.WeightsException;
import org.gazecheck.network.onnx.backward.Refusals;

/**
 * An ONNX classifier of any kind, for tensors as it takes them: any number of channels, sizes and logits, which may be of classes
 * that do not exclude each other. Any value with rows and columns can be its layer, inside a branch too.
 */
public final class TensorModel {
    private final TensorRequest request;
    private final ModelProto model;
    private final ValueInfoProto input;

    private TensorModel(TensorRequest request, ModelProto model, ValueInfoProto input) {
        this.request = request;
        this.model = model;
        this.input = input;
    }

    /**
     * Reads the model, without running it.
     *
     * @throws WeightsException if the file is damaged, or refused
     */
    public static TensorModel read(TensorRequest request) throws IOException {
        ModelProto model = ExternalFile.read(request.file());
        return new TensorModel(request, model, OpenedGraph.input(request.file(), model));
    }

    /** Sizes of the input, 0 where they are free, that of rows first; empty where nothing is said. */
    public List<Long> inputShape() {
        return ExternalGraph.sizes(input);
    }

    /**
     * The network with one layer, the one that was asked for.
     *
     * @param rows some as the model takes them, [n, ...], to try it with
     * @throws GazecheckException if it does not run with them, gives no logits, or has no such layer
     */
    public ExternalNetwork network(Tensor rows) throws IOException {
        try {
            return opened(rows);
        } catch (GazecheckException e) {
            throw e;
        } catch (RuntimeException e) {
            String line = String.valueOf(e.getMessage()).lines().findFirst().orElse("");
            throw new WeightsException(request.file() + " cannot be explained: " + Printable.of(line), e);
        }
    }

    private ExternalNetwork opened(Tensor rows) throws GazecheckException {
        OpenedGraph opened = OpenedGraph.of(request.file(), model, input, request.output(), rows);
        ExternalGraph graph = opened.graph();
        ProbedGraph probed = opened.probed();
        List<Assumed> assumed = new ArrayList<>(opened.assumed());
        SpatialLayer layer = layer(graph, probed, opened.row(), assumed);
        return new ExternalNetwork(
                Engine.ONNX,
                (network, plan, threads) -> ExternalOnnxSession.open(graph, probed, network, plan, threads),
                new ImageInput(false, false),
                new SpatialLayers(List.of(layer), 0, layer.name()),
                opened.numbers(),
                Scores.EXCLUSIVE,
                Optional.empty(),
                Hashes.sha256(ExternalModel.hash(model) + " " + graph.logits() + " " + layer),
                assumed,
                List.of());
    }

    private SpatialLayer layer(ExternalGraph graph, ProbedGraph probed, Tensor row, List<Assumed> assumed)
            throws GazecheckException {
        GraphLayers layers = new GraphLayers(graph, probed);
        NodeProto node;
        if (request.layer().isPresent()) {
            node = layers.find(request.layer().get());
        } else {
            node = new DefaultLayer(graph, probed, layers, row)
                    .find()
                    .orElseThrow(() -> new WeightsException(
                            request.file() + " has no value with rows and columns: no heatmap can be made"));
            assumed.add(new Assumed(
                    "layer", "maps are of '" + node.getOutput(0) + "', the last that fits; --layer chooses", Map.of()));
        }
        String value = node.getOutput(0);
        ValueLayouts.Reading reading = layers.layouts().of(value).orElseThrow();
        int[] shape = layers.layouts().shape(value).orElseThrow();
        MapLayout layout =
                request.layout().isPresent() ? stated(request.layout().get(), value, shape) : reading.layout();
        if (request.layout().isEmpty() && !reading.certain()) {
            assumed.add(new Assumed(
                    "layout",
                    "'" + value + "', " + Arrays.toString(shape) + " for a row, is read as " + layout.text()
                            + ", which its sizes look like; the graph does not say so; --layout states it",
                    Map.of()));
        }
        int channels = layout.kind() == MapLayout.Kind.CHANNELS_FIRST ? shape[1] : shape[shape.length - 1];
        return new SpatialLayer(
                value,
                value,
                List.of(),
                List.of(channels, layout.height(), layout.width()),
                layout,
                new Refusals(probed).at(value).map(reason -> "after it comes " + reason));
    }

    /**
     * @param shape of the value for one image
     * @throws GazecheckException if it cannot hold maps so
     */
    static MapLayout stated(TensorRequest.Reading stated, String value, int[] shape) throws GazecheckException {
        boolean tokens = stated.kind() == MapLayout.Kind.TOKENS;
        if (tokens != (shape.length == 3)) {
            throw misfit(value, shape, tokens ? "tokens have three dimensions" : "maps have four dimensions");
        }
        if (!tokens) {
            boolean last = stated.kind() == MapLayout.Kind.CHANNELS_LAST;
            MapLayout layout =
                    last ? MapLayout.channelsLast(shape[1], shape[2]) : MapLayout.channelsFirst(shape[2], shape[3]);
            if (stated.height() > 0 && (stated.height() != layout.height() || stated.width() != layout.width())) {
                throw misfit(value, shape, "its grid is " + layout.height() + "x" + layout.width());
            }
            return layout;
        }
        if (stated.height() == 0) {
            return LayoutProbe.possible(shape).stream()
                    .findFirst()
                    .orElseThrow(
                            () -> misfit(value, shape, "no square grid has about as many tokens: give --grid HxW"));
        }
        int others = shape[1] - stated.height() * stated.width();
        if (others < 0) {
            throw misfit(value, shape, "a grid of " + stated.height() + "x" + stated.width() + " has more tokens");
        }
        return MapLayout.tokens(others, stated.height(), stated.width());
    }

    private static GazecheckException misfit(String value, int[] shape, String why) {
        return new GazecheckException(
                FailureKind.USAGE,
                "--layout, --grid: '" + Printable.of(value) + "' is " + Arrays.toString(shape) + " for a row, and "
                        + why);
    }
}
