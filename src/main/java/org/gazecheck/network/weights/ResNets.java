package org.gazecheck.network.weights;

import java.io.EOFException;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.TreeSet;
import java.util.zip.ZipException;
import java.util.zip.ZipFile;
import org.gazecheck.config.ModelSettings;
import org.gazecheck.image.Normalisation;
import org.gazecheck.io.Printable;
import org.gazecheck.network.Architecture;
import org.gazecheck.network.Block;
import org.gazecheck.network.BuiltInNetwork;
import org.gazecheck.network.Convolution;
import org.gazecheck.network.FoldedConvolution;
import org.gazecheck.network.Head;
import org.gazecheck.network.LinearHead;
import org.gazecheck.network.WeightsException;
import org.gazecheck.network.dl4j.ZooArchive;
import org.gazecheck.results.Assumption;
import org.jspecify.annotations.Nullable;

/** ResNets by name, from weights files in torchvision's naming, and with random weights. */
public final class ResNets {
    private static final Map<String, List<Integer>> BLOCKS = Map.of(
            "resnet18", List.of(2, 2, 2, 2),
            "resnet34", List.of(3, 4, 6, 3),
            "resnet50", List.of(3, 4, 6, 3),
            "resnet101", List.of(3, 4, 23, 3),
            "resnet152", List.of(3, 8, 36, 3));
    private static final String DEMO = "demo";

    private ResNets() {}

    /**
     * A published ResNet (He et al. 2015, table 1) or the small one of the demo.
     *
     * @param name resnet18, resnet34, resnet50, resnet101, resnet152 or demo
     */
    public static Architecture architecture(String name, boolean strideInFirst) {
        if (name.equals(DEMO)) {
            return new Architecture(DEMO, Block.BASIC, List.of(1, 1, 1, 1), List.of(16, 32, 64, 128), false);
        }
        List<Integer> blocks = BLOCKS.get(name);
        if (blocks == null) {
            throw new IllegalArgumentException("no ResNet is called " + name);
        }
        boolean basic = name.equals("resnet18") || name.equals("resnet34");
        Block block = basic ? Block.BASIC : Block.BOTTLENECK;
        return new Architecture(name, block, blocks, List.of(64, 128, 256, 512), strideInFirst && !basic);
    }

    /** The published one of these blocks, or one that is called "resnet". */
    static Architecture like(Block block, List<Integer> blocks, List<Integer> planes, boolean strideInFirst) {
        for (String name : new TreeSet<>(BLOCKS.keySet())) {
            Architecture published = architecture(name, strideInFirst);
            if (published.block() == block
                    && published.blocks().equals(blocks)
                    && published.planes().equals(planes)) {
                return published;
            }
        }
        return new Architecture("resnet", block, blocks, planes, strideInFirst && block == Block.BOTTLENECK);
    }

    /**
     * A network from a weights file, batch norm folded; with a linear head where the file has {@code fc}. A zip file is an
     * archive of DL4J's zoo.
     *
     * @throws WeightsException when the file is no intact one of weights, holds no ResNet or more than one, or one with
     *     other tensors than the architecture's
     */
    public static LoadedResNet read(Path file, ModelSettings model) throws IOException {
        if (isZoo(file)) {
            if (model.weightsPrefix() != null) {
                throw new WeightsException(file + " holds one network: remove model.weightsPrefix");
            }
            if (!List.of("auto", "resnet50").contains(model.architecture())) {
                throw new WeightsException(file + " holds a ResNet-50: set model.architecture to auto");
            }
            return new LoadedResNet(ZooArchive.read(file), List.of());
        }
        return read(file, model.architecture(), model.strideInFirst(), model.weightsPrefix());
    }

    /** As {@link #read(Path, ModelSettings)}, everything inferred from the file. */
    public static LoadedResNet read(Path file) throws IOException {
        return read(file, "auto", null, null);
    }

    /** The network alone of {@link #read(Path, ModelSettings)}. */
    public static BuiltInNetwork load(Path file, ModelSettings model) throws IOException {
        return read(file, model).network();
    }

    /** The network alone of {@link #read(Path)}. */
    public static BuiltInNetwork load(Path file) throws IOException {
        return read(file).network();
    }

