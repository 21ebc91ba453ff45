package org.gazecheck.explain;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.Stream;
import org.gazecheck.network.Block;
import org.gazecheck.network.BuiltInNetwork;
import org.gazecheck.network.Engine;
import org.gazecheck.network.InferencePlan;
import org.gazecheck.network.InferenceSession;
import org.gazecheck.network.Tap;
import org.gazecheck.network.Tensor;
import org.gazecheck.network.TinyNetworks;
import org.gazecheck.network.engine.Engines;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

class CamMethodTest {
    private static final int SIDE = 50;

    private final Tensor images =
            Tensor.of(TinyNetworks.numbers(new SplittableRandom(9), 2 * 3 * SIDE * SIDE, 0, 1), 2, 3, SIDE, SIDE);

    static Stream<Arguments> enginesAndHeads() {
        return Stream.of(Engine.values())
                .flatMap(engine -> Stream.of(
                        Arguments.of(engine, TinyNetworks.linear(Block.BASIC, 5)),
                        Arguments.of(engine, TinyNetworks.hellinger(Block.BOTTLENECK, 6))));
    }

    @ParameterizedTest
    @MethodSource("enginesAndHeads")
    void theGradientsOfTheLastBlockInClosedFormAreThoseOfBackPropagation(Engine engine, BuiltInNetwork network) {
        Tap gradients = new Tap.Gradients("layer2");
        Tensor weights = Tensor.of(new float[] {0, 1, 0, 1, 0, -1}, 2, 3);
        try (InferenceSession session = Engines.open(network, InferencePlan.fromImage(gradients), engine, 0);
                LayerTap tap = LayerTap.open(network, "layer2", engine, 0)) {
            float[] general = session.run(images, weights).get(gradients).data();
            LayerTap.Forward forward = tap.forward(images);
            float[] closed = tap.gradients(forward, weights).data();
            assertArrayEquals(general, closed, 1e-5f * range(general));
        }
    }

    /** Gradients constant over the map make the three methods that weight by gradients one. */
    @ParameterizedTest
    @EnumSource(Engine.class)
    void atTheLastBlockGradCamIsHiResCamAndXGradCam(Engine engine) {
        try (LayerTap tap = LayerTap.open(TinyNetworks.linear(Block.BASIC, 5), "layer2", engine, 0)) {
            LayerTap.Forward forward = tap.forward(images);
            Tensor weights = ScoreWeights.of(new int[] {2, 0}, TinyNetworks.CLASSES);
            float[] gradCam = tap.maps(CamMethod.GRADCAM, forward, weights).data();
            float tolerance = 1e-5f * range(gradCam);
            assertArrayEquals(
                    gradCam, tap.maps(CamMethod.HIRESCAM, forward, weights).data(), tolerance);
            assertArrayEquals(
                    gradCam, tap.maps(CamMethod.XGRADCAM, forward, weights).data(), tolerance);
        }
    }

    /** The score is linear in the map's cells there, up to the bias. */
    @Test
    void atTheLastBlockTheMapOfAContrastIsTheDifferenceOfTwo() {
        try (LayerTap tap = LayerTap.open(TinyNetworks.linear(Block.BASIC, 5), "layer1", Engine.ONNX, 0)) {
            LayerTap.Forward forward = tap.forward(images);
            int[] rather = {2, 0};
            int[] than = {1, 0};
            Tensor contrast = ScoreWeights.contrast(rather, than, 3);
            assertArrayEquals(new float[] {0, -1, 1, 0, 0, 0}, contrast.data());
            float[] one = tap.maps(CamMethod.GRADCAM, forward, ScoreWeights.of(rather, 3))
                    .data();
            float[] other = tap.maps(CamMethod.GRADCAM, forward, ScoreWeights.of(than, 3))
                    .data();
            float[] found = tap.maps(CamMethod.GRADCAM, forward, contrast).data();
            int area = found.length / 2;
            for (int j = 0; j < found.length; j++) {
                assertEquals(one[j] - other[j], found[j], 1e-5 * range(one), "at " + j);
                assertTrue(j < area || found[j] == 0);
            }
        }
    }

