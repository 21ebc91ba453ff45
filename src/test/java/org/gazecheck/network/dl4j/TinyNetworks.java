package org.gazecheck.network.dl4j;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SplittableRandom;
import org.gazecheck.image.Normalisation;
import org.gazecheck.network.Architecture;
import org.gazecheck.network.Block;
import org.gazecheck.network.Convolution;
import org.gazecheck.network.DescribedNetwork;
import org.gazecheck.network.FoldedConvolution;
import org.gazecheck.network.Head;
import org.gazecheck.network.HellingerHead;
import org.gazecheck.network.LinearHead;

/** Networks small enough for finite differences, with random weights. */
final class TinyNetworks {
    static final int CLASSES = 3;

    private TinyNetworks() {}

    static Architecture architecture(Block block) {
        return new Architecture("tiny", block, List.of(1, 1), List.of(4, 8), true);
    }

    static DescribedNetwork linear(Block block, long seed) {
        return network(architecture(block), false, seed);
    }

    static DescribedNetwork hellinger(Block block, long seed) {
        return network(architecture(block), true, seed);
    }

    private static DescribedNetwork network(Architecture architecture, boolean hellinger, long seed) {
        SplittableRandom random = new SplittableRandom(seed);
        Map<String, FoldedConvolution> convolutions = new HashMap<>();
        for (Convolution c : architecture.convolutions()) {
            int fanIn = c.in() * c.kernel() * c.kernel();
            float[] scale = numbers(random, c.out(), 0.5f, 1);
            float[] kernel = numbers(random, c.out() * fanIn, 0, (float) Math.sqrt(6.0 / fanIn));
            convolutions.put(c.name(), new FoldedConvolution(kernel, numbers(random, c.out(), 0.1f, 0.1f), scale));
        }
        float[] weight = numbers(random, CLASSES * architecture.features(), 0, 1);
        float[] bias = numbers(random, CLASSES, 0, 0.1f);
        Head head = hellinger ? new HellingerHead(weight, bias, HellingerHead.EPSILON) : new LinearHead(weight, bias);
        return DescribedNetwork.of(architecture, convolutions, Optional.of(head), Normalisation.TORCHVISION);
    }

    /** Uniform around {@code mean}. */
    static float[] numbers(SplittableRandom random, int n, float mean, float range) {
        float[] numbers = new float[n];
        for (int i = 0; i < n; i++) {
            numbers[i] = mean + range * (float) (2 * random.nextDouble() - 1);
        }
        return numbers;
    }
}
