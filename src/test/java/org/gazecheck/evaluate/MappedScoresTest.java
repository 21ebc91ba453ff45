package org.gazecheck.evaluate;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import org.gazecheck.explain.ClassMaps;
import org.gazecheck.explain.LayerTap;
import org.gazecheck.image.RgbImage;
import org.gazecheck.network.Block;
import org.gazecheck.network.BuiltInNetwork;
import org.gazecheck.network.Engine;
import org.gazecheck.network.Frames;
import org.gazecheck.network.Head;
import org.gazecheck.network.LinearHead;
import org.gazecheck.network.TinyNetworks;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class MappedScoresTest {
    private static final int N = 40;
    private static final int SIDE = 33;

    @ParameterizedTest
    @CsvSource({"ONNX,true", "ONNX,false", "DL4J,true"})
    void mapsAreOfTheClassThatTheLogitsPutFirstAndOfTheTrueOne(Engine engine, boolean flip) {
        BuiltInNetwork network = undecided(TinyNetworks.linear(Block.BASIC, 3));
        Frames frames = frames(network);
        int[] labels = new SplittableRandom(2).ints(N, 0, TinyNetworks.CLASSES).toArray();
        try (ClassMaps maps = ClassMaps.open(network, "layer2", engine, 0);
                LayerTap general = LayerTap.open(network, "layer2", Engine.DL4J, 0)) {
            MappedScores scores = MappedScores.of(maps, frames, labels, flip);
            FrameScores expected = FrameScores.of(general, frames.images(), frames.normalisation(), flip);
            assertArrayEquals(expected.logits().values(), scores.logits().values(), 1e-5f);
            int[] best = best(scores.logits());
            assertTrue(!flip || turned(general, frames, best) > 0, "no decision is turned by the mirror image");
            assertMaps(general.maps(expected.forward(), best).data(), scores.maps(), 0);
            assertMaps(general.maps(expected.forward(), labels).data(), scores.maps(), 1);
        }
    }

    /** With the biases that give every class the same mean logit, so that little decides. */
    private static BuiltInNetwork undecided(BuiltInNetwork network) {
        Head head = network.head().orElseThrow();
        float[] bias = head.bias().clone();
        try (LayerTap maps = LayerTap.open(network, "layer2", Engine.ONNX, 0)) {
            float[] logits = maps.forward(frames(network).tensor()).logits().data();
            for (int i = 0; i < logits.length; i++) {
                bias[i % bias.length] -= logits[i] / N;
            }
        }
        return network.withHead(new LinearHead(head.weight(), bias));
    }

    private static long turned(LayerTap general, Frames frames, int[] best) {
        int[] plain = best(FrameScores.of(general, frames.images(), frames.normalisation(), false)
                .logits());
        return IntStream.range(0, N).filter(i -> plain[i] != best[i]).count();
    }

    private static int[] best(Logits logits) {
        int[] best = new int[N];
        Arrays.setAll(best, logits::best);
        return best;
    }

    private static void assertMaps(float[] expected, float[] pairs, int score) {
        int area = expected.length / N;
        float[] found = new float[expected.length];
        for (int i = 0; i < N; i++) {
            System.arraycopy(pairs, (2 * i + score) * area, found, i * area, area);
        }
        assertArrayEquals(expected, found, 1e-5f);
    }

    private static Frames frames(BuiltInNetwork network) {
        SplittableRandom random = new SplittableRandom(9);
        List<RgbImage> images = new ArrayList<>();
        for (int i = 0; i < N; i++) {
            byte[] rgb = new byte[3 * SIDE * SIDE];
            random.nextBytes(rgb);
            images.add(new RgbImage(SIDE, SIDE, rgb));
        }
        return new Frames(images, network.normalisation());
    }
}
