package org.gazecheck.explain;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.Stream;
import org.gazecheck.image.RgbImage;
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

class GradCamTest {
    private static final int SIDE = 50;
    private static final int[] TARGETS = {1, 2};

    private final Tensor images =
            Tensor.of(TinyNetworks.numbers(new SplittableRandom(9), 2 * 3 * SIDE * SIDE, 0, 1), 2, 3, SIDE, SIDE);

    static Stream<Arguments> enginesAndHeads() {
        return Arrays.stream(Engine.values())
                .flatMap(engine -> Stream.of(
                        Arguments.of(engine, TinyNetworks.linear(Block.BASIC, 5)),
                        Arguments.of(engine, TinyNetworks.hellinger(Block.BOTTLENECK, 6))));
    }

    @ParameterizedTest
    @MethodSource("enginesAndHeads")
    void theClosedFormIsWhatBackPropagationGives(Engine engine, BuiltInNetwork network) {
        Tap activations = new Tap.Activations("layer2");
        Tap gradients = new Tap.Gradients("layer2");
        float[] scores = {0, 1, 0, 0, 0, 1};
        try (InferenceSession session =
                        Engines.open(network, InferencePlan.fromImage(activations, gradients), engine, 0);
                LayerTap maps = LayerTap.open(network, "layer2", engine, 0)) {
            var found = session.run(images, Tensor.of(scores, 2, 3));
            Tensor general = GradCam.of(found.get(activations), found.get(gradients));
            assertClose(general.data(), maps.maps(maps.forward(images), TARGETS).data());
        }
    }

    /** The map's sum over cells is the score's slope when each channel is scaled, times the cells' share. */
    @ParameterizedTest
    @EnumSource(Engine.class)
    void channelWeightsAreThoseOfFiniteDifferences(Engine engine) {
        BuiltInNetwork network = TinyNetworks.hellinger(Block.BASIC, 8);
        try (LayerTap maps = LayerTap.open(network, "layer1", engine, 0);
                InferenceSession tail =
                        Engines.open(network, new InferencePlan("layer1", List.of(Tap.LOGITS)), engine, 0)) {
            LayerTap.Forward forward = maps.forward(images);
            float[] map = maps.maps(forward, TARGETS).data();
            int[] shape = forward.activations().shape();
            int area = shape[2] * shape[3];
            double[] expected = new double[map.length];
            for (int k = 0; k < shape[1]; k++) {
                float step = 3e-3f;
                float[] up = logits(tail, forward.activations(), k, step);
                float[] down = logits(tail, forward.activations(), k, -step);
                for (int i = 0; i < 2; i++) {
                    double slope = (up[i * 3 + TARGETS[i]] - down[i * 3 + TARGETS[i]]) / (2.0 * step) / area;
                    for (int j = 0; j < area; j++) {
                        expected[i * area + j] += slope * forward.activations().data()[(i * shape[1] + k) * area + j];
                    }
                }
            }
            double range = Arrays.stream(expected).max().orElseThrow()
                    - Arrays.stream(expected).min().orElseThrow();
            for (int j = 0; j < map.length; j++) {
                assertEquals(expected[j], map[j], 0.02 * range, "at " + j);
            }
        }
    }

    private static float[] logits(InferenceSession tail, Tensor activations, int channel, float step) {
        int[] shape = activations.shape();
        int area = shape[2] * shape[3];
        float[] moved = activations.data().clone();
        for (int i = 0; i < moved.length; i++) {
            moved[i] += i / area % shape[1] == channel ? step : 0;
        }
        return tail.run(new Tensor(moved, shape)).get(Tap.LOGITS).data();
    }

    @Test
    void upsamplingIsBilinearBetweenCentres() {
        float[] up = Upsampling.bilinear(new float[] {0, 4, 8, 12}, 2, 2, 4, 4);
        assertArrayEquals(new float[] {0, 1, 3, 4, 2, 3, 5, 6, 6, 7, 9, 10, 8, 9, 11, 12}, up, 1e-6f);
    }

    @Test
    void whereTheMapIsNotPositiveTheImageShows() {
        RgbImage grey = new RgbImage(4, 4, new byte[48]);
        assertArrayEquals(
                grey.rgb(),
                Overlay.draw(grey, new float[] {-1, -2, 0, -3}, 2, 2).rgb());
        byte[] drawn = Overlay.draw(grey, new float[] {1, -1, -1, -1}, 2, 2).rgb();
        assertArrayEquals(new byte[3], Arrays.copyOfRange(drawn, 45, 48));
        assertEquals(false, drawn[0] == 0 && drawn[1] == 0 && drawn[2] == 0);
    }

    @Test
    void aLayerThatIsNotThereIsNamed() {
        BuiltInNetwork network = TinyNetworks.linear(Block.BASIC, 1);
        var e = assertThrows(IllegalArgumentException.class, () -> LayerTap.open(network, "layer5", Engine.ONNX, 0));
        assertEquals(true, e.getMessage().contains("no layer 'layer5'"));
    }

    private static void assertClose(float[] expected, float[] found) {
        float range = 0;
        for (float value : expected) {
            range = Math.max(range, Math.abs(value));
        }
        assertArrayEquals(expected, found, 1e-5f * range);
    }
}
