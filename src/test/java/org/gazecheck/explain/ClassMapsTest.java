package org.gazecheck.explain;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.Stream;
import org.gazecheck.image.RgbImage;
import org.gazecheck.network.Block;
import org.gazecheck.network.BuiltInNetwork;
import org.gazecheck.network.Engine;
import org.gazecheck.network.Frames;
import org.gazecheck.network.InferencePlan;
import org.gazecheck.network.InferenceSession;
import org.gazecheck.network.Tap;
import org.gazecheck.network.Tensor;
import org.gazecheck.network.TinyNetworks;
import org.gazecheck.network.engine.Engines;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class ClassMapsTest {
    private static final int[] TARGETS = {1, 2, 0};

    static Stream<Arguments> networksAndLayers() {
        return Arrays.stream(Engine.values())
                .flatMap(engine -> Arrays.stream(Block.values()).flatMap(block -> Stream.of("layer1", "layer2")
                        .flatMap(layer -> Stream.of(
                                Arguments.of(engine, TinyNetworks.linear(block, 5), layer),
                                Arguments.of(engine, TinyNetworks.hellinger(block, 6), layer)))));
    }

    @ParameterizedTest
    @MethodSource("networksAndLayers")
    void theyAreWhatBackPropagationGives(Engine engine, BuiltInNetwork network, String layer) {
        Frames frames = frames(network, 3, 51);
        Tap activations = new Tap.Activations(layer);
        Tap gradients = new Tap.Gradients(layer);
        try (InferenceSession general =
                        Engines.open(network, InferencePlan.fromImage(Tap.LOGITS, activations, gradients), engine, 0);
                ClassMaps maps = ClassMaps.open(network, layer, engine, 0)) {
            ClassMaps.Found found = maps.run(frames, TARGETS);
            int[] predicted = new int[TARGETS.length];
            for (int i = 0; i < predicted.length; i++) {
                predicted[i] = best(row(found.logits(), i));
            }
            int[][] both = {predicted, TARGETS};
            for (int score = 0; score < both.length; score++) {
                var expected = general.run(frames.tensor(), oneHot(both[score], TinyNetworks.CLASSES));
                assertClose(expected.get(Tap.LOGITS).data(), found.logits().data());
                Tensor of = GradCam.of(expected.get(activations), expected.get(gradients));
                for (int i = 0; i < predicted.length; i++) {
                    float[] pair = row(found.maps(), i);
                    int area = pair.length / 2;
                    assertClose(row(of, i), Arrays.copyOfRange(pair, score * area, (score + 1) * area));
                }
            }
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"layer3", "layer4"})
    void inOnnxRuntimeRowsAreTheSameInAnyBatchToTheLastBit(String layer) {
        BuiltInNetwork network = TinyNetworks.resnet50(7);
        int most = 9;
        Frames all = frames(network, most, 64);
        int[] targets = {6, 5, 4, 3, 2, 1, 0, 6, 5};
        try (ClassMaps single = ClassMaps.open(network, layer, Engine.ONNX, 1);
                ClassMaps several = ClassMaps.open(network, layer, Engine.ONNX, 3)) {
            ClassMaps.Found expected = single.run(all, targets);
            for (int n : new int[] {1, 2, 5, most}) {
                Frames some = new Frames(all.images().subList(0, n), all.normalisation());
                for (ClassMaps maps : List.of(single, several)) {
                    ClassMaps.Found found = maps.run(some, Arrays.copyOf(targets, n));
                    for (int i = 0; i < n; i++) {
                        assertArrayEquals(row(expected.logits(), i), row(found.logits(), i));
                        assertArrayEquals(row(expected.maps(), i), row(found.maps(), i));
                    }
                }
            }
        }
    }

    @Test
    void aSessionHasMapsOfOneLayerAndNoGradientsBesideThem() {
        Tap maps = new Tap.ClassMaps("layer1");
        assertThrows(IllegalArgumentException.class, () -> InferencePlan.fromImage(maps, new Tap.ClassMaps("layer2")));
        assertThrows(IllegalArgumentException.class, () -> InferencePlan.fromImage(maps, new Tap.Gradients("layer2")));
    }

    private static Frames frames(BuiltInNetwork network, int n, int side) {
        SplittableRandom random = new SplittableRandom(9);
        List<RgbImage> images = new ArrayList<>();
        for (int i = 0; i < n; i++) {
            byte[] rgb = new byte[3 * side * side];
            random.nextBytes(rgb);
            images.add(new RgbImage(side, side, rgb));
        }
        return new Frames(images, network.normalisation());
    }

    private static Tensor oneHot(int[] classes, int of) {
        float[] weights = new float[classes.length * of];
        for (int i = 0; i < classes.length; i++) {
            weights[i * of + classes[i]] = 1;
        }
        return Tensor.of(weights, classes.length, of);
    }

    private static int best(float[] logits) {
        int best = 0;
        for (int c = 1; c < logits.length; c++) {
            best = logits[c] > logits[best] ? c : best;
        }
        return best;
    }

    private static float[] row(Tensor tensor, int i) {
        int size = tensor.size() / tensor.shape()[0];
        return Arrays.copyOfRange(tensor.data(), i * size, (i + 1) * size);
    }

    private static void assertClose(float[] expected, float[] found) {
        float range = 0;
        for (float value : expected) {
            range = Math.max(range, Math.abs(value));
        }
        assertArrayEquals(expected, found, 1e-5f * range);
    }
}
