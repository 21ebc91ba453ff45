package org.gazecheck.network.onnx.external;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.gazecheck.failure.FailureKind;
import org.gazecheck.failure.GazecheckException;
import org.gazecheck.network.Assumed;
import org.gazecheck.network.ExternalRequest;
import org.gazecheck.network.MapLayout;
import org.gazecheck.network.SpatialLayer;
import org.gazecheck.network.SpatialLayers;
import org.gazecheck.network.Tensor;
import org.gazecheck.network.TensorRequest;
import org.gazecheck.network.UnknownLayerException;
import org.gazecheck.network.onnx.backward.Refusals;
import org.gazecheck.network.onnx.external.LayoutProbe.Reading;
import org.gazecheck.network.onnx.runtime.OnnxFailure;
import org.jspecify.annotations.Nullable;

/**
 * Finds the layers of an external graph that maps can be of: values with more than one row and column that everything passes
 * through, whose layout graph and {@link LayoutProbe} agree on. The last of them that is neither pooling nor rearrangement is
 * the default layer.
 */
final class LayerSearch {
    static final Set<String> NOT_LAST = Set.of(
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

    /** Of the values of an image that are probed together, unless one alone has more. */
    private static final long MOST_NUMBERS = 4_000_000;

    private final ExternalGraph graph;
    private final ProbedGraph probed;
    private final ProbeImages images;
    private final Refusals refusals;
    private final LayoutProbe probe;
    private final LayoutTrace trace;
    private final List<String> passedOver = new ArrayList<>();

    private LayerSearch(ExternalGraph graph, ProbedGraph probed, ProbeImages images) {
        this.graph = graph;
        this.probed = probed;
        this.images = images;
        this.refusals = new Refusals(probed);
        this.probe = new LayoutProbe(images);
        this.trace = new LayoutTrace(graph);
    }

    /**
     * What was found.
     *
     * @param assumed what could be meant otherwise of the layer that maps are of
     */
    record Found(SpatialLayers layers, List<Assumed> assumed) {}

    /**
     * @param image one image as the model takes it
     * @param request its layer by any name (absent: the last), and how that holds its maps where it is stated
     * @throws UnknownLayerException if there is no such layer
     * @throws GazecheckException if it cannot hold its maps as stated
     * @throws OnnxFailure if the model does not run, or has no maps
     */
    static Found layers(
            ExternalGraph graph,
            ProbedGraph probed,
            ProbeImages images,
            Tensor image,
            int side,
            ExternalRequest request)
            throws GazecheckException {
        return new LayerSearch(graph, probed, images).search(image, side, request);
    }

    private Found search(Tensor image, int side, ExternalRequest request) throws GazecheckException {
        String wanted = request.layer();
        String asked = wanted == null
                ? null
                : new GraphLayers(graph, probed).find(wanted).getOutput(0);
        if (request.layout().isPresent()) {
            return stated(asked, request.layout().get(), side);
        }
        List<LayerCandidate> candidates = LayerCandidate.all(graph, image, asked);
        if (candidates.isEmpty()) {
            throw new OnnxFailure(
                    "no value of it is a set of feature maps that everything passes through: no heatmap can be made");
        }
        if (asked != null) {
            LayerCandidate named = candidates.stream()
                    .filter(each -> each.value().equals(asked))
                    .findFirst()
                    .orElseThrow(() -> new OnnxFailure("the layer '" + asked
                            + "' cannot be audited: its tokens are no square grid; choose another one"));
            return new Found(named(named, candidates, side), List.of());
        }
        return last(candidates, side);
    }

    /** Of a layer whose maps are held as somebody says, nothing is probed. */
    private Found stated(@Nullable String asked, TensorRequest.Reading reading, int side) throws GazecheckException {
        if (asked == null) {
            throw new GazecheckException(
                    FailureKind.USAGE,
                    "--layout and --grid (external.layout, external.grid) say how a layer holds its maps: name the"
                            + " layer too (--layer)");
        }
        int[] shape = new GraphLayers(graph, probed).layouts().shape(asked).orElseThrow();
        MapLayout layout = TensorModel.stated(reading, asked, shape);
        LayerCandidate candidate = LayerCandidate.of(graph.producer(asked).orElseThrow(), shape);
        SpatialLayer layer = candidate.layer(layout, whyNoGradients(candidate, layout));
        return new Found(new SpatialLayers(List.of(layer), side, layer.name()), List.of());
    }

    private SpatialLayers named(LayerCandidate wanted, List<LayerCandidate> candidates, int side) {
        Map<String, List<Reading>> readings = probe.readings(graph, Map.of(wanted.value(), wanted.shape()));
        SpatialLayer layer = layer(wanted, readings)
                .orElseThrow(() -> new OnnxFailure("the layer '" + wanted.name() + "' cannot be explained by maps: "
                        + why(wanted, readings) + ". Choose an earlier layer (external.layer, --layer), such as one of "
                        + earlier(wanted, candidates)));
        return new SpatialLayers(List.of(layer), side, layer.name());
    }

    private static String earlier(LayerCandidate wanted, List<LayerCandidate> candidates) {
        List<LayerCandidate> before = candidates.subList(0, candidates.indexOf(wanted));
        return before.subList(Math.max(0, before.size() - 3), before.size()).stream()
                .map(LayerCandidate::name)
                .collect(Collectors.joining(", "));
    }

    private Found last(List<LayerCandidate> candidates, int side) {
        List<SpatialLayer> layers = new ArrayList<>();
        Optional<SpatialLayer> last = Optional.empty();
        int to = candidates.size();
        while (to > 0 && last.isEmpty()) {
            int from = to - 1;
            long size = candidates.get(from).size();
            while (from > 0 && size + candidates.get(from - 1).size() <= MOST_NUMBERS) {
                size += candidates.get(--from).size();
            }
            List<LayerCandidate> group = candidates.subList(from, to);
            Map<String, int[]> shapes = new HashMap<>();
            group.forEach(each -> shapes.put(each.value(), each.shape()));
            Map<String, List<Reading>> readings = probe.readings(graph, shapes);
            List<SpatialLayer> passing = new ArrayList<>();
            for (int i = group.size() - 1; i >= 0; i--) {
                LayerCandidate candidate = group.get(i);
                Optional<SpatialLayer> layer = layer(candidate, readings);
                layer.ifPresent(each -> passing.add(0, each));
                boolean eligible = !NOT_LAST.contains(candidate.node().getOpType());
                if (eligible && candidate.isLikely() && last.isEmpty() && layer.isEmpty()) {
                    passedOver.add("'" + candidate.name() + "', " + why(candidate, readings));
                }
                Optional<SpatialLayer> unread =
                        layer.filter(each -> !each.layout().isWhole()
                                && each.whyNoGradients().isPresent()
                                && refused(candidate).isEmpty());
                if (eligible && last.isEmpty() && unread.isPresent()) {
                    passedOver.add("'" + candidate.name() + "', where "
                            + unread.get().whyNoGradients().orElseThrow());
                } else {
                    last = eligible && last.isEmpty() ? layer : last;
                }
            }
            layers.addAll(0, passing);
            to = from;
        }
        SpatialLayer chosen = last.or(() -> layers.stream().reduce((first, second) -> second))
                .orElseThrow(() -> new OnnxFailure("none of its values can be explained by maps: "
                        + (passedOver.isEmpty() ? "none has rows and columns" : passedOver.get(0))));
        layers.addAll(0, unprobed(candidates.subList(0, to)));
        return new Found(new SpatialLayers(layers, side, chosen.name()), assumed(chosen));
    }

    private List<Assumed> assumed(SpatialLayer chosen) {
        if (passedOver.isEmpty()) {
            return List.of();
        }
        return List.of(new Assumed(
                "external.layer",
                "heatmaps are of '" + chosen.name()
                        + "', the last layer whose cells answer to their own place in the image; not"
                        + " of " + passedOver.get(0)
                        + (passedOver.size() > 1 ? ", nor of " + (passedOver.size() - 1) + " before it" : "")
                        + "; external.layer (--layer) chooses",
                Map.of("layers passed over", passedOver.size())));
    }

    private Optional<SpatialLayer> layer(LayerCandidate candidate, Map<String, List<Reading>> readings) {
        List<Reading> its = readings.getOrDefault(candidate.value(), List.of());
        Optional<MapLayout.Kind> said = trace.of(candidate.value());
        boolean tied = its.size() > 1
                && its.get(1).passes()
                && its.get(1).found() == its.get(0).found()
                && said.isEmpty();
        return its.stream()
                .filter(reading ->
                        said.isEmpty() || said.get() == reading.layout().kind())
                .findFirst()
                .filter(reading ->
                        !tied && reading.passes(said.isEmpty() ? LayoutProbe.SHARE : LayoutProbe.SHARE_WITH_GRAPH))
                .map(reading -> candidate.layer(reading.layout(), whyNoGradients(candidate, reading.layout())));
    }

    private Optional<String> whyNoGradients(LayerCandidate candidate, MapLayout layout) {
        return refused(candidate).or(() -> layout.isWhole() ? Optional.empty() : unread(candidate, layout));
    }

    private Optional<String> refused(LayerCandidate candidate) {
        return refusals.at(candidate.value()).map(reason -> "after it comes " + reason);
    }

    /** Behind the last attention a class token alone may be read. */
    private Optional<String> unread(LayerCandidate candidate, MapLayout layout) {
        if (ExternalBackward.reaches(graph, probed, candidate.value(), layout, images.images(1))) {
            return Optional.empty();
        }
        return Optional.of("the logits read no token of the image's grid there, but others only");
    }

    private String why(LayerCandidate candidate, Map<String, List<Reading>> readings) {
        String found = readings.getOrDefault(candidate.value(), List.of()).stream()
                .map(Reading::text)
                .collect(Collectors.joining(", "));
        return "whose values are " + Arrays.toString(candidate.shape())
                + " for an image: where a patch of an image is made"
                + " grey, the cell there should change most, which it does for at least "
                + Math.round(100 * LayoutProbe.SHARE) + " % of patches in a layer of maps, here " + found
                + trace.of(candidate.value())
                        .map(kind -> " (the graph itself has it as "
                                + kind.name().toLowerCase(java.util.Locale.ROOT).replace('_', ' ') + ")")
                        .orElse("");
    }

    /** Earlier ones, of which only the names are used. */
    private List<SpatialLayer> unprobed(List<LayerCandidate> candidates) {
        return candidates.stream()
                .map(candidate ->
                        candidate.layer(LayoutProbe.possible(candidate.shape()).get(0), refused(candidate)))
                .toList();
    }
}