    /**
     * What would be assumed about a weights file, by the names and shapes that it states: no number of it is read.
     *
     * @throws WeightsException where {@link #read(Path, ModelSettings)} would refuse it for these
     */
    public static List<Assumption> look(Path file, ModelSettings model) throws IOException {
        if (isZoo(file)) {
            return List.of();
        }
        try (WeightsFile open = WeightsFile.open(file)) {
            return FoundResNet.in(open.catalogue(), model.architecture(), model.strideInFirst(), model.weightsPrefix())
                    .assumptions();
        }
    }

    /** A zip file without a configuration of DL4J may still hold or wrap other weights. */
    private static boolean isZoo(Path file) throws IOException {
        if (!file.toString().endsWith(".zip") || NotWeights.what(file).isPresent()) {
            return false;
        }
        try (ZipFile zip = new ZipFile(file.toFile())) {
            return zip.size() == 0 || ZooArchive.isExternal(file);
        } catch (ZipException | EOFException e) {
            return true;
        }
    }

    private static LoadedResNet read(Path file, String name, @Nullable Boolean strideInFirst, @Nullable String prefix)
            throws IOException {
        try (WeightsFile open = WeightsFile.open(file)) {
            FoundResNet found = FoundResNet.in(open.catalogue(), name, strideInFirst, prefix);
            Weights weights = Weights.read(open, found.tensors());
            List<Assumption> assumptions = new ArrayList<>(found.assumptions());
            untrained(weights, found.architecture()).ifPresent(assumptions::add);
            return new LoadedResNet(folded(weights, found.architecture()), assumptions);
        }
    }

    /** Batch norms take their statistics from images as soon as a network is trained. */
    private static Optional<Assumption> untrained(Weights weights, Architecture architecture) {
        for (Convolution convolution : architecture.convolutions()) {
            String norm = norm(convolution.name());
            if (!all(weights, norm + ".bias", 0)
                    || !all(weights, norm + ".running_mean", 0)
                    || !all(weights, norm + ".running_var", 1)) {
                return Optional.empty();
            }
        }
        return Optional.of(new Assumption(
                "train",
                "model.untrained",
                weights.file()
                        + ": all batch norms have bias 0, mean 0 and variance 1, as in a network that was never trained;"
                        + " it is used as it is.",
                Map.of("norms", architecture.convolutions().size())));
    }

    private static boolean all(Weights weights, String name, float value) {
        for (float number : weights.tensor(name).data()) {
            if (number != value) {
                return false;
            }
        }
        return true;
    }

    private static BuiltInNetwork folded(Weights weights, Architecture architecture) throws WeightsException {
        double eps = number(weights, "bn_eps", 1e-5);
        Map<String, FoldedConvolution> convolutions = new LinkedHashMap<>();
        for (Convolution convolution : architecture.convolutions()) {
            FoldedConvolution folded = folded(weights, convolution, eps);
            requireFinite(weights, convolution.name(), folded.kernel(), folded.bias());
            convolutions.put(convolution.name(), folded);
        }
        Optional<Head> head = head(weights);
        if (head.isPresent()) {
            requireFinite(weights, "fc", head.get().weight(), head.get().bias());
        }
        return BuiltInNetwork.of(architecture, convolutions, head, normalisation(weights));
    }

    /**
     * Random weights for training from scratch without batch norm: He-normal kernels, the last convolution of every
     * residual branch and the head zero, so that each block starts as the identity (Zhang, Dauphin and Ma 2019, "Fixup
     * initialization: residual learning without normalization"; their rescaling by depth applied to the rest).
     */
    public static BuiltInNetwork random(Architecture architecture, int classes, SplittableRandom random) {
        Map<String, FoldedConvolution> convolutions = new LinkedHashMap<>();
        Convolution stem = architecture.stem();
        convolutions.put(stem.name(), random(stem, 1, random));
        int blocks = architecture.residuals().size();
        for (Architecture.Residual residual : architecture.residuals()) {
            int inBranch = residual.path().size();
            double rescale = Math.pow(blocks, -1.0 / (2 * inBranch - 2));
            for (int i = 0; i < inBranch; i++) {
                Convolution convolution = residual.path().get(i);
                convolutions.put(convolution.name(), random(convolution, i == inBranch - 1 ? 0 : rescale, random));
            }
            if (residual.shortcut() != null) {
                convolutions.put(residual.shortcut().name(), random(residual.shortcut(), 1, random));
            }
        }
        Head head = new LinearHead(new float[classes * architecture.features()], new float[classes]);
        return BuiltInNetwork.of(architecture, convolutions, Optional.of(head), Normalisation.TORCHVISION);
    }

