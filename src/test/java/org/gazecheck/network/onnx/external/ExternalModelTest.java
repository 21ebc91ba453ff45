package org.gazecheck.network.onnx.external;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.lang.reflect.Proxy;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import onnx.Onnx.AttributeProto;
import onnx.Onnx.GraphProto;
import onnx.Onnx.ModelProto;
import onnx.Onnx.StringStringEntryProto;
import onnx.Onnx.TensorProto;
import org.gazecheck.explain.CamMethod;
import org.gazecheck.explain.LayerTap;
import org.gazecheck.explain.ScoreWeights;
import org.gazecheck.network.Engine;
import org.gazecheck.network.ExternalNetwork;
import org.gazecheck.network.ExternalRequest;
import org.gazecheck.network.ExternalRequest.Order;
import org.gazecheck.network.InferencePlan;
import org.gazecheck.network.InferenceSession;
import org.gazecheck.network.Network;
import org.gazecheck.network.Tap;
import org.gazecheck.network.Tensor;
import org.gazecheck.network.TinyNetworks;
import org.gazecheck.network.UnknownLayerException;
import org.gazecheck.network.WeightsException;
import org.gazecheck.network.engine.Engines;
import org.gazecheck.network.engine.ExternalNetworks;
import org.gazecheck.network.onnx.runtime.OnnxPart;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ExternalModelTest {
    private static final int CLASSES = 4;
    private static final int SIDE = 10;

    @TempDir
    private Path folder;

    private Path plain;
    private final Tensor images =
            Tensor.of(TinyNetworks.numbers(new SplittableRandom(8), 3 * 3 * SIDE * SIDE, 0, 1), 3, 3, SIDE, SIDE);

    @BeforeEach
    void write() throws IOException {
        plain = ExternalModels.classifier(folder.resolve("plain.onnx"), CLASSES, null);
    }

    @Test
    void logitsAreTakenBeforeTheSoftmax() throws IOException {
        ExternalGraph whole = new ExternalGraph(ExternalFile.read(plain), "x", "y");
        try (OnnxPart part = OnnxPart.open(whole.cut(List.of("y")), 0, 1)) {
            float[] shares = part.run(images).get("y").data();
            float[] logits = logits(ExternalNetworks.read(request(plain)));
            for (int i = 0; i < shares.length; i++) {
                double sum = 0;
                for (int c = i / CLASSES * CLASSES; c < (i / CLASSES + 1) * CLASSES; c++) {
                    sum += Math.exp(logits[c]);
                }
                assertEquals(shares[i], Math.exp(logits[i]) / sum, 1e-6);
            }
        }
    }

    @Test
    void channelsLastBlueFirstOneImageAtATime() throws IOException {
        ExternalModels models = new ExternalModels();
        models.integers("reversed", 2, 1, 0);
        models.node(ExternalModels.node("Transpose", "planes", "x")
                .addAttribute(AttributeProto.newBuilder()
                        .setName("perm")
                        .setType(AttributeProto.AttributeType.INTS)
                        .addAllInts(List.of(0L, 3L, 1L, 2L))));
        models.node(ExternalModels.node("Gather", "red first", "planes", "reversed")
                .addAttribute(AttributeProto.newBuilder()
                        .setName("axis")
                        .setType(AttributeProto.AttributeType.INT)
                        .setI(1)));
        models.body(CLASSES, null, "red first");
        Path keras = models.write(folder.resolve("keras.onnx"), 13, 1, SIDE, SIDE, 3);
        Network network = ExternalNetworks.read(new ExternalRequest(keras, CLASSES, 0, Order.AUTO, true, null));
        assertEquals(SIDE, network.side().orElseThrow());
        assertArrayEquals(logits(ExternalNetworks.read(request(plain))), logits(network), 1e-5f);
        assertArrayEquals(maps(ExternalNetworks.read(request(plain))), maps(network), 1e-5f);
    }

    @Test
    void featuresAreTheMeansOfTheLastLayersMaps() throws IOException {
        Network network = ExternalNetworks.read(request(plain));
        Tap activations = new Tap.Activations("block.act");
        try (InferenceSession session =
                Engines.open(network, InferencePlan.fromImage(Tap.FEATURES, activations), Engine.ONNX, 1)) {
            var found = session.run(images);
            assertArrayEquals(
                    new int[] {3, network.features()}, found.get(Tap.FEATURES).shape());
            double sum = 0;
            for (int j = 0; j < 64; j++) {
                sum += found.get(activations).data()[5 * 64 + j];
            }
            assertEquals(sum / 64, found.get(Tap.FEATURES).data()[5], 1e-6);
        }
    }

    @Test
    void aLayerIsFoundByNodeValueModuleOrPlace() throws IOException {
        for (String name : List.of("/block/act", "maps", "block.act", "block", "-1")) {
            assertEquals(
                    "block.act", ExternalNetworks.read(request(plain, name)).lastLayer());
        }
        assertEquals("block.act", ExternalNetworks.read(request(plain)).lastLayer());
        Network earlier = ExternalNetworks.read(request(plain, "convolved"));
        assertEquals("convolved", earlier.lastLayer());
        UnknownLayerException e =
                assertThrows(UnknownLayerException.class, () -> ExternalNetworks.read(request(plain, "layer4")));
        assertTrue(e.getMessage().contains("the last ones are 'block', 'convolved'"), e.getMessage());
    }

    @Test
    void whereAnOperatorHasNoDerivativeTheMethodsWithoutGradientsRemain() throws IOException {
        Path model = ExternalModels.classifier(folder.resolve("curved.onnx"), CLASSES, "Celu");
        Network network = ExternalNetworks.read(request(model, "maps"));
        assertTrue(network.whyNoGradients("block.act").orElseThrow().contains("Celu"));
        assertEquals("eigencam", LayerTap.method(network, "block.act"));
        try (LayerTap maps = LayerTap.open(network, "block.act", Engine.ONNX, 1);
                LayerTap tap = LayerTap.open(network, "block.act", Engine.ONNX, 1)) {
            LayerTap.Forward forward = tap.forward(images);
            Tensor weights = ScoreWeights.of(new int[3], CLASSES);
            assertArrayEquals(
                    tap.maps(CamMethod.EIGENCAM, forward, weights).data(),
                    maps.maps(maps.forward(images), new int[3]).data());
            assertEquals(
                    3 * 64, tap.maps(CamMethod.ABLATIONCAM, forward, weights).size());
            IllegalArgumentException e =
                    assertThrows(IllegalArgumentException.class, () -> tap.maps(CamMethod.GRADCAM, forward, weights));
            assertTrue(e.getMessage().contains("no gradients at block.act"), e.getMessage());
        }
    }

    @Test
    void oneForwardPassGivesScoresAndWhatGradientsNeed() throws IOException {
        ExternalNetwork network = (ExternalNetwork) ExternalNetworks.read(request(plain));
        List<String> asked = new ArrayList<>();
        ExternalNetwork counted = new ExternalNetwork(
                network.engine(),
                (same, plan, threads) -> counting(network.sessions().open(network, plan, threads), asked),
                network.input(),
                network.layers(),
                network.classes(),
                network.scores(),
                network.output(),
                network.hash(),
                List.of(),
                List.of());
        Tensor others =
                Tensor.of(TinyNetworks.numbers(new SplittableRandom(9), 3 * 3 * SIDE * SIDE, 0, 1), 3, 3, SIDE, SIDE);
        int[] targets = {0, 3, 1};
        try (LayerTap tap = LayerTap.open(counted, "block.act", Engine.ONNX, 1)) {
            LayerTap.Forward forward = tap.forward(images);
            float[] maps = tap.maps(forward, targets).data();
            tap.maps(forward, new int[] {1, 1, 1});
            assertEquals(List.of("pass"), asked);
            float[] ofOthers = tap.maps(tap.forward(others), targets).data();
            assertArrayEquals(maps, tap.maps(forward, targets).data());
            assertArrayEquals(ofOthers, tap.maps(tap.forward(others), targets).data());
            assertEquals(List.of("pass", "pass", "pass", "pass"), asked);
        }
    }

    private static InferenceSession counting(InferenceSession session, List<String> asked) {
        return (InferenceSession) Proxy.newProxyInstance(
                InferenceSession.class.getClassLoader(),
                new Class<?>[] {InferenceSession.class},
                (proxy, method, arguments) -> {
                    if (!method.getName().equals("close")) {
                        asked.add(method.getName());
                    }
                    return method.invoke(session, arguments);
                });
    }

    @Test
    void weightsBesideTheModelAreTakenInAndNoOtherFileIsOpened() throws IOException {
        float[] expected = logits(ExternalNetworks.read(request(plain)));
        ModelProto model = ModelProto.parseFrom(Files.readAllBytes(plain));
        byte[] kernel = model.getGraph().getInitializer(0).getRawData().toByteArray();
        byte[] data = new byte[kernel.length + 16];
        System.arraycopy(kernel, 0, data, 16, kernel.length);
        Files.write(folder.resolve("weights.data"), data);
        Path beside = outside(model, "weights.data", "16");
        assertArrayEquals(expected, logits(ExternalNetworks.read(request(beside))));
        Path elsewhere = Files.createDirectory(folder.resolve("elsewhere"));
        Files.write(elsewhere.resolve("weights.data"), data);
        Path inner = Files.createDirectory(folder.resolve("inner"));
        Files.createSymbolicLink(inner.resolve("link.data"), elsewhere.resolve("weights.data"));
        for (String location : List.of(
                "../elsewhere/weights.data",
                elsewhere.resolve("weights.data").toString(),
                "link.data",
                "sub/../../elsewhere/weights.data",
                "missing.data",
                "",
                "a\0b")) {
            Path climbing = inner.resolve("climbing.onnx");
            Files.copy(outside(model, location, "16"), climbing, java.nio.file.StandardCopyOption.REPLACE_EXISTING);
            assertRefused(request(climbing), "its weights are stated to lie in '");
        }
        assertRefused(request(outside(model, "weights.data", "17")), "is stated to lie at 17");
        assertRefused(request(outside(model, "weights.data", "-9")), "is stated to lie at -9");
        assertRefused(request(outside(model, "weights.data", "first")), "stated to lie at 'first'");
    }

    /** The model with its first weights in a file beside it. */
    private Path outside(ModelProto model, String location, String offset) throws IOException {
        TensorProto kernel = model.getGraph().getInitializer(0);
        TensorProto moved = kernel.toBuilder()
                .clearRawData()
                .setDataLocation(TensorProto.DataLocation.EXTERNAL)
                .addExternalData(entry("location", location))
                .addExternalData(entry("offset", offset))
                .addExternalData(
                        entry("length", Integer.toString(kernel.getRawData().size())))
                .build();
        GraphProto graph = model.getGraph().toBuilder().setInitializer(0, moved).build();
        return Files.write(
                folder.resolve("outside.onnx"),
                model.toBuilder().setGraph(graph).build().toByteArray());
    }

    private static StringStringEntryProto entry(String key, String value) {
        return StringStringEntryProto.newBuilder().setKey(key).setValue(value).build();
    }

    @Test
    void whatIsNoSuchClassifierIsToldInOneLine() throws IOException {
        byte[] bytes = Files.readAllBytes(plain);
        assertRefused(request(folder.resolve("none.onnx")), "no model at");
        assertRefused(
                request(Files.write(folder.resolve("half.onnx"), Arrays.copyOf(bytes, bytes.length / 2))),
                "not an ONNX model that can be used");
        assertRefused(request(Files.write(folder.resolve("empty.onnx"), new byte[0])), "it has no graph");
        assertRefused(
                new ExternalRequest(plain, 9, SIDE, Order.AUTO, false, null),
                "4 numbers for an image where the labels name 9");
        assertRefused(new ExternalRequest(plain, CLASSES, SIDE, Order.NHWC, false, null), "external.order, --order");
        assertRefused(
                request(ExternalModels.classifier(folder.resolve("u.onnx"), CLASSES, "NoSuchOperator")), "NoSuch");
        ExternalModels ends = new ExternalModels();
        ends.body(CLASSES, null, "x");
        ends.replaceEnd(ExternalModels.node("Sigmoid", "y", "logits"));
        assertRefused(request(ends.write(folder.resolve("sigmoid.onnx"), 13, 0, 3, 0, 0)), "ends in a sigmoid");
        ends.replaceEnd(ExternalModels.node("Softmax", "shares", "logits"));
        ends.weights("one", new float[] {1}, 1);
        ends.node(ExternalModels.node("Mul", "y", "shares", "one"));
        assertRefused(
                request(ends.write(folder.resolve("shares.onnx"), 13, 0, 3, 0, 0)), "its numbers are probabilities");
        assertRefused(request(ends.write(folder.resolve("small.onnx"), 13, 0, 3, 12, 12)), "takes images of 12x12");
        ends.replaceEnd(ExternalModels.node("Loop", "y", "logits")
                .addAttribute(AttributeProto.newBuilder()
                        .setName("body")
                        .setType(AttributeProto.AttributeType.GRAPH)
                        .setG(GraphProto.newBuilder())));
        assertRefused(request(ends.write(folder.resolve("loop.onnx"), 13, 0, 3, 0, 0)), "control flow (Loop)");
        ends.replaceEnd(ExternalModels.node("Softmax", "y", "logits").setDomain("evil.example"));
        assertRefused(
                request(ends.write(folder.resolve("domain.onnx"), 13, 0, 3, 0, 0)),
                "operators of the domain 'evil.example'");
    }

    private static void assertRefused(ExternalRequest request, String reason) {
        WeightsException e = assertThrows(WeightsException.class, () -> ExternalNetworks.read(request));
        assertTrue(e.getMessage().contains(reason), e.getMessage());
        assertEquals(1, e.getMessage().lines().count());
    }

    private static ExternalRequest request(Path model) {
        return request(model, null);
    }

    private static ExternalRequest request(Path model, String layer) {
        return new ExternalRequest(model, CLASSES, SIDE, Order.AUTO, false, layer);
    }

    private float[] logits(Network network) {
        try (InferenceSession session = Engines.open(network, InferencePlan.fromImage(Tap.LOGITS), Engine.ONNX, 1)) {
            return session.run(images).get(Tap.LOGITS).data();
        }
    }

    private float[] maps(Network network) {
        try (LayerTap maps = LayerTap.open(network, network.lastLayer(), Engine.ONNX, 1)) {
            return maps.maps(maps.forward(images), new int[] {0, 3, 1}).data();
        }
    }
}
