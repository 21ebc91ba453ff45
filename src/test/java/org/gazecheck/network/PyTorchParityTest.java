package org.gazecheck.network;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.gazecheck.ReferenceData;
import org.gazecheck.explain.GradCam;
import org.gazecheck.explain.LastBlock;
import org.gazecheck.explain.ScoreWeights;
import org.gazecheck.image.Framing;
import org.gazecheck.image.ImageDecoder;
import org.gazecheck.image.Preprocessing;
import org.gazecheck.image.RgbImage;
import org.gazecheck.io.Npy;
import org.gazecheck.io.NpyArray;
import org.gazecheck.network.engine.Engines;
import org.gazecheck.network.weights.ResNets;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What PyTorch and pytorch-grad-cam compute from the same weights and pixels, in both engines. */
@Tag("reference")
class PyTorchParityTest {
    private static final String RESNET50 = "resnet50";
    private static final List<String> TARGETS = List.of("predicted", "second");

    /** Those that were read. */
    private static final Map<String, BuiltInNetwork> NETWORKS = new HashMap<>();

    static Stream<Arguments> networks() {
        return Arrays.stream(Engine.values()).flatMap(engine -> Stream.of(RESNET50, "small_basic", "small_bottleneck")
                .map(name -> Arguments.of(engine, name)));
    }

    static Stream<Arguments> maps() {
        return networks().flatMap(both -> Stream.of("layer4", "layer3")
                .map(layer -> Arguments.of(both.get()[0], both.get()[1], layer)));
    }

    @ParameterizedTest
    @MethodSource("networks")
    void logits(Engine engine, String name) throws IOException {
        Tensor found = run(engine, name, InferencePlan.fromImage(Tap.LOGITS)).get(Tap.LOGITS);
        assertArrayEquals(
                golden(name, "logits").floats(),
                Arrays.copyOf(found.data(), found.size()),
                name.equals(RESNET50) ? 1e-4f : 1e-3f);
    }

    @ParameterizedTest
    @MethodSource("networks")
    void activationsAndGradients(Engine engine, String name) throws IOException {
        for (String layer : new String[] {"layer4", "layer3"}) {
            Path folder = ReferenceData.path("golden/" + name);
            Tap activations = new Tap.Activations(layer);
            Tap gradients = new Tap.Gradients(layer);
            Map<Tap, Tensor> found =
                    run(engine, name, InferencePlan.fromImage(activations, gradients), targets(name, "predicted"));
            if (Files.exists(folder.resolve("activation_" + layer + ".npy"))) {
                assertClose(golden(name, "activation_" + layer), found.get(activations), 1e-4);
            }
            assertClose(golden(name, "gradient_" + layer + "_predicted"), found.get(gradients), 1e-4);
        }
    }

    @ParameterizedTest
    @MethodSource("maps")
    void gradCam(Engine engine, String name, String layer) throws IOException {
        Map<String, Tensor> found = backPropagated(engine, name, layer);
        for (String target : TARGETS) {
            assertMapsClose(golden(name, "gradcam_" + layer + "_" + target), found.get(target), 1e-4);
        }
    }

