package org.gazecheck.network.weights;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.gazecheck.network.Architecture;
import org.gazecheck.network.Block;
import org.gazecheck.network.Convolution;
import org.gazecheck.network.WeightsException;
import org.gazecheck.results.Assumption;
import org.jspecify.annotations.Nullable;

/**
 * A ResNet in a file of weights, by names and shapes.
 *
 * @param tensors names in the file, by torchvision's name: each tensor of the architecture, and of {@code fc} where the file
 *     has one
 * @param assumptions what is taken with a stated meaning
 */
record FoundResNet(Architecture architecture, Map<String, String> tensors, List<Assumption> assumptions) {
    private static final String TRAIN = "train";
    private static final int NAMED = 10;
    private static final int WIDEST = 1 << 16;

    /** Counters of batches, and what profilers leave. */
    private static final Pattern COUNTERS =
            Pattern.compile("(?:.*\\.)?(?:num_batches_tracked|total_ops|total_params|__flops__)");

    /** What stands behind or beside a network, by the first part of its name. */
    private static final Pattern HEADS = Pattern.compile(
            "(?i)[^.]*(?:fc|head|classif|linear|proj|mlp|pred|logit|proto|queue|loss|criter|metric|decod|rpn|fpn|bnneck|centers"
                    + "|temperature|optim|scaler|sched|n_averaged)[^.]*(?:\\..*)?");

    /**
     * @param name of an architecture, or "auto": as the tensors say
     * @param prefix in front of the network's names; null: the only one
     * @throws WeightsException when there is no network, more than one, or one with tensors missing, of other shapes or
     *     that no ResNet has
     */
    static FoundResNet in(Catalogue catalogue, String name, @Nullable Boolean strideInFirst, @Nullable String prefix)
            throws WeightsException {
        TensorNames names = TensorNames.find(catalogue, prefix);
        boolean v1 = strideInFirst != null
                ? strideInFirst
                : catalogue.metadata().getOrDefault("downsampling", "").contains("(v1)");
        Architecture architecture = name.equals("auto") ? inferred(names, v1) : ResNets.architecture(name, v1);
        Map<String, int[]> expected = expected(architecture);
        Set<String> head = names.info("fc.weight").isPresent() ? Set.of("fc.weight", "fc.bias") : Set.of();
        requireFloating(names, architecture, expected.keySet(), head);
        if (!name.equals("auto")) {
            requireShapes(names, architecture, expected);
        }
        requireNothingElse(names, architecture, expected.keySet(), head);
        requireShapes(names, architecture, expected);
        Map<String, String> tensors = new LinkedHashMap<>(names.names());
        tensors.keySet().removeIf(tensor -> !expected.containsKey(tensor) && !head.contains(tensor));
        List<Assumption> assumptions = new ArrayList<>();
        naming(names, architecture, tensors.size()).ifPresent(assumptions::add);
        leftOut(names, expected.keySet(), head).ifPresent(assumptions::add);
        return new FoundResNet(architecture, tensors, List.copyOf(assumptions));
    }

    private static Architecture inferred(TensorNames names, boolean strideInFirst) throws WeightsException {
        List<Integer> blocks = new ArrayList<>();
        List<Integer> planes = new ArrayList<>();
        for (int stage = 1; names.info("layer" + stage + ".0.conv1.weight").isPresent(); stage++) {
            int count = 0;
            while (names.info("layer" + stage + "." + count + ".conv1.weight").isPresent()) {
                count++;
            }
            blocks.add(count);
            String first = "layer" + stage + ".0.conv1.weight";
            int[] shape = names.info(first).map(TensorInfo::shape).orElseThrow();
            if (shape.length != 4 || shape[0] < 1 || shape[0] > WIDEST) {
                throw new WeightsException(file(names) + ": " + shown(names, first) + " has the shape "
                        + Arrays.toString(shape) + ", which no convolution has");
            }
            planes.add(shape[0]);
        }
        Block block = names.info("layer1.0.conv3.weight").isPresent() ? Block.BOTTLENECK : Block.BASIC;
        return ResNets.like(block, blocks, planes, strideInFirst);
    }

