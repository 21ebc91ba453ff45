package org.gazecheck.network;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.gazecheck.ReferenceData;
import org.gazecheck.explain.CamMethod;
import org.gazecheck.explain.LayerTap;
import org.gazecheck.explain.ScoreWeights;
import org.gazecheck.failure.GazecheckException;
import org.gazecheck.io.Npy;
import org.gazecheck.network.engine.ExternalNetworks;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Small classifiers of other makes, each at several of its layers, against PyTorch's own Grad-CAM maps. */
@Tag("reference")
class ForeignLayersTest {
    private static final String FOLDER = "foreign2";

    /** Its classes do not exclude each other: outside of what is audited. */
    private static final String OUTSIDE = "multilabel_sigmoid";

    /** Takes grey images, and is given coloured ones everywhere. */
    private static final String GREY = "grey";

    /** Holds its inner values in half precision. */
    private static final String HALF = "fp16";

    /** In half precision ReLUs flip. */
    private static final double TOLERANCE_HALF = 9e-2;

    private static final double TOLERANCE = 1e-3;

    /** A normalisation inside a branch of a network of random weights, of which the probe of layouts finds too little (2). */
    private static final int MOST_REFUSED_FALSELY = 2;

    private static final int FEWEST_RIGHT = 47;

    private enum Outcome {
        /** Grad-CAM, as PyTorch's. */
        RIGHT,
        /** A map of another method, which needs no gradients, of the right shape, and the reason is told. */
        TOLD,
        REFUSED_RIGHTLY,
        /** Though there is a map to compare with. */
        REFUSED_FALSELY,
        /** Taken, and the map is wrong. */
        WRONG
    }

    @Test
    void noLayerIsTakenWithAWrongMap() throws IOException {
        Map<Outcome, Integer> counts = new EnumMap<>(Outcome.class);
        StringBuilder lines = new StringBuilder();
        for (JsonNode network : networks()) {
            for (JsonNode layer : network.get("layers")) {
                StringBuilder why = new StringBuilder();
                Outcome outcome = outcome(network, layer, why);
                counts.merge(outcome, 1, Integer::sum);
                lines.append(outcome)
                        .append(' ')
                        .append(network.get("name").asText())
                        .append(' ')
                        .append(layer.get("value").asText())
                        .append(": ")
                        .append(why)
                        .append('\n');
            }
        }
        String found = counts + "\n" + lines;
        assertEquals(0, counts.getOrDefault(Outcome.WRONG, 0), found);
        assertEquals(2, counts.getOrDefault(Outcome.REFUSED_RIGHTLY, 0), found);
        assertTrue(counts.getOrDefault(Outcome.REFUSED_FALSELY, 0) <= MOST_REFUSED_FALSELY, found);
        assertTrue(counts.getOrDefault(Outcome.RIGHT, 0) >= FEWEST_RIGHT, found);
    }

    private static List<JsonNode> networks() throws IOException {
        try (Stream<Path> files = Files.list(ReferenceData.path(FOLDER))) {
            JsonMapper mapper = new JsonMapper();
            return files.filter(file -> file.toString().endsWith(".json") && !file.endsWith(GREY + ".json"))
                    .sorted()
                    .map(file -> {
                        try {
                            return mapper.readTree(file.toFile());
                        } catch (IOException e) {
                            throw new java.io.UncheckedIOException(e);
                        }
                    })
                    .toList();
        }
    }

    private static Outcome outcome(JsonNode about, JsonNode layer, StringBuilder why) throws IOException {
        String name = about.get("name").asText();
        Network network;
        try {
            network = read(about, layer.get("value").asText());
        } catch (GazecheckException e) {
            why.append(e.getMessage());
            return name.equals(OUTSIDE) ? Outcome.REFUSED_RIGHTLY : Outcome.REFUSED_FALSELY;
        }
        int[] shape = network.outputShape(network.lastLayer(), network.side().orElseThrow());
        JsonNode map = layer.get("map");
        int[] expected = {
            layer.get("channels").asInt(), map.get(1).asInt(), map.get(2).asInt()
        };
        if (!Arrays.equals(expected, shape)) {
            why.append("of the shape ").append(Arrays.toString(shape));
            return Outcome.WRONG;
        }
        Optional<String> none = network.whyNoGradients(network.lastLayer());
        if (none.isPresent()) {
            why.append(none.get());
            return Outcome.TOLD;
        }
        double off = off(about, layer, network);
        why.append("off by ").append(off);
        return off <= (name.equals(HALF) ? TOLERANCE_HALF : TOLERANCE) ? Outcome.RIGHT : Outcome.WRONG;
    }

    private static Network read(JsonNode about, String layer) throws IOException {
        return ExternalNetworks.read(new ExternalRequest(
                ReferenceData.path(FOLDER + "/" + about.get("file").asText()),
                about.get("logits").get("classes").asInt(),
                about.get("input").get("size").asInt(),
                ExternalRequest.Order.AUTO,
                false,
                layer));
    }

    private static double off(JsonNode about, JsonNode layer, Network network) throws IOException {
        String name = about.get("name").asText();
        float[] golden = Npy.read(ReferenceData.path(
                        FOLDER + "/" + name + "_gradcam_" + layer.get("index").asInt() + "_predicted.npy"))
                .floats();
        int[] targets = new int[4];
        for (int i = 0; i < targets.length; i++) {
            JsonNode sign = about.get("targets").get("sign");
            targets[i] = sign == null
                    ? about.get("targets").get("predicted").get(i).asInt()
                    : sign.get(i).asInt() > 0 ? 1 : 0;
        }
        int side = about.get("input").get("size").asInt();
        float[] numbers = Npy.read(ReferenceData.path(
                        FOLDER + "/" + about.get("input").get("file").asText()))
                .floats();
        Tensor images = Tensor.of(numbers, 4, 3, side, side);
        float[] found;
        try (LayerTap tap = LayerTap.open(network, network.lastLayer(), Engine.ONNX, 2)) {
            found = tap.maps(CamMethod.GRADCAM, tap.forward(images), ScoreWeights.of(targets, network.classes()))
                    .data();
        }
        int area = golden.length / targets.length;
        double ofOne =
                about.get("targets").get("sign") == null ? 1 : 2; // z is the difference of the logits z/2 and -z/2
        double off = 0;
        for (int i = 0; i < targets.length; i++) {
            float[] map = Arrays.copyOfRange(golden, i * area, (i + 1) * area);
            Arrays.sort(map);
            for (int j = i * area; j < (i + 1) * area; j++) {
                off = Math.max(off, Math.abs(golden[j] - ofOne * found[j]) / (map[area - 1] - map[0]));
            }
        }
        return off;
    }

    /** The layer of choice is one whose maps can be believed. */
    @Test
    void theDefaultLayerOfEveryNetworkPasses() throws IOException {
        for (JsonNode about : networks()) {
            if (!List.of(OUTSIDE, HALF).contains(about.get("name").asText())) {
                Network network = read(about, null);
                int[] shape =
                        network.outputShape(network.lastLayer(), network.side().orElseThrow());
                assertTrue(shape[1] == shape[2], about.get("name").asText() + Arrays.toString(shape));
            }
        }
    }
}
