package org.gazecheck.network.dl4j;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.stream.Stream;
import org.deeplearning4j.nn.api.Model;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.deeplearning4j.util.ModelSerializer;
import org.deeplearning4j.zoo.model.Darknet19;
import org.deeplearning4j.zoo.model.LeNet;
import org.deeplearning4j.zoo.model.SqueezeNet;
import org.gazecheck.explain.LayerTap;
import org.gazecheck.image.Normalisation;
import org.gazecheck.network.Engine;
import org.gazecheck.network.ExternalNetwork;
import org.gazecheck.network.ExternalRequest;
import org.gazecheck.network.InferencePlan;
import org.gazecheck.network.InferenceSession;
import org.gazecheck.network.Network;
import org.gazecheck.network.Scores;
import org.gazecheck.network.Tap;
import org.gazecheck.network.Tensor;
import org.gazecheck.network.TinyNetworks;
import org.gazecheck.network.UnknownLayerException;
import org.gazecheck.network.WeightsException;
import org.gazecheck.network.engine.Engines;
import org.gazecheck.network.engine.ExternalNetworks;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

/** Architectures of DL4J's zoo with random weights; the witnesses are DL4J's own output and finite differences. */
@Tag("slow")
class ExternalArchiveTest {
    private static final int CLASSES = 5;
    private static final int IMAGES = 2;
    private static final int[] TARGETS = {3, 1};
    private static final float STEP = 1e-3f;

    @TempDir
    private static Path folder;

    /** Name, side, network, the layer before its last pooling. */
    static Stream<Arguments> zoo() {
        return Stream.of(
                Arguments.of("SqueezeNet", 64, squeezeNet(), "conv10_act"),
                Arguments.of("Darknet19", 64, darknet(), "convolution2d_19"),
                Arguments.of("LeNet", 32, leNet(), "2"));
    }

    private static Model squeezeNet() {
        return SqueezeNet.builder()
                .numClasses(CLASSES)
                .inputShape(new int[] {3, 64, 64})
                .seed(1)
                .build()
                .init();
    }

    private static Model darknet() {
        return Darknet19.builder()
                .numClasses(CLASSES)
                .inputShape(new int[] {3, 64, 64})
                .seed(2)
                .build()
                .init();
    }