    /** Shapes by torchvision's name. */
    private static Map<String, int[]> expected(Architecture architecture) {
        Map<String, int[]> expected = new LinkedHashMap<>();
        for (Convolution c : architecture.convolutions()) {
            expected.put(c.name() + ".weight", new int[] {c.out(), c.in(), c.kernel(), c.kernel()});
            for (String part : List.of("weight", "bias", "running_mean", "running_var")) {
                expected.put(ResNets.norm(c.name()) + "." + part, new int[] {c.out()});
            }
        }
        return expected;
    }

    private static void requireFloating(
            TensorNames names, Architecture architecture, Set<String> expected, Set<String> head)
            throws WeightsException {
        Set<String> read = new LinkedHashSet<>(expected);
        read.addAll(head);
        List<String> others = read.stream()
                .filter(name ->
                        names.info(name).filter(info -> !info.floating()).isPresent())
                .toList();
        if (!others.isEmpty()) {
            String first = others.get(0);
            throw new WeightsException(file(names) + ": " + shown(names, first) + " and " + (others.size() - 1)
                    + " more tensors of its " + architecture.name() + " are of the type "
                    + names.info(first).map(TensorInfo::type).orElse("")
                    + ", as a quantised network has them: weights are read from float16, bfloat16, float32 and float64."
                    + " Save those of the network before it was quantised");
        }
    }

    /** Without the tensors beside it that have its prefix: a block's attention would be left out in silence. */
    private static void requireNothingElse(
            TensorNames names, Architecture architecture, Set<String> expected, Set<String> head)
            throws WeightsException {
        List<String> foreign = names.names().keySet().stream()
                .filter(name -> !expected.contains(name) && !head.contains(name))
                .filter(name -> !COUNTERS.matcher(name).matches()
                        && !HEADS.matcher(name).matches())
                .toList();
        if (!foreign.isEmpty()) {
            String kind = OtherNetworks.kind(names.names().keySet())
                    .map(text -> "It looks like " + text + ". ")
                    .orElse("");
            throw new WeightsException(
                    file(names) + " is not a ResNet as torchvision builds them: besides the tensors of a "
                            + architecture.name() + " it has " + listed(names, foreign)
                            + ", which would not be computed. " + kind
                            + "Check model.architecture; give another network as ONNX (external.model); where these are no part of"
                            + " it, save the weights without them");
        }
    }

    private static String listed(TensorNames names, List<String> tensors) {
        int shown = Math.min(NAMED / 2, tensors.size());
        String first = tensors.subList(0, shown).stream()
                .map(name -> shown(names, name))
                .collect(Collectors.joining(", "));
        return tensors.size() > shown ? first + " and " + (tensors.size() - shown) + " more" : first;
    }

    private static void requireShapes(TensorNames names, Architecture architecture, Map<String, int[]> expected)
            throws WeightsException {
        List<String> problems = new ArrayList<>();
        expected.forEach((name, shape) -> {
            Optional<TensorInfo> found = names.info(name);
            if (found.isEmpty()) {
                problems.add(name + ": expected " + Arrays.toString(shape) + ", missing");
            } else if (!Arrays.equals(found.get().shape(), shape)) {
                problems.add(name + ": expected " + Arrays.toString(shape) + ", found "
                        + Arrays.toString(found.get().shape()));
            }
        });
        int features = architecture.features();
        Optional<int[]> fc = names.info("fc.weight").map(TensorInfo::shape);
        Optional<int[]> bias = names.info("fc.bias").map(TensorInfo::shape);
        if (fc.isPresent() && (fc.get().length != 2 || fc.get()[0] < 1 || fc.get()[1] != features)) {
            problems.add("fc.weight: expected [classes, " + features + "], found " + Arrays.toString(fc.get()));
        } else if (fc.isPresent() && (bias.isEmpty() || !Arrays.equals(bias.get(), new int[] {fc.get()[0]}))) {
            problems.add("fc.bias: expected [" + fc.get()[0] + "], "
                    + bias.map(shape -> "found " + Arrays.toString(shape)).orElse("missing"));
        }
        if (!problems.isEmpty()) {
            String more = problems.size() > NAMED ? "\n  and " + (problems.size() - NAMED) + " more" : "";
            throw new WeightsException(file(names) + " does not hold a " + architecture.name()
                    + " (check model.weights and model.architecture)" + difference(names) + ":\n  "
                    + String.join("\n  ", problems.subList(0, Math.min(NAMED, problems.size()))) + more);
        }
    }

