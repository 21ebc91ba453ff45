package org.gazecheck.explain;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.gazecheck.ReferenceData;
import org.gazecheck.io.Npy;
import org.gazecheck.io.NpyArray;
import org.gazecheck.network.BuiltInNetwork;
import org.gazecheck.network.Engine;
import org.gazecheck.network.Tensor;
import org.gazecheck.network.weights.ResNets;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * Every map of the reference data, which pytorch-grad-cam made, from the same weights and pixels: raw weighted sums before
 * ReLU.
 */
@Tag("reference")
class CamParityTest {
    private static final double TIGHT = 1e-4;
    private static final double LOOSE = 2e-3;
    private static final double FLIPPED_RELUS = 5e-3;

    @ParameterizedTest(name = "{0} {1}")
    @CsvSource({
        "resnet50, layer4",
        "resnet50, layer3",
        "resnet50, layer2",
        "small_basic, layer4",
        "small_basic, layer3",
        "small_bottleneck, layer4",
        "small_bottleneck, layer3"
    })
    void inOnnxRuntime(String name, String layer) throws IOException {
        compare(Engine.ONNX, name, layer);
    }

    @Tag("slowest")
    @ParameterizedTest(name = "{0} {1}")
    @CsvSource({
        "resnet50, layer4",
        "resnet50, layer3",
        "resnet50, layer2",
        "small_basic, layer4",
        "small_basic, layer3",
        "small_bottleneck, layer4",
        "small_bottleneck, layer3"
    })
    void inDl4j(String name, String layer) throws IOException {
        compare(Engine.DL4J, name, layer);
    }

    private static void compare(Engine engine, String name, String layer) throws IOException {
        BuiltInNetwork network = network(name);
        NpyArray input = golden(name, "input");
        int classes = network.head().orElseThrow().classes();
        List<String> compared = new ArrayList<>();
        try (LayerTap tap = LayerTap.open(network, layer, engine, 0)) {
            LayerTap.Forward forward = tap.forward(new Tensor(input.floats(), input.shape()));
            for (CamMethod method : CamMethod.values()) {
                for (String target : List.of("predicted", "second")) {
                    String file = method.text() + "_" + layer + "_" + target;
                    if (Files.exists(folder(name).resolve(file + ".npy"))) {
                        int[] targets = golden(name, target).ints();
                        Tensor maps = tap.maps(method, forward, ScoreWeights.of(targets, classes));
                        compare(name, layer, method, golden(name, file), maps);
                        compared.add(file);
                    }
                }
            }
        }
        assertEquals(onDisk(name, layer), compared.stream().sorted().toList());
    }

    /** No map of the reference is left out. */
    private static List<String> onDisk(String name, String layer) throws IOException {
        try (var files = Files.list(folder(name))) {
            return files.map(file -> file.getFileName().toString())
                    .filter(file -> file.matches("[a-z+]*cam[+]*_" + layer + "_.*\\.npy"))
                    .map(file -> file.substring(0, file.length() - 4))
                    .sorted()
                    .toList();
        }
    }

    private static void compare(String name, String layer, CamMethod method, NpyArray golden, Tensor maps) {
        assertArrayEquals(golden.shape(), maps.shape());
        int area = maps.shape()[1] * maps.shape()[2];
        boolean flips = name.equals("resnet50") && layer.equals("layer2") && method != CamMethod.EIGENCAM;
        boolean scored = method == CamMethod.SCORECAM || method == CamMethod.ABLATIONCAM;
        int close = 0;
        for (int i = 0; i < maps.shape()[0]; i++) {
            float[] expected = Arrays.copyOfRange(golden.floats(), i * area, (i + 1) * area);
            float[] found = Arrays.copyOfRange(maps.data(), i * area, (i + 1) * area);
            double sign = method == CamMethod.EIGENCAM ? Math.signum(product(expected, found)) : 1;
            double range = range(expected);
            for (int j = 0; j < area; j++) {
                double off = Math.abs(sign * found[j] - expected[j]) / range;
                double tolerance = flips ? FLIPPED_RELUS : scored ? LOOSE : TIGHT;
                assertTrue(off <= tolerance, method + " of image " + i + " is off by " + off + " of its range at " + j);
                close += off <= TIGHT ? 1 : 0;
            }
        }
        assertTrue(!flips || close >= 0.75 * golden.floats().length, method + ": " + close + " cells are close");
    }

    private static double product(float[] a, float[] b) {
        double sum = 0;
        for (int j = 0; j < a.length; j++) {
            sum += (double) a[j] * b[j];
        }
        return sum;
    }

    private static double range(float[] values) {
        float low = Float.POSITIVE_INFINITY;
        float high = Float.NEGATIVE_INFINITY;
        for (float value : values) {
            low = Math.min(low, value);
            high = Math.max(high, value);
        }
        return high - low;
    }

    private static Path folder(String name) {
        return ReferenceData.path("golden/" + name);
    }

    private static BuiltInNetwork network(String name) throws IOException {
        return ResNets.load(ReferenceData.path(
                name.equals("resnet50") ? "weights/resnet50.safetensors" : "golden/" + name + "/" + name + ".pth"));
    }

    private static NpyArray golden(String name, String file) throws IOException {
        return Npy.read(folder(name).resolve(file + ".npy"));
    }
}
