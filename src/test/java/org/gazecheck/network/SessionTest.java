package org.gazecheck.network;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.stream.Stream;
import org.gazecheck.network.engine.Engines;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class SessionTest {
    private static final int SIDE = 37;
    private static final int N = 2;
    private static final Tap LAYER1 = new Tap.Activations("layer1");
    private static final Tap LAYER2 = new Tap.Activations("layer2.0");

    static Stream<Arguments> enginesAndBlocks() {
        return Arrays.stream(Engine.values())
                .flatMap(engine -> Arrays.stream(Block.values()).map(block -> Arguments.of(engine, block)));
    }

    private final Tensor images =
            Tensor.of(TinyNetworks.numbers(new SplittableRandom(5), N * 3 * SIDE * SIDE, 0, 1), N, 3, SIDE, SIDE);

    @ParameterizedTest
    @MethodSource("enginesAndBlocks")
    void activationsFeaturesAndLogitsAreThoseOfTheDefinition(Engine engine, Block block) {
        BuiltInNetwork network = TinyNetworks.hellinger(block, 1);
        InferencePlan plan = InferencePlan.fromImage(Tap.LOGITS, Tap.FEATURES, LAYER1, LAYER2);
        Map<Tap, Tensor> found = run(engine, network, plan, images);
        for (int i = 0; i < N; i++) {
            int size = 3 * SIDE * SIDE;
            float[] image = Arrays.copyOfRange(images.data(), i * size, (i + 1) * size);
            var expected = DirectForward.run(network, image, SIDE, SIDE);
            float[] features = DirectForward.features(expected.get("layer2.0"));
            assertClose(toFloat(expected.get("layer1.0").data()), row(found.get(LAYER1), i), 1e-5f);
            assertClose(toFloat(expected.get("layer2.0").data()), row(found.get(LAYER2), i), 1e-5f);
            assertClose(features, row(found.get(Tap.FEATURES), i), 1e-5f);
            assertClose(network.head().orElseThrow().logits(features), row(found.get(Tap.LOGITS), i), 1e-5f);
        }
    }

    @ParameterizedTest
    @EnumSource(Engine.class)
    void aPartFromALayerContinuesTheWhole(Engine engine) {
        BuiltInNetwork network = TinyNetworks.linear(Block.BOTTLENECK, 2);
        Map<Tap, Tensor> whole = run(engine, network, InferencePlan.fromImage(LAYER1, Tap.LOGITS), images);
        Map<Tap, Tensor> part =
                run(engine, network, new InferencePlan("layer1", List.of(Tap.LOGITS)), whole.get(LAYER1));
        assertClose(whole.get(Tap.LOGITS).data(), part.get(Tap.LOGITS).data(), 1e-6f);
    }

    @ParameterizedTest
    @EnumSource(Engine.class)
    void nothingBehindTheLastTapIsComputed(Engine engine) {
        BuiltInNetwork network = TinyNetworks.linear(Block.BASIC, 2);
        Map<Tap, Tensor> whole = run(engine, network, InferencePlan.fromImage(LAYER1, Tap.LOGITS), images);
        Map<Tap, Tensor> part = run(engine, network, InferencePlan.fromImage(LAYER1), images);
        assertArrayEquals(whole.get(LAYER1).data(), part.get(LAYER1).data());
    }

    @ParameterizedTest
    @EnumSource(Engine.class)
    void rowsDoNotDependOnTheirBatch(Engine engine) {
        BuiltInNetwork network = TinyNetworks.linear(Block.BOTTLENECK, 2);
        InferencePlan plan = InferencePlan.fromImage(Tap.LOGITS);
        Tensor first = Tensor.of(images.data(), 1, 3, SIDE, SIDE);
        float[] alone = run(engine, network, plan, first).get(Tap.LOGITS).data();
        assertClose(row(run(engine, network, plan, images).get(Tap.LOGITS), 0), alone, 1e-6f);
    }

    /** With as many channels as a real network's, so that its kernels are the ones that are tried. */
    @ParameterizedTest
    @ValueSource(ints = {1, 2, 3})
    void inOnnxRuntimeRowsAreTheSameInAnyBatchToTheLastBit(int threads) {
        BuiltInNetwork network = TinyNetworks.resnet50(7);
        int most = 9;
        Tensor images =
                Tensor.of(TinyNetworks.numbers(new SplittableRandom(5), most * 3 * 64 * 64, 0, 1), most, 3, 64, 64);
        Tap activations = new Tap.Activations("layer3");
        InferencePlan plan = InferencePlan.fromImage(Tap.LOGITS, Tap.FEATURES, activations);
        try (InferenceSession single = Engines.open(network, plan, Engine.ONNX, 1);
                InferenceSession session = Engines.open(network, plan, Engine.ONNX, threads)) {
            Map<Tap, Tensor> expected = single.run(images);
            for (int n : new int[] {1, 2, 3, 5, most}) {
                Map<Tap, Tensor> found = session.run(Tensor.of(images.data(), n, 3, 64, 64));
                for (Tap tap : plan.taps()) {
                    for (int i = 0; i < n; i++) {
                        assertArrayEquals(row(expected.get(tap), i), row(found.get(tap), i), tap + " of " + n);
                    }
                }
            }
        }
    }

    @ParameterizedTest
    @MethodSource("enginesAndBlocks")
    void gradientAtTheLastBlockIsTheHeadsClosedForm(Engine engine, Block block) {
        BuiltInNetwork network = TinyNetworks.hellinger(block, 3);
        Tap gradients = new Tap.Gradients("layer2");
        Map<Tap, Tensor> found =
                run(engine, network, InferencePlan.fromImage(gradients, LAYER2, Tap.FEATURES), images, oneHot(1));
        int[] shape = found.get(LAYER2).shape();
        assertArrayEquals(shape, found.get(gradients).shape());
        int area = shape[2] * shape[3];
        Head head = network.head().orElseThrow();
        for (int i = 0; i < N; i++) {
            float[] closed = head.featureGradient(row(found.get(Tap.FEATURES), i), 1);
            float[] gradient = row(found.get(gradients), i);
            for (int j = 0; j < gradient.length; j++) {
                assertEquals(closed[j / area] / area, gradient[j], 1e-5f * (1 + Math.abs(closed[j / area])));
            }
        }
    }

    @ParameterizedTest
    @MethodSource("enginesAndBlocks")
    void gradientAtAnInnerLayerIsThatOfFiniteDifferences(Engine engine, Block block) {
        BuiltInNetwork network = TinyNetworks.linear(block, 4);
        Tap gradients = new Tap.Gradients("layer1");
        Map<Tap, Tensor> found = run(engine, network, InferencePlan.fromImage(gradients, LAYER1), images, oneHot(2));
        Tensor inner = found.get(LAYER1);
        float[] gradient = found.get(gradients).data();
        try (InferenceSession tail =
                Engines.open(network, new InferencePlan("layer1", List.of(Tap.LOGITS)), engine, 0)) {
            for (int i = 0; i < gradient.length; i += 41) {
                if (inner.data()[i] > 0.1f) {
                    double slope = (score(tail, inner, i, 1e-2f) - score(tail, inner, i, -1e-2f)) / 2e-2;
                    assertEquals(slope, gradient[i], 2e-3 + 0.02 * Math.abs(slope), "at " + i);
                }
            }
        }
    }

    @ParameterizedTest
    @EnumSource(Engine.class)
    void gradientsFromALayerAreThoseFromTheImage(Engine engine) {
        BuiltInNetwork network = TinyNetworks.hellinger(Block.BOTTLENECK, 4);
        Tap gradients = new Tap.Gradients("layer1");
        Map<Tap, Tensor> whole = run(engine, network, InferencePlan.fromImage(gradients, LAYER1), images, oneHot(0));
        Map<Tap, Tensor> part =
                run(engine, network, new InferencePlan("layer1", List.of(gradients)), whole.get(LAYER1), oneHot(0));
        assertClose(whole.get(gradients).data(), part.get(gradients).data(), 1e-6f);
    }

    @ParameterizedTest
    @EnumSource(Engine.class)
    void layersThatAreNotThereAreNamed(Engine engine) {
        BuiltInNetwork network = TinyNetworks.linear(Block.BASIC, 2);
        InferencePlan plan = InferencePlan.fromImage(new Tap.Activations("layer7"));
        var e = assertThrows(IllegalArgumentException.class, () -> Engines.open(network, plan, engine, 0));
        assertEquals(
                "no layer 'layer7' in tiny: it has [layer1, layer2] and their blocks, such as layer1.0",
                e.getMessage());
    }

    private static double score(InferenceSession tail, Tensor inner, int at, float step) {
        float[] moved = inner.data().clone();
        moved[at] += step;
        float[] logits =
                tail.run(new Tensor(moved, inner.shape())).get(Tap.LOGITS).data();
        return logits[at / (moved.length / N) * TinyNetworks.CLASSES + 2];
    }

    private static Tensor oneHot(int c) {
        float[] weights = new float[N * TinyNetworks.CLASSES];
        for (int i = 0; i < N; i++) {
            weights[i * TinyNetworks.CLASSES + c] = 1;
        }
        return Tensor.of(weights, N, TinyNetworks.CLASSES);
    }

    private static Map<Tap, Tensor> run(Engine engine, BuiltInNetwork network, InferencePlan plan, Tensor input) {
        try (InferenceSession session = Engines.open(network, plan, engine, 0)) {
            return session.run(input);
        }
    }

    private static Map<Tap, Tensor> run(
            Engine engine, BuiltInNetwork network, InferencePlan plan, Tensor input, Tensor weights) {
        try (InferenceSession session = Engines.open(network, plan, engine, 0)) {
            return session.run(input, weights);
        }
    }

    private static float[] row(Tensor tensor, int i) {
        int size = tensor.size() / tensor.shape()[0];
        return Arrays.copyOfRange(tensor.data(), i * size, (i + 1) * size);
    }

    private static float[] toFloat(double[] values) {
        float[] floats = new float[values.length];
        for (int i = 0; i < floats.length; i++) {
            floats[i] = (float) values[i];
        }
        return floats;
    }

    private static void assertClose(float[] expected, float[] found, float tolerance) {
        float range = 1;
        for (float e : expected) {
            range = Math.max(range, Math.abs(e));
        }
        assertArrayEquals(expected, found, tolerance * range);
    }
}