    /** In words, where a shape tells it. */
    private static String difference(TensorNames names) {
        int[] stem = names.info("conv1.weight").map(TensorInfo::shape).orElse(new int[0]);
        int[] second =
                names.info("layer1.0.conv2.weight").map(TensorInfo::shape).orElse(new int[0]);
        if (stem.length == 4 && stem[1] != 3) {
            return ", it takes images of " + stem[1] + " channels";
        }
        if (stem.length == 4 && stem[2] != 7) {
            return ", its stem is a " + stem[2] + "x" + stem[3] + " convolution, as for small images";
        }
        if (second.length == 4
                && second[0] != second[1]
                && names.info("layer1.0.conv3.weight").isPresent()) {
            return ", its convolutions are in groups, as in a ResNeXt";
        }
        int[] first = names.info("layer1.0.conv1.weight").map(TensorInfo::shape).orElse(new int[0]);
        if (first.length == 4 && first[0] != first[1]) {
            return ", its blocks are wider than its stem, as in a wide ResNet";
        }
        boolean batchNorm = names.info("bn1.running_mean").isPresent();
        if (!batchNorm && names.info("bn1.weight").isPresent()) {
            return ", its norms have no running mean and variance, as group norm has none";
        }
        return "";
    }

    private static Optional<Assumption> naming(TensorNames names, Architecture architecture, int count) {
        if (names.prefix().isEmpty() && names.naming() == Naming.TORCHVISION && !names.wrapped()) {
            return Optional.empty();
        }
        String strides = names.naming() == Naming.HUGGING_FACE && architecture.block() == Block.BOTTLENECK
                ? ", downsampling as with downsample_in_bottleneck: "
                        + (architecture.strideInFirst() ? "true" : "false (model.strideInFirst otherwise)")
                : "";
        String text = file(names) + ": its " + count + " tensors "
                + (names.prefix().isEmpty() ? "" : "that begin with " + TensorNames.shown(names.prefix()) + " ")
                + "are taken for a " + architecture.name() + " in "
                + names.naming().text() + ", "
                + shown(names, "conv1.weight") + " for conv1.weight and so on" + strides + ".";
        return Optional.of(new Assumption(TRAIN, "model.names", text, Map.of("tensors", count)));
    }

    private static Optional<Assumption> leftOut(TensorNames names, Set<String> expected, Set<String> head) {
        Map<String, Integer> parts = new TreeMap<>(names.outsideByPart());
        for (String name : names.names().keySet()) {
            if (!expected.contains(name)
                    && !head.contains(name)
                    && !COUNTERS.matcher(name).matches()) {
                String original = names.names().getOrDefault(name, name);
                String rest = original.substring(Math.min(names.prefix().length(), original.length()));
                parts.merge(names.prefix() + rest.split("[./]", 2)[0], 1, Integer::sum);
            }
        }
        int objects = names.catalogue().objects().size();
        if (parts.isEmpty() && objects == 0) {
            return Optional.empty();
        }
        List<String> what = parts.entrySet().stream()
                .map(part -> part.getValue() + " under " + TensorNames.shown(part.getKey()))
                .collect(Collectors.toCollection(ArrayList::new));
        int more = what.size() - NAMED;
        if (more > 0) {
            what.subList(NAMED, what.size()).clear();
            what.add("those under " + more + " other names");
        }
        int tensors = parts.values().stream().mapToInt(Integer::intValue).sum();
        String beside = tensors == 0
                ? ""
                : ": tensors beside the network are taken to be no part of it, and are not used: "
                        + String.join(", ", what);
        String unread = objects == 0 ? "" : ": objects in it are not read: " + TensorNames.objects(names.catalogue());
        return Optional.of(new Assumption(
                TRAIN,
                "model.leftOut",
                file(names) + beside + (beside.isEmpty() ? unread : unread.replaceFirst("^:", ";")) + ".",
                Map.of("tensors", tensors, "objects", objects)));
    }

    private static String shown(TensorNames names, String torchvision) {
        return TensorNames.shown(names.names().getOrDefault(torchvision, torchvision));
    }

    private static Path file(TensorNames names) {
        return names.catalogue().file();
    }
}
