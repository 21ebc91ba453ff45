package org.gazecheck.explain;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.stream.Stream;
import org.gazecheck.ReferenceData;
import org.gazecheck.io.Npy;
import org.gazecheck.io.NpyArray;
import org.gazecheck.network.Architecture;
import org.gazecheck.network.Block;
import org.gazecheck.network.BuiltInNetwork;
import org.gazecheck.network.DoubleForward;
import org.gazecheck.network.Engine;
import org.gazecheck.network.FoldedConvolution;
import org.gazecheck.network.Head;
import org.gazecheck.network.HellingerHead;
import org.gazecheck.network.Tensor;
import org.gazecheck.network.TinyNetworks;
import org.gazecheck.network.weights.ResNets;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Gradients at inner layers against central differences of a forward pass in double precision. */
class FiniteDifferenceTest {
    private static final int CLASSES = 5;
    private static final double STEP = 1e-6;

    static Stream<Arguments> layersAndHeads() {
        return Stream.of(Engine.values()).flatMap(engine -> Stream.of("layer4", "layer3", "layer2", "layer1.0")
                .flatMap(layer -> Stream.of(true, false).flatMap(hellinger -> Stream.of(Block.values())
                        .map(block -> Arguments.of(engine, layer, hellinger, block)))));
    }

    /** Cell by cell, of a contrast, so that two logits take part. */
    @ParameterizedTest
    @MethodSource("layersAndHeads")
    void eachCell(Engine engine, String layer, boolean hellinger, Block block) {
        BuiltInNetwork network = network(block, hellinger);
        Tensor image = Tensor.of(TinyNetworks.numbers(new SplittableRandom(4), 3 * 67 * 67, 0, 2), 1, 3, 67, 67);
        Tensor weights = ScoreWeights.contrast(new int[] {3}, new int[] {1}, CLASSES);
        try (LayerTap tap = LayerTap.open(network, layer, engine, 0)) {
            LayerTap.Forward forward = tap.forward(image);
            float[] gradients = tap.gradients(forward, weights).data();
            DoubleForward witness = new DoubleForward(network, layer);
            double[] cells = doubles(forward.activations().data(), 0, gradients.length);
            double largest = largest(gradients);
            SplittableRandom random = new SplittableRandom(7);
            for (int n = 0; n < 60; n++) {
                double[] direction = new double[cells.length];
                int cell = random.nextInt(cells.length);
                direction[cell] = 1;
                if (cells[cell] > 0) {
                    double slope = slope(witness, forward.activations().shape(), cells, direction, weights.data());
                    assertEquals(slope, gradients[cell], 1e-5 * largest, "cell " + cell);
                }
            }
        }
    }

    @Tag("reference")
    @ParameterizedTest
    @ValueSource(strings = {"small_basic", "small_bottleneck"})
    void alongRandomDirectionsInTheSmallNetworks(String name) throws IOException {
        String folder = "golden/" + name + "/";
        BuiltInNetwork network = ResNets.load(ReferenceData.path(folder + name + ".pth"));
        for (String layer : List.of("layer4", "layer3", "layer2")) {
            alongRandomDirections(network, folder, layer, Engine.ONNX, 6);
        }
    }

    @Tag("reference")
    @Tag("slow")
    @ParameterizedTest
    @EnumSource(Engine.class)
    void alongRandomDirectionsInResNet50(Engine engine) throws IOException {
        BuiltInNetwork network = ResNets.load(ReferenceData.path("weights/resnet50.safetensors"));
        for (String layer : List.of("layer4", "layer3", "layer2")) {
            alongRandomDirections(network, "golden/resnet50/", layer, engine, 2);
        }
    }

    /** The slope in a direction is the gradient's part along it. */
    private static void alongRandomDirections(
            BuiltInNetwork network, String folder, String layer, Engine engine, int directions) throws IOException {
        NpyArray input = Npy.read(ReferenceData.path(folder + "input.npy"));
        int length = 3 * 224 * 224;
        Tensor image = Tensor.of(Arrays.copyOf(input.floats(), length), 1, 3, 224, 224);
        int[] target = Arrays.copyOf(
                Npy.read(ReferenceData.path(folder + "predicted.npy")).ints(), 1);
        Tensor weights = ScoreWeights.of(target, network.head().orElseThrow().classes());
        try (LayerTap tap = LayerTap.open(network, layer, engine, 0)) {
            LayerTap.Forward forward = tap.forward(image);
            float[] gradients = tap.gradients(forward, weights).data();
            DoubleForward witness = new DoubleForward(network, layer);
            double[] cells = doubles(forward.activations().data(), 0, gradients.length);
            SplittableRandom random = new SplittableRandom(11);
            for (int n = 0; n < directions; n++) {
                double[] direction = new double[cells.length];
                double expected = 0;
                double size = 0;
                for (int j = 0; j < cells.length; j++) {
                    direction[j] = cells[j] > 0 ? random.nextInt(2) * 2 - 1 : 0;
                    expected += direction[j] * gradients[j];
                    size += direction[j] * direction[j] * gradients[j] * gradients[j];
                }
                double slope = slope(witness, forward.activations().shape(), cells, direction, weights.data());
                assertTrue(size > 0);
                assertEquals(slope, expected, 2e-3 * Math.sqrt(size), layer + ", direction " + n);
            }
        }
    }

    private static double slope(
            DoubleForward witness, int[] shape, double[] cells, double[] direction, float[] weights) {
        double up = score(witness, shape, cells, direction, STEP, weights);
        double down = score(witness, shape, cells, direction, -STEP, weights);
        return (up - down) / (2 * STEP);
    }

    private static double score(
            DoubleForward witness, int[] shape, double[] cells, double[] direction, double step, float[] weights) {
        double[] moved = new double[cells.length];
        for (int j = 0; j < moved.length; j++) {
            moved[j] = cells[j] + step * direction[j];
        }
        double[] logits = witness.logits(new DoubleForward.Volume(moved, shape[1], shape[2], shape[3]));
        double score = 0;
        for (int c = 0; c < logits.length; c++) {
            score += weights[c] * logits[c];
        }
        return score;
    }

    private static BuiltInNetwork network(Block block, boolean hellinger) {
        Architecture architecture = new Architecture("tiny", block, List.of(1, 2, 1, 1), List.of(4, 6, 8, 10), false);
        BuiltInNetwork random = ResNets.random(architecture, CLASSES, new SplittableRandom(3));
        Map<String, FoldedConvolution> convolutions = random.convolutions();
        Head head = random.head().orElseThrow();
        Head own = hellinger ? new HellingerHead(head.weight(), head.bias(), HellingerHead.EPSILON) : head;
        return BuiltInNetwork.of(architecture, convolutions, Optional.of(own), random.normalisation());
    }

    private static double[] doubles(float[] values, int from, int length) {
        double[] doubles = new double[length];
        for (int j = 0; j < length; j++) {
            doubles[j] = values[from + j];
        }
        return doubles;
    }

    private static double largest(float[] values) {
        double largest = 0;
        for (float value : values) {
            largest = Math.max(largest, Math.abs(value));
        }
        return largest;
    }
}