    private static FoldedConvolution random(Convolution convolution, double gain, SplittableRandom random) {
        int fanIn = convolution.in() * convolution.kernel() * convolution.kernel();
        double deviation = gain * Math.sqrt(2.0 / fanIn);
        float[] kernel = new float[convolution.out() * fanIn];
        for (int i = 0; i < kernel.length && deviation > 0; i++) {
            kernel[i] = (float) (deviation * gaussian(random));
        }
        float[] scale = new float[convolution.out()];
        Arrays.fill(scale, 1);
        return new FoldedConvolution(kernel, new float[convolution.out()], scale);
    }

    private static double gaussian(SplittableRandom random) {
        double radius = Math.sqrt(-2 * Math.log(1 - random.nextDouble()));
        return radius * Math.cos(2 * Math.PI * random.nextDouble());
    }

    private static void requireFinite(Weights weights, String name, float[]... numbers) throws WeightsException {
        for (float[] part : numbers) {
            for (float value : part) {
                if (!Float.isFinite(value)) {
                    throw new WeightsException(weights.file() + ": " + name
                            + " is not finite (NaN, too large, or a negative variance in its batch norm)");
                }
            }
        }
    }

    /** {@code conv1} is followed by {@code bn1}, {@code downsample.0} by {@code downsample.1}. */
    static String norm(String convolution) {
        int dot = convolution.lastIndexOf('.') + 1;
        String last = convolution.substring(dot);
        return convolution.substring(0, dot) + (last.equals("0") ? "1" : last.replace("conv", "bn"));
    }

    private static FoldedConvolution folded(Weights weights, Convolution convolution, double eps) {
        String norm = norm(convolution.name());
        float[] gamma = weights.tensor(norm + ".weight").data();
        float[] beta = weights.tensor(norm + ".bias").data();
        float[] mean = weights.tensor(norm + ".running_mean").data();
        float[] variance = weights.tensor(norm + ".running_var").data();
        float[] original = weights.tensor(convolution.name() + ".weight").data();
        float[] kernel = new float[original.length];
        float[] bias = new float[convolution.out()];
        float[] scale = new float[convolution.out()];
        int perChannel = original.length / convolution.out();
        for (int o = 0; o < convolution.out(); o++) {
            double s = gamma[o] / Math.sqrt(variance[o] + eps);
            scale[o] = (float) s;
            bias[o] = (float) (beta[o] - mean[o] * s);
            for (int i = o * perChannel; i < (o + 1) * perChannel; i++) {
                kernel[i] = (float) (original[i] * s);
            }
        }
        return new FoldedConvolution(kernel, bias, scale);
    }

    private static Optional<Head> head(Weights weights) {
        WeightTensor fc = weights.tensors().get("fc.weight");
        return fc == null
                ? Optional.empty()
                : Optional.of(
                        new LinearHead(fc.data(), weights.tensor("fc.bias").data()));
    }

    private static Normalisation normalisation(Weights weights) throws WeightsException {
        String mean = weights.metadata().get("mean");
        String std = weights.metadata().get("std");
        return mean == null || std == null
                ? Normalisation.TORCHVISION
                : new Normalisation(triple(weights, "mean", mean), triple(weights, "std", std));
    }

    private static float[] triple(Weights weights, String key, String text) throws WeightsException {
        String[] parts = text.split(",");
        if (parts.length != 3) {
            throw new WeightsException(
                    weights.file() + ": '" + key + "' is '" + Printable.of(text) + "', not three numbers");
        }
        float[] triple = new float[3];
        for (int i = 0; i < 3; i++) {
            triple[i] = (float) parse(weights, key, parts[i]);
            if (!Float.isFinite(triple[i]) || key.equals("std") && !(triple[i] > 0)) {
                throw new WeightsException(
                        weights.file() + ": '" + key + "' is '" + Printable.of(text) + "', which no normalisation has");
            }
        }
        return triple;
    }

    private static double number(Weights weights, String key, double otherwise) throws WeightsException {
        String text = weights.metadata().get(key);
        return text == null ? otherwise : parse(weights, key, text);
    }

    private static double parse(Weights weights, String key, String text) throws WeightsException {
        try {
            return Double.parseDouble(text.strip().toLowerCase(Locale.ROOT));
        } catch (NumberFormatException e) {
            throw new WeightsException(
                    weights.file() + ": '" + key + "' is '" + Printable.of(text) + "', which is no number");
        }
    }
}
