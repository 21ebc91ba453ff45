package org.gazecheck.network;

import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SplittableRandom;
import org.gazecheck.image.Normalisation;
import org.gazecheck.network.weights.ResNets;

/** Networks small enough for finite differences, with random weights. */
public final class TinyNetworks {
    public static final int CLASSES = 3;

    private TinyNetworks() {}

    public static Architecture architecture(Block block) {
        return new Architecture("tiny", block, List.of(1, 1), List.of(4, 8), true);
    }

    /** A ResNet-50 of which every weight is drawn, those too that {@link ResNets#random} leaves at zero. */
    public static BuiltInNetwork resnet50(int classes) {
        SplittableRandom random = new SplittableRandom(1);
        BuiltInNetwork bare = ResNets.random(ResNets.architecture("resnet50", false), classes, random.split());
        Map<String, FoldedConvolution> convolutions = new LinkedHashMap<>();
        for (Convolution c : bare.architecture().convolutions()) {
            FoldedConvolution drawn = bare.convolutions().get(c.name());
            float bound = (float) (0.5 / Math.sqrt(c.in() * c.kernel() * c.kernel()));
            float[] kernel = drawn.kernel()[0] == 0 ? numbers(random, drawn.kernel().length, 0, bound) : drawn.kernel();
            convolutions.put(c.name(), new FoldedConvolution(kernel, drawn.bias(), drawn.scale()));
        }
        float[] weight = numbers(random, classes * bare.architecture().features(), 0, 1);
        Head head = new HellingerHead(weight, numbers(random, classes, 0, 1), HellingerHead.EPSILON);
        return BuiltInNetwork.of(bare.architecture(), convolutions, Optional.of(head), bare.normalisation());
    }

    public static BuiltInNetwork linear(Block block, long seed) {
        return network(architecture(block), false, seed);
    }

    public static BuiltInNetwork hellinger(Block block, long seed) {
        return network(architecture(block), true, seed);
    }

    private static BuiltInNetwork network(Architecture architecture, boolean hellinger, long seed) {
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
        return BuiltInNetwork.of(architecture, convolutions, Optional.of(head), Normalisation.TORCHVISION);
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
