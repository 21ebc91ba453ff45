package org.gazecheck.network.onnx.external;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import onnx.Onnx.ModelProto;
import org.gazecheck.ReferenceData;
import org.gazecheck.explain.GradCam;
import org.gazecheck.explain.HiResCam;
import org.gazecheck.explain.LayerCam;
import org.gazecheck.io.Npy;
import org.gazecheck.network.MapLayout;
import org.gazecheck.network.Tensor;
import org.gazecheck.network.onnx.runtime.KeptPass;
import org.gazecheck.network.onnx.runtime.OnnxForward;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.TestFactory;

/** The way back through small classifiers of other makes, at each of their layers, against PyTorch's gradients and raw maps. */
@Tag("reference")
class ForeignGradientsTest {
    private static final String FOLDER = "foreign2";
    private static final double TOLERANCE = 1e-4;
    private static final List<String> ROUNDED = List.of("fp16", "qdq");
    private static final int IMAGES = 4;

    @TestFactory
    Stream<DynamicTest> mapsAndGradientsAreThoseOfPyTorch() throws IOException {
        return ReferenceData.descriptions(FOLDER).stream().flatMap(about -> IntStream.range(
                        0, about.get("layers").size())
                .mapToObj(i -> dynamicTest(
                        about.get("name").asText() + " "
                                + about.get("layers").get(i).get("value").asText(),
                        () -> check(about, about.get("layers").get(i)))));
    }

    private static void check(JsonNode about, JsonNode layer) throws IOException {
        String name = about.get("name").asText();
        ModelProto model = ModelProto.parseFrom(Files.readAllBytes(
                ReferenceData.path(FOLDER + "/" + about.get("file").asText())));
        ExternalGraph graph = new ExternalGraph(
                model,
                about.get("input").get("name").asText(),
                about.get("logits").get("value").asText());
        Tensor images = images(about);
        String value = layer.get("value").asText();
        ProbedGraph probed = ProbedGraph.of(graph, rows(images, 1), rows(images, 2));
        int index = layer.get("index").asInt();
        MapLayout layout = layout(layer);
        Tensor activations;
        Tensor logits;
        try (OnnxForward forward = OnnxForward.open(graph.cut(List.of(value, graph.logits())), graph.image(), 0, 1);
                KeptPass kept = forward.run(images)) {
            activations = layout.maps(kept.value(value));
            logits = kept.value(graph.logits());
        }
        float[] expected = golden(name + "_logits");
        for (int i = 0; i < expected.length; i++) {
            assertTrue(
                    Math.abs(expected[i] - logits.data()[i])
                            <= about.get("tolerance_logits").asDouble(),
                    "logits");
        }
        StringBuilder told = new StringBuilder();
        try (ExternalBackward backward = ExternalBackward.open(graph, probed, value, 1)) {
            for (String target :
                    name.equals("binary_sigmoid") ? List.of("predicted", "logit") : List.of("predicted", "second")) {
                Tensor gradient = backward.run(images, scores(about, target));
                Tensor maps = layout.maps(gradient);
                compare(about, layer, index, "gradcam", target, GradCam.of(activations, maps), told);
                if (target.equals("predicted")) {
                    compare(about, layer, index, "hirescam", target, HiResCam.of(activations, maps), told);
                    compare(about, layer, index, "layercam", target, LayerCam.of(activations, maps), told);
                    gradient(about, golden(name + "_gradient_" + index), gradient.data(), told);
                }
            }
        }
        assertFalse(told.toString().contains("WRONG"), told.toString());
    }

    private static void gradient(JsonNode about, float[] golden, float[] found, StringBuilder told) {
        double largest = 0;
        double off = 0;
        for (int i = 0; i < golden.length; i++) {
            largest = Math.max(largest, Math.abs(golden[i]));
            off = Math.max(off, Math.abs(golden[i] - found[i]));
        }
        String wrong = ROUNDED.contains(about.get("name").asText()) || off <= TOLERANCE * largest ? "" : " WRONG";
        told.append(String.format(Locale.ROOT, " gradient %.1e%s", off / largest, wrong));
    }

    private static void compare(
            JsonNode about, JsonNode layer, int index, String method, String target, Tensor maps, StringBuilder told)
            throws IOException {
        String name = about.get("name").asText();
        Path file = ReferenceData.path(FOLDER + "/" + about.get("name").asText() + "_gradcam_0_predicted.npy")
                .resolveSibling(name + "_" + method + "_" + index + "_" + target + ".npy");
        if (!Files.exists(file)) {
            return;
        }
        float[] golden = Npy.read(file).floats();
        int area = golden.length / IMAGES;
        double off = 0;
        for (int i = 0; i < IMAGES; i++) {
            float[] map = Arrays.copyOfRange(golden, i * area, (i + 1) * area);
            Arrays.sort(map);
            double range = map[area - 1] - map[0];
            for (int j = i * area; j < (i + 1) * area; j++) {
                off = Math.max(off, Math.abs(golden[j] - maps.data()[j]) / range);
            }
        }
        double tolerance = ROUNDED.contains(name)
                ? 2 * layer.get("sensitivity").get(method + " " + target).asDouble()
                : TOLERANCE;
        told.append(String.format(Locale.ROOT, " %s %s %.1e%s", method, target, off, off <= tolerance ? "" : " WRONG"));
    }

    private static MapLayout layout(JsonNode layer) {
        String kind = layer.get("kind").asText();
        int height = layer.get("map").get(1).asInt();
        int width = layer.get("map").get(2).asInt();
        return kind.startsWith("map")
                ? MapLayout.channelsFirst(height, width)
                : kind.startsWith("channels")
                        ? MapLayout.channelsLast(height, width)
                        : MapLayout.tokens(kind.contains("with class token") ? 1 : 0, height, width);
    }

    private static Tensor scores(JsonNode about, String target) {
        int classes = about.get("logits").get("classes").asInt();
        float[] scores = new float[IMAGES * classes];
        for (int i = 0; i < IMAGES; i++) {
            if (about.get("targets").has("sign")) {
                scores[i] = target.equals("logit")
                        ? 1
                        : (float) about.get("targets").get("sign").get(i).asDouble();
            } else {
                scores[i * classes + about.get("targets").get(target).get(i).asInt()] = 1;
            }
        }
        return Tensor.of(scores, IMAGES, classes);
    }

    private static Tensor images(JsonNode about) throws IOException {
        var array = Npy.read(
                ReferenceData.path(FOLDER + "/" + about.get("input").get("file").asText()));
        Tensor planes = Tensor.of(array.floats(), array.shape());
        return about.get("input").get("layout").asText().equals("NHWC")
                ? new org.gazecheck.network.ImageInput(true, false).arrange(planes)
                : planes;
    }

    private static Tensor rows(Tensor images, int n) {
        int[] shape = images.shape().clone();
        int length = images.size() / shape[0];
        shape[0] = n;
        return Tensor.of(Arrays.copyOf(images.data(), n * length), shape);
    }

    private static float[] golden(String name) throws IOException {
        return Npy.read(ReferenceData.path(FOLDER + "/" + name + ".npy")).floats();
    }
}