    @ParameterizedTest
    @MethodSource("networks")
    void gradCamInClosedForm(Engine engine, String name) throws IOException {
        Tap last = new Tap.Activations("layer4");
        Map<Tap, Tensor> found = run(engine, name, InferencePlan.fromImage(last, Tap.FEATURES));
        Head head = network(name).head().orElseThrow();
        for (String target : TARGETS) {
            Tensor maps = new LastBlock(head)
                    .gradCam(
                            found.get(last),
                            found.get(Tap.FEATURES),
                            ScoreWeights.of(targets(name, target), head.classes()));
            assertMapsClose(golden(name, "gradcam_layer4_" + target), maps, 1e-4);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {RESNET50, "small_basic", "small_bottleneck"})
    void classMaps(String name) throws IOException {
        for (String layer : new String[] {"layer4", "layer3"}) {
            Tap both = new Tap.ClassMaps(layer);
            try (InferenceSession session =
                    Engines.open(network(name), InferencePlan.fromImage(Tap.LOGITS, both), Engine.ONNX, 0)) {
                Map<Tap, Tensor> found = session.run(input(name), targets(name, "second"));
                assertArrayEquals(
                        golden(name, "logits").floats(),
                        found.get(Tap.LOGITS).data(),
                        name.equals(RESNET50) ? 1e-4f : 1e-3f);
                assertMapsClose(golden(name, "gradcam_" + layer + "_predicted"), half(found.get(both), 0), 1e-4);
                assertMapsClose(golden(name, "gradcam_" + layer + "_second"), half(found.get(both), 1), 1e-4);
            }
        }
    }

    /** Of maps [n, 2, h, w] those of one score, [n, h, w]. */
    private static Tensor half(Tensor maps, int score) {
        int[] shape = maps.shape();
        int area = shape[2] * shape[3];
        float[] half = new float[shape[0] * area];
        for (int i = 0; i < shape[0]; i++) {
            System.arraycopy(maps.data(), (2 * i + score) * area, half, i * area, area);
        }
        return Tensor.of(half, shape[0], shape[2], shape[3]);
    }

    /** Here exact arithmetic itself differs: ReLUs flip. */
    @ParameterizedTest
    @EnumSource(Engine.class)
    void gradCamAtLayer2(Engine engine) throws IOException {
        Map<String, Tensor> maps = backPropagated(engine, RESNET50, "layer2");
        for (String target : TARGETS) {
            float[] found = maps.get(target).data();
            NpyArray golden = golden(RESNET50, "gradcam_layer2_" + target);
            float[] expected = golden.floats();
            int area = golden.shape()[1] * golden.shape()[2];
            int close = 0;
            for (int i = 0; i < expected.length; i++) {
                double off = Math.abs(found[i] - expected[i]) / range(expected, i / area * area, area);
                assertTrue(off <= 5e-3, "off by " + off + " of the map's range");
                close += off <= 1e-4 ? 1 : 0;
            }
            assertTrue(close >= 0.75 * expected.length, close + " of " + expected.length + " are close");
            assertTrue(correlation(expected, found) >= 0.9999);
        }
    }

    @ParameterizedTest
    @EnumSource(Engine.class)
    void topClassesFromJpegs(Engine engine) throws IOException {
        BuiltInNetwork network = network(RESNET50);
        Preprocessing preprocessing = Preprocessing.torchvision(network.normalisation());
        ImageDecoder decoder = new ImageDecoder(100_000_000);
        int[] predicted = targets(RESNET50, "predicted");
        int[] second = targets(RESNET50, "second");
        String[] names = {"06734", "00001", "05087", "03095", "02500", "07180", "04004", "08077"};
        try (InferenceSession session = Engines.open(network, InferencePlan.fromImage(Tap.LOGITS), engine, 0)) {
            for (int i = 0; i < names.length; i++) {
                Path file = ReferenceData.path("golden/resnet50/images/image_" + names[i] + ".jpg");
                RgbImage image = Framing.frame(decoder.decode(file), preprocessing);
                float[] input = new float[3 * 224 * 224];
                network.normalisation().write(image, input, 0);
                float[] logits = session.run(Tensor.of(input, 1, 3, 224, 224))
                        .get(Tap.LOGITS)
                        .data();
                int[] order = order(logits);
                boolean tossed = names[i].equals("07180") || names[i].equals("08077");
                if (tossed && order[0] == second[i]) {
                    assertEquals(predicted[i], order[1], names[i]);
                } else {
                    assertEquals(predicted[i], order[0], names[i]);
                }
            }
        }
    }

    /** The maps of each target. */
    private static Map<String, Tensor> backPropagated(Engine engine, String name, String layer) throws IOException {
        Tap activations = new Tap.Activations(layer);
        Tap gradients = new Tap.Gradients(layer);
        BuiltInNetwork network = network(name);
        Map<String, Tensor> maps = new HashMap<>();
        try (InferenceSession session =
                Engines.open(network, InferencePlan.fromImage(activations, gradients), engine, 0)) {
            for (String target : TARGETS) {
                Map<Tap, Tensor> found = session.run(input(name), weights(network, targets(name, target)));
                maps.put(target, GradCam.of(found.get(activations), found.get(gradients)));
            }
        }
        return maps;
    }

    private static BuiltInNetwork network(String name) throws IOException {
        BuiltInNetwork known = NETWORKS.get(name);
        if (known == null) {
            known = ResNets.load(ReferenceData.path(
                    name.equals(RESNET50) ? "weights/resnet50.safetensors" : "golden/" + name + "/" + name + ".pth"));
            NETWORKS.put(name, known);
        }
        return known;
    }

    @AfterAll
    static void forget() {
        NETWORKS.clear();
    }

    private static NpyArray golden(String name, String file) throws IOException {
        return Npy.read(ReferenceData.path("golden/" + name + "/" + file + ".npy"));
    }

    private static int[] targets(String name, String target) throws IOException {
        return golden(name, target).ints();
    }

    private static Tensor input(String name) throws IOException {
        NpyArray input = golden(name, "input");
        return new Tensor(input.floats(), input.shape());
    }

    private static Map<Tap, Tensor> run(Engine engine, String name, InferencePlan plan) throws IOException {
        try (InferenceSession session = Engines.open(network(name), plan, engine, 0)) {
            return session.run(input(name));
        }
    }

    private static Map<Tap, Tensor> run(Engine engine, String name, InferencePlan plan, int[] targets)
            throws IOException {
        BuiltInNetwork network = network(name);
        try (InferenceSession session = Engines.open(network, plan, engine, 0)) {
            return session.run(input(name), weights(network, targets));
        }
    }

    private static Tensor weights(BuiltInNetwork network, int[] targets) {
        int classes = network.head().orElseThrow().classes();
        float[] weights = new float[targets.length * classes];
        for (int i = 0; i < targets.length; i++) {
            weights[i * classes + targets[i]] = 1;
        }
        return Tensor.of(weights, targets.length, classes);
    }

    /** The reference may hold the first rows only. */
    private static void assertClose(NpyArray golden, Tensor found, double share) {
        float[] expected = golden.floats();
        double tolerance = share * range(expected, 0, expected.length);
        for (int i = 0; i < expected.length; i++) {
            assertEquals(expected[i], found.data()[i], tolerance, "at " + i);
        }
    }

    private static void assertMapsClose(NpyArray golden, Tensor found, double share) {
        assertArrayEquals(golden.shape(), found.shape());
        float[] expected = golden.floats();
        int area = golden.shape()[1] * golden.shape()[2];
        for (int i = 0; i < expected.length; i++) {
            double tolerance = share * range(expected, i / area * area, area);
            assertEquals(expected[i], found.data()[i], tolerance, "at " + i);
        }
    }

    private static double range(float[] values, int from, int length) {
        float low = Float.POSITIVE_INFINITY;
        float high = Float.NEGATIVE_INFINITY;
        for (int i = from; i < from + length; i++) {
            low = Math.min(low, values[i]);
            high = Math.max(high, values[i]);
        }
        return high - low;
    }

    private static double correlation(float[] a, float[] b) {
        double meanA = mean(a);
        double meanB = mean(b);
        double ab = 0;
        double aa = 0;
        double bb = 0;
        for (int i = 0; i < a.length; i++) {
            ab += (a[i] - meanA) * (b[i] - meanB);
            aa += (a[i] - meanA) * (a[i] - meanA);
            bb += (b[i] - meanB) * (b[i] - meanB);
        }
        return ab / Math.sqrt(aa * bb);
    }

    private static double mean(float[] values) {
        double sum = 0;
        for (float value : values) {
            sum += value;
        }
        return sum / values.length;
    }

    private static int[] order(float[] logits) {
        return java.util.stream.IntStream.range(0, logits.length)
                .boxed()
                .sorted((a, b) -> Float.compare(logits[b], logits[a]))
                .mapToInt(Integer::intValue)
                .toArray();
    }
}
