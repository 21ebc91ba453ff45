package org.gazecheck.network;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SplittableRandom;
import org.gazecheck.image.Normalisation;

/** Networks small enough for finite differences, with random weights. */
public final class TinyNetworks {
    public static final int CLASSES = 3;

    private TinyNetworks() {}

    public static Architecture architecture(Block block) {
        return new Architecture("tiny", block, List.of(1, 1), List.of(4, 8), true);
    }

    public static DescribedNetwork linear(Block block, long seed) {
        return network(architecture(block), false, seed);
    }

    public static DescribedNetwork hellinger(Block block, long seed) {
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
    public static float[] numbers(SplittableRandom random, int n, float mean, float range) {
        float[] numbers = new float[n];
        for (int i = 0; i < n; i++) {
            numbers[i] = mean + range * (float) (2 * random.nextDouble() - 1);
        }
        return numbers;
    }
}
