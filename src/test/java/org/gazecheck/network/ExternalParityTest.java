package org.gazecheck.network;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.gazecheck.ReferenceData;
import org.gazecheck.explain.CamMethod;
import org.gazecheck.explain.LayerTap;
import org.gazecheck.explain.ScoreWeights;
import org.gazecheck.image.Normalisation;
import org.gazecheck.image.RgbImage;
import org.gazecheck.io.Npy;
import org.gazecheck.io.NpyArray;
import org.gazecheck.network.engine.Engines;
import org.gazecheck.network.engine.ExternalNetworks;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Networks of other makes, as PyTorch exports them: what PyTorch and pytorch-grad-cam compute from them. */
@Tag("reference")
class ExternalParityTest {
    private static final int IMAGES = 4;
    private static final int SIDE = 224;

    private static final Map<String, Network> NETWORKS = new HashMap<>();

    @BeforeAll
    static void read() throws IOException {
        for (String name : List.of("mobilenet", "vgg")) {
            Path file = ReferenceData.path("golden/foreign/" + name + ".onnx");
            NETWORKS.put(
                    name,
                    ExternalNetworks.read(new ExternalRequest(file, 10, 0, ExternalRequest.Order.AUTO, false, null)));
        }
    }

    @AfterAll
    static void forget() {
        NETWORKS.clear();
    }

    @ParameterizedTest
    @CsvSource({"mobilenet, 7", "vgg, 14"})
    void theLastLayerWithSpatialExtentIsFound(String name, int side) {
        Network network = network(name);
        int[] shape = network.outputShape(network.lastLayer(), SIDE);
        assertEquals(List.of(side, side), List.of(shape[1], shape[2]));
        assertEquals(Optional.empty(), network.whyNoGradients(network.lastLayer()));
    }

    @ParameterizedTest
    @ValueSource(strings = {"mobilenet", "vgg"})
    void logits(String name) throws IOException {
        try (InferenceSession session =
                Engines.open(network(name), InferencePlan.fromImage(Tap.LOGITS), Engine.ONNX, 2)) {
            float[] found = session.run(images()).get(Tap.LOGITS).data();
            assertArrayEquals(golden(name + "_logits").floats(), found, 2e-3f);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"mobilenet", "vgg"})
    void gradCam(String name) throws IOException {
        Network network = network(name);
        try (LayerTap maps = LayerTap.open(network, network.lastLayer(), Engine.ONNX, 2)) {
            Tensor found = maps.maps(maps.forward(images()), predicted(name));
            assertMapsClose(golden(name + "_gradcam_predicted"), found, 1e-3);
        }
    }

    /** Its sign is arbitrary. */
    @ParameterizedTest
    @ValueSource(strings = {"mobilenet", "vgg"})
    void eigenCam(String name) throws IOException {
        Tensor found = map(name, CamMethod.EIGENCAM);
        float[] golden = golden(name + "_eigencam_predicted").floats();
        int area = found.shape()[1] * found.shape()[2];
        for (int i = 0; i < IMAGES; i++) {
            double along = 0;
            for (int j = i * area; j < (i + 1) * area; j++) {
                along += found.data()[j] * golden[j];
            }
            for (int j = i * area; j < (i + 1) * area && along < 0; j++) {
                found.data()[j] = -found.data()[j];
            }
        }
        assertMapsClose(golden(name + "_eigencam_predicted"), found, 1e-3);
    }

    @ParameterizedTest
    @ValueSource(strings = {"mobilenet", "vgg"})
    void ablationCam(String name) throws IOException {
        assertMapsClose(golden(name + "_ablationcam_predicted"), map(name, CamMethod.ABLATIONCAM), 5e-3);
    }

    @ParameterizedTest
    @ValueSource(strings = {"mobilenet", "vgg"})
    void scoreCam(String name) throws IOException {
        assertMapsClose(golden(name + "_scorecam_predicted"), map(name, CamMethod.SCORECAM), 5e-3);
    }

    private static Tensor map(String name, CamMethod method) throws IOException {
        Network network = network(name);
        try (LayerTap tap = LayerTap.open(network, network.lastLayer(), Engine.ONNX, 2)) {
            Tensor weights = ScoreWeights.of(predicted(name), network.classes());
            return tap.maps(method, tap.forward(images()), weights);
        }
    }

    private static Network network(String name) {
        return Objects.requireNonNull(NETWORKS.get(name), name);
    }

    private static Tensor images() throws IOException {
        byte[] pixels =
                Npy.read(ReferenceData.path("golden/resnet50/pixels.npy")).bytes();
        int length = 3 * SIDE * SIDE;
        float[] images = new float[IMAGES * length];
        for (int i = 0; i < IMAGES; i++) {
            byte[] rgb = Arrays.copyOfRange(pixels, i * length, (i + 1) * length);
            Normalisation.TORCHVISION.write(new RgbImage(SIDE, SIDE, rgb), images, i * length);
        }
        return Tensor.of(images, IMAGES, 3, SIDE, SIDE);
    }

    private static int[] predicted(String name) throws IOException {
        float[] logits = golden(name + "_logits").floats();
        int classes = logits.length / IMAGES;
        int[] predicted = new int[IMAGES];
        for (int i = 0; i < logits.length; i++) {
            int image = i / classes;
            predicted[image] = logits[i] > logits[image * classes + predicted[image]] ? i % classes : predicted[image];
        }
        return predicted;
    }

    private static void assertMapsClose(NpyArray golden, Tensor found, double tolerance) {
        assertArrayEquals(golden.shape(), found.shape());
        float[] expected = golden.floats();
        int area = found.shape()[1] * found.shape()[2];
        for (int i = 0; i < expected.length; i++) {
            float[] map = Arrays.copyOfRange(expected, i / area * area, i / area * area + area);
            Arrays.sort(map);
            double off = Math.abs(expected[i] - found.data()[i]) / (map[area - 1] - map[0]);
            assertTrue(off <= tolerance, "image " + i / area + " is off by " + off + " of the map's range");
        }
    }

    private static NpyArray golden(String name) throws IOException {
        return Npy.read(ReferenceData.path("golden/foreign/" + name + ".npy"));
    }
}
