package org.gazecheck.network.dl4j;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;
import org.gazecheck.ReferenceData;
import org.gazecheck.image.Normalisation;
import org.gazecheck.network.DescribedNetwork;
import org.gazecheck.network.InferencePlan;
import org.gazecheck.network.Tap;
import org.gazecheck.network.Tensor;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** What PyTorch computes from the same weights and pixels. */
@Tag("reference")
class Dl4jParityTest {
    private static final int N = 4;
    private static final int SIDE = 224;

    @Test
    void basicBlocks() throws IOException {
        Path folder = ReferenceData.path("golden/small_basic");
        check(folder, GoldenNetworks.basic(folder));
    }

    @Test
    void bottleneckBlocks() throws IOException {
        Path folder = ReferenceData.path("golden/small_bottleneck");
        check(folder, GoldenNetworks.bottleneck(folder));
    }

    private static void check(Path folder, DescribedNetwork network) {
        Tensor logits = GoldenNetworks.npy(folder.resolve("logits.npy"));
        Tensor weights = predicted(logits);
        for (String layer : new String[] {"layer4", "layer3"}) {
            Tap activations = new Tap.Activations(layer);
            Tap gradients = new Tap.Gradients(layer);
            InferencePlan plan = InferencePlan.fromImage(activations, gradients, Tap.LOGITS);
            try (Dl4jSession session = Dl4jSession.open(network, plan, 0)) {
                Map<Tap, Tensor> found = session.run(input(), weights);
                assertNear(logits, found.get(Tap.LOGITS), 1e-3);
                assertWithinRange(folder.resolve("activation_" + layer + ".npy"), found.get(activations), 1e-4);
                assertWithinRange(folder.resolve("gradient_" + layer + "_predicted.npy"), found.get(gradients), 1e-4);
            }
        }
    }

    /** The first four photographs, normalised as torchvision does. */
    private static Tensor input() {
        float[] pixels = GoldenNetworks.npy(ReferenceData.path("golden/resnet50/pixels.npy"))
                .data();
        Normalisation normalisation = Normalisation.TORCHVISION;
        float[] input = new float[N * 3 * SIDE * SIDE];
        for (int i = 0; i < input.length; i++) {
            int plane = i / (SIDE * SIDE);
            int c = plane % 3;
            float pixel = pixels[(plane / 3 * SIDE * SIDE + i % (SIDE * SIDE)) * 3 + c];
            input[i] = (pixel / 255 - normalisation.mean()[c]) / normalisation.std()[c];
        }
        return Tensor.of(input, N, 3, SIDE, SIDE);
    }

    private static Tensor predicted(Tensor logits) {
        int classes = logits.shape()[1];
        float[] weights = new float[N * classes];
        for (int i = 0; i < N; i++) {
            int best = i * classes;
            for (int j = i * classes; j < (i + 1) * classes; j++) {
                best = logits.data()[j] > logits.data()[best] ? j : best;
            }
            weights[best] = 1;
        }
        return Tensor.of(weights, N, classes);
    }

    private static void assertWithinRange(Path expected, Tensor found, double share) {
        Tensor reference = GoldenNetworks.npy(expected);
        float low = Float.POSITIVE_INFINITY;
        float high = Float.NEGATIVE_INFINITY;
        for (float value : reference.data()) {
            low = Math.min(low, value);
            high = Math.max(high, value);
        }
        assertNear(reference, found, share * (high - low));
    }

    /** The reference may hold the first rows only. */
    private static void assertNear(Tensor reference, Tensor found, double tolerance) {
        for (int i = 0; i < reference.size(); i++) {
            assertEquals(reference.data()[i], found.data()[i], tolerance, "at " + i);
        }
    }
}