    /** With a linear head on averages, leaving a channel out takes away what it adds to the logit. */
    @Test
    void ablationAtTheLastBlockIsTheChannelsShareOfTheLogit() {
        BuiltInNetwork network = TinyNetworks.linear(Block.BASIC, 5);
        try (LayerTap tap = LayerTap.open(network, "layer2", Engine.ONNX, 0)) {
            LayerTap.Forward forward = tap.forward(images);
            Tensor maps = tap.maps(CamMethod.ABLATIONCAM, forward, ScoreWeights.of(new int[] {2, 1}, 3));
            int[] shape = forward.activations().shape();
            int area = shape[2] * shape[3];
            for (int i = 0; i < 2; i++) {
                int target = i == 0 ? 2 : 1;
                double[] expected = new double[area];
                for (int k = 0; k < shape[1]; k++) {
                    double feature = forward.features().data()[i * shape[1] + k];
                    double weight = network.head().orElseThrow().weight()[target * shape[1] + k];
                    double share = feature * weight / forward.logits().data()[i * 3 + target];
                    for (int j = 0; j < area; j++) {
                        expected[j] += share * forward.activations().data()[(i * shape[1] + k) * area + j];
                    }
                }
                for (int j = 0; j < area; j++) {
                    assertEquals(expected[j], maps.data()[i * area + j], 1e-4 * range(maps.data()), "at " + j);
                }
            }
        }
    }

    /** Two channels, of which the scorer likes the image under one's mask better by ln 3: weights 3/4 and 1/4. */
    @Test
    void scoreCamWeighsChannelsBySoftmax() {
        Tensor image = Tensor.of(new float[] {1, 1, 1, 1, 0, 0, 0, 0, 0, 0, 0, 0}, 1, 3, 2, 2);
        Tensor activations = Tensor.of(new float[] {5, 1, 1, 1, 0, 0, 0, 2}, 1, 2, 2, 2);
        Scorer firstPixel = batch -> {
            float[] logits = new float[batch.shape()[0]];
            for (int i = 0; i < logits.length; i++) {
                logits[i] = (float) Math.log(3) * batch.data()[i * 12];
            }
            return Tensor.of(logits, logits.length, 1);
        };
        for (int batch : List.of(1, 2, 16)) {
            Tensor map = ScoreCam.of(image, activations, Tensor.of(new float[] {1}, 1, 1), firstPixel, batch);
            assertArrayEquals(new float[] {3.75f, 0.75f, 0.75f, 1.25f}, map.data(), 1e-6f);
        }
    }

    /** Activations of rank one: the component is their common pattern, centred, times the channels' length. */
    @Test
    void eigenCamFindsTheCommonPattern() {
        float[] pattern = {0, 1, 2, 5};
        float[] activations = new float[12];
        float[] strengths = {3, 0, 4};
        for (int k = 0; k < 3; k++) {
            for (int j = 0; j < 4; j++) {
                activations[k * 4 + j] = strengths[k] * pattern[j] + k;
            }
        }
        Tensor map = EigenCam.of(Tensor.of(activations, 1, 3, 2, 2));
        assertArrayEquals(new float[] {-10, -5, 0, 15}, map.data(), 1e-5f);
        assertArrayEquals(
                new float[4], EigenCam.of(Tensor.of(new float[12], 1, 3, 2, 2)).data());
    }

    @Test
    void upsamplingPutsCornersOnCorners() {
        float[] up = Upsampling.cornersOnCorners(new float[] {0, 3, 6, 9}, 2, 2, 4, 4);
        assertArrayEquals(new float[] {0, 1, 2, 3, 2, 3, 4, 5, 4, 5, 6, 7, 6, 7, 8, 9}, up, 1e-6f);
    }

    @Test
    void aMethodThatIsNotThereIsNamed() {
        var e = assertThrows(IllegalArgumentException.class, () -> CamMethod.of("gradcm"));
        assertTrue(e.getMessage().contains("no method 'gradcm'"), e.getMessage());
        assertTrue(e.getMessage().contains("gradcam++, hirescam"), e.getMessage());
    }

    private static float range(float[] values) {
        float largest = 0;
        for (float value : values) {
            largest = Math.max(largest, Math.abs(value));
        }
        return largest;
    }
}
