package org.gazecheck.bench;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SplittableRandom;
import org.gazecheck.image.Normalisation;
import org.gazecheck.image.RgbImage;
import org.gazecheck.io.Npy;
import org.gazecheck.network.Architecture;
import org.gazecheck.network.BuiltInNetwork;
import org.gazecheck.network.Convolution;
import org.gazecheck.network.FoldedConvolution;
import org.gazecheck.network.Head;
import org.gazecheck.network.HellingerHead;
import org.gazecheck.network.weights.ResNets;

/**
 * What all contenders work on, drawn from one seed and laid out for PyTorch: a ResNet-50 (v1.5, torchvision's) with a
 * normalised head of 102 classes, pixels, labels, activations of the last stage but one.
 */
public final class Material {
    /** Images at most in a batch. */
    public static final int IMAGES = 32;

    private static final int CLASSES = 102;
    private static final float SMOOTHING = 0.1f;

    private final BuiltInNetwork network;
    private final Map<Integer, List<RgbImage>> images;
    private final int[] labels;
    private final float[] activations;
    private final float[] targets;

    private Material(
            BuiltInNetwork network,
            Map<Integer, List<RgbImage>> images,
            int[] labels,
            float[] activations,
            float[] targets) {
        this.network = network;
        this.images = images;
        this.labels = labels;
        this.activations = activations;
        this.targets = targets;
    }

    static Material draw(int... sizes) {
        SplittableRandom random = new SplittableRandom(1);
        BuiltInNetwork network = network(random);
        Map<Integer, List<RgbImage>> images = new LinkedHashMap<>();
        for (int size : sizes) {
            List<RgbImage> list = new ArrayList<>();
            for (int i = 0; i < IMAGES; i++) {
                byte[] rgb = new byte[3 * size * size];
                random.nextBytes(rgb);
                list.add(new RgbImage(size, size, rgb));
            }
            images.put(size, list);
        }
        int[] labels = random.ints(IMAGES, 0, CLASSES).toArray();
        float[] activations = new float[IMAGES * 1024 * 14 * 14];
        for (int i = 0; i < activations.length; i++) {
            activations[i] = (float) Math.max(0, random.nextDouble() - 0.5);
        }
        float[] targets = new float[IMAGES * CLASSES];
        for (int i = 0; i < targets.length; i++) {
            targets[i] = SMOOTHING / CLASSES + (i % CLASSES == labels[i / CLASSES] ? 1 - SMOOTHING : 0);
        }
        return new Material(network, images, labels, activations, targets);
    }

    /** What {@link ResNets#random} leaves at zero, the end of every branch and the head, is drawn too. */
    private static BuiltInNetwork network(SplittableRandom random) {
        BuiltInNetwork bare = ResNets.random(ResNets.architecture("resnet50", false), CLASSES, random.split());
        Map<String, FoldedConvolution> convolutions = new LinkedHashMap<>();
        for (Convolution c : bare.architecture().convolutions()) {
            FoldedConvolution drawn = bare.convolutions().get(c.name());
            boolean zero = drawn.kernel()[0] == 0;
            double deviation = 0.3 * Math.sqrt(2.0 / (c.in() * c.kernel() * c.kernel()));
            float[] kernel = zero ? drawn(drawn.kernel().length, deviation, random) : drawn.kernel();
            convolutions.put(c.name(), new FoldedConvolution(kernel, drawn.bias(), drawn.scale()));
        }
        float[] weight = drawn(CLASSES * bare.architecture().features(), 1, random);
        Head head = new HellingerHead(weight, new float[CLASSES], HellingerHead.EPSILON);
        return BuiltInNetwork.of(bare.architecture(), convolutions, Optional.of(head), bare.normalisation());
    }

    private static float[] drawn(int length, double deviation, SplittableRandom random) {
        float[] values = new float[length];
        for (int i = 0; i < length; i++) {
            values[i] = (float) (deviation * random.nextGaussian());
        }
        return values;
    }

    public BuiltInNetwork network() {
        return network;
    }

    /** The first {@code n} images of a size. */
    List<RgbImage> images(int size, int n) {
        return images.get(size).subList(0, n);
    }

    int[] labels(int n) {
        return java.util.Arrays.copyOf(labels, n);
    }

    /** [32, 1024, 14, 14]. */
    public float[] activations() {
        return activations;
    }

    /** Smoothed labels, [32, classes]. */
    public float[] targets() {
        return targets;
    }

    /** Lays everything out for the other process. */
    void write(Path folder) throws IOException {
        Architecture architecture = network.architecture();
        for (Convolution c : architecture.convolutions()) {
            FoldedConvolution folded = network.convolutions().get(c.name());
            Npy.write(
                    folder.resolve(c.name() + ".weight.npy"), folded.kernel(), c.out(), c.in(), c.kernel(), c.kernel());
            Npy.write(folder.resolve(c.name() + ".bias.npy"), folded.bias(), c.out());
        }
        Head head = network.head().orElseThrow();
        Npy.write(folder.resolve("fc.weight.npy"), head.weight(), head.classes(), head.features());
        Npy.write(folder.resolve("fc.bias.npy"), head.bias(), head.classes());
        Npy.write(folder.resolve("activations.npy"), activations, IMAGES, 1024, 14, 14);
        Npy.write(folder.resolve("targets.npy"), targets, IMAGES, CLASSES);
        for (Map.Entry<Integer, List<RgbImage>> size : images.entrySet()) {
            try (var out = Files.newOutputStream(folder.resolve("pixels-" + size.getKey() + ".bin"))) {
                for (RgbImage image : size.getValue()) {
                    out.write(image.rgb());
                }
            }
        }
        new ObjectMapper().writeValue(folder.resolve("network.json").toFile(), description(architecture));
    }

    private Map<String, Object> description(Architecture architecture) {
        List<List<Map<String, Object>>> stages = new ArrayList<>();
        for (Architecture.Residual residual : architecture.residuals()) {
            if (stages.size() < residual.stage()) {
                stages.add(new ArrayList<>());
            }
            Map<String, Object> block = new LinkedHashMap<>();
            block.put(
                    "path", residual.path().stream().map(Material::description).toList());
            block.put("shortcut", residual.shortcut() == null ? null : description(residual.shortcut()));
            stages.get(residual.stage() - 1).add(block);
        }
        Normalisation normalisation = network.normalisation();
        return Map.of(
                "stem", description(architecture.stem()),
                "stages", stages,
                "mean", normalisation.mean(),
                "std", normalisation.std());
    }

    private static Map<String, Object> description(Convolution c) {
        return Map.of("name", c.name(), "stride", c.stride(), "padding", c.padding());
    }
}