    private static Model leNet() {
        return LeNet.builder()
                .numClasses(CLASSES)
                .inputShape(new int[] {3, 32, 32})
                .seed(3)
                .build()
                .init();
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("zoo")
    void isAuditedAsItIs(String name, int side, Model model, String layer) throws IOException {
        Path archive = write(model, name);
        Network network = ExternalNetworks.read(request(archive, side, null));
        assertEquals(layer, network.lastLayer());
        assertEquals(Optional.empty(), network.whyNoGradients(layer));
        Tensor images = Tensor.of(
                TinyNetworks.numbers(new SplittableRandom(7), IMAGES * 3 * side * side, 0, 1), IMAGES, 3, side, side);
        try (LayerTap maps = LayerTap.open(network, layer, Engine.ONNX, 2);
                InferenceSession tail =
                        Engines.open(network, new InferencePlan(layer, List.of(Tap.LOGITS)), Engine.ONNX, 2)) {
            LayerTap.Forward forward = maps.forward(images);
            assertArrayEquals(output(model, images), softmax(forward.logits()), 1e-5f);
            assertArrayEquals(
                    forward.logits().data(),
                    tail.run(forward.activations()).get(Tap.LOGITS).data(),
                    1e-4f);
            assertClose(differences(tail, forward.activations()), maps.maps(forward, TARGETS));
        }
    }

    /** Of one number z the logits of both classes are -z/2 and z/2, and their softmax is its sigmoid. */
    @ParameterizedTest
    @ValueSource(ints = {1, 3})
    void sigmoidsAreTakenOffItsEnd(int numbers) throws IOException {
        ComputationGraph graph = SmallArchives.sigmoids(24, numbers);
        Path archive = write(graph, "sigmoids-" + numbers);
        ExternalRequest request = new ExternalRequest(
                archive,
                0,
                24,
                ExternalRequest.Order.AUTO,
                false,
                null,
                null,
                Normalisation.TORCHVISION,
                Optional.empty(),
                true);
        ExternalNetwork network = (ExternalNetwork) ExternalNetworks.read(request);
        assertEquals(numbers == 1 ? Scores.BINARY : Scores.INDEPENDENT, network.scores());
        Tensor images =
                Tensor.of(TinyNetworks.numbers(new SplittableRandom(7), IMAGES * 3 * 24 * 24, 0, 1), IMAGES, 3, 24, 24);
        float[] expected = output(graph, images);
        try (LayerTap maps = LayerTap.open(network, network.lastLayer(), Engine.ONNX, 2)) {
            LayerTap.Forward forward = maps.forward(images);
            float[] logits = forward.logits().data();
            for (int i = 0; i < expected.length; i++) {
                double z = numbers == 1 ? logits[2 * i + 1] - logits[2 * i] : logits[i];
                assertEquals(expected[i], 1 / (1 + Math.exp(-z)), 1e-5);
            }
            assertEquals(IMAGES * 22 * 22, maps.maps(forward, new int[] {1, 0}).size());
        }
        if (numbers > 1) {
            assertRefused(
                    new ExternalRequest(archive, 3, 24, ExternalRequest.Order.AUTO, false, null), "ends in a sigmoid");
        }
    }

    @Test
    void aLayerByNameAndWhatStandsInTheWayOfItsGradients() throws IOException {
        Path archive = write(darknet(), "layers");
        Network network = ExternalNetworks.read(request(archive, 64, "activation_18"));
        assertEquals("activation_18", network.lastLayer());
        String early = "activation_17";
        assertTrue(network.whyNoGradients(early).orElseThrow().contains("batch norm"));
        UnknownLayerException none = assertThrows(
                UnknownLayerException.class, () -> ExternalNetworks.read(request(archive, 64, "activation_99")));
        assertTrue(none.getMessage().contains("convolution2d_19 (5x2x2)"), none.getMessage());
    }

    @Test
    void whatDoesNotFitIsToldInOneLine() throws IOException {
        Path archive = write(leNet(), "unfit");
        assertRefused(request(archive, 64, null), "does not take images of 64x64");
        assertRefused(
                new ExternalRequest(archive, 7, 32, ExternalRequest.Order.AUTO, false, null),
                "gives 5 numbers for an image where the labels name 7 classes");
        assertRefused(
                new ExternalRequest(archive, CLASSES, 32, ExternalRequest.Order.NHWC, false, null),
                "made of NCHW layers");
        byte[] bytes = Files.readAllBytes(archive);
        Path half = Files.write(folder.resolve("half.zip"), Arrays.copyOf(bytes, bytes.length / 2));
        assertRefused(request(half, 32, null), "not an archive of Deeplearning4j");
        Path hostile = Files.copy(archive, folder.resolve("hostile.zip"));
        ZooFiles.rewrite(hostile, "org.nd4j.linalg.activations.impl.ActivationReLU", "javax.swing.JEditorPane");
        assertRefused(request(hostile, 32, null), "javax.swing.JEditorPane");
    }

    private static void assertRefused(ExternalRequest request, String reason) {
        WeightsException e = assertThrows(WeightsException.class, () -> ExternalNetworks.read(request));
        assertTrue(e.getMessage().contains(reason), e.getMessage());
        assertEquals(1, e.getMessage().lines().count());
    }

    private static Path write(Model model, String name) throws IOException {
        Path file = folder.resolve(name + ".zip");
        ModelSerializer.writeModel(model, file.toFile(), false);
        return file;
    }

    private static ExternalRequest request(Path archive, int side, String layer) {
        return new ExternalRequest(archive, CLASSES, side, ExternalRequest.Order.AUTO, false, layer);
    }

    private static float[] output(Model model, Tensor images) {
        INDArray input = Nd4j.create(images.data(), images.shape(), 'c');
        INDArray output = model instanceof ComputationGraph graph
                ? graph.output(input)[0]
                : ((MultiLayerNetwork) model).output(input);
        return output.dup('c').data().asFloat();
    }

    private static float[] softmax(Tensor logits) {
        float[] shares = new float[logits.size()];
        for (int i = 0; i < shares.length; i += CLASSES) {
            double sum = 0;
            for (int c = i; c < i + CLASSES; c++) {
                sum += Math.exp(logits.data()[c]);
            }
            for (int c = i; c < i + CLASSES; c++) {
                shares[c] = (float) (Math.exp(logits.data()[c]) / sum);
            }
        }
        return shares;
    }

    /** Raw Grad-CAM maps: a channel's weight is the logit's slope when the whole channel is moved, over the map's area. */
    private static double[] differences(InferenceSession tail, Tensor activations) {
        int[] shape = activations.shape();
        int area = shape[2] * shape[3];
        double[] maps = new double[IMAGES * area];
        for (int k = 0; k < shape[1]; k++) {
            float[] up = logits(tail, activations, k, STEP);
            float[] down = logits(tail, activations, k, -STEP);
            for (int i = 0; i < IMAGES; i++) {
                int target = i * CLASSES + TARGETS[i];
                double slope = (up[target] - down[target]) / (2.0 * STEP) / area;
                for (int j = 0; j < area; j++) {
                    maps[i * area + j] += slope * activations.data()[(i * shape[1] + k) * area + j];
                }
            }
        }
        return maps;
    }

    private static float[] logits(InferenceSession tail, Tensor activations, int channel, float step) {
        int[] shape = activations.shape();
        int area = shape[2] * shape[3];
        float[] moved = activations.data().clone();
        for (int i = 0; i < moved.length; i++) {
            moved[i] += i / area % shape[1] == channel ? step : 0;
        }
        return tail.run(Tensor.of(moved, shape)).get(Tap.LOGITS).data();
    }

    private static void assertClose(double[] expected, Tensor found) {
        double range = Arrays.stream(expected).max().orElseThrow()
                - Arrays.stream(expected).min().orElseThrow();
        assertTrue(range > 0, "the maps are flat");
        for (int j = 0; j < expected.length; j++) {
            assertEquals(expected[j], found.data()[j], 0.02 * range, "at " + j);
        }
    }
}
