package org.gazecheck.network.onnx.export;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.gazecheck.image.Preprocessing;
import org.gazecheck.io.AtomicFile;
import org.gazecheck.network.Architecture;
import org.gazecheck.network.Architecture.Residual;
import org.gazecheck.network.BuiltInNetwork;
import org.gazecheck.network.Head;
import org.gazecheck.network.InferencePlan;
import org.gazecheck.network.Section;
import org.gazecheck.network.Tap;
import org.gazecheck.network.onnx.backward.GradientNodes;
import org.gazecheck.network.onnx.graph.GraphBuilder;

/**
 * Built-in networks as ONNX models, batch norm folded, free in batch size; models of forward passes (opset 13) in image size too,
 * those with ways back (opset {@link GradientNodes#OPSET}) not.
 */
public final class OnnxModels {
    static final int OPSET = 13;
    public static final String INPUT = "input";
    public static final String SCORE_WEIGHTS = "score_weights";
    public static final String TARGETS = "targets";

    private static final ObjectMapper JSON = new ObjectMapper();

    private OnnxModels() {}

    /**
     * Whether the model of a plan is of images, or activations, of one size. Its input is stated to be free, all the same, since ONNX
     * Runtime takes other kernels where it knows sizes, and scores would have other last bits than without gradients.
     *
     * @throws IllegalArgumentException if the plan names a layer that the network lacks, or one before its input
     */
    public static boolean isSized(BuiltInNetwork network, InferencePlan plan) {
        Architecture architecture = network.architecture();
        Section section = Section.of(architecture, plan);
        Set<String> values = new HashSet<>(Set.of(ForwardNodes.FEATURES, ForwardNodes.LOGITS, section.from()));
        section.residuals().forEach(residual -> values.add(residual.name()));
        for (Tap tap : plan.taps()) {
            if (!values.contains(value(architecture, tap))) {
                throw new IllegalArgumentException(tap + " lies before the plan's input, " + plan.from());
            }
        }
        return plan.taps().stream().anyMatch(tap -> tap instanceof Tap.Gradients || tap instanceof Tap.ClassMaps);
    }

    /**
     * A model with one input, "input" (and "score_weights" [n, classes] where gradients are asked for, or whole numbers
     * "targets" [n] where class maps are), and one output a tap, named by {@link #output}.
     *
     * @param row sizes [c, h, w] of one of its inputs, where it {@link #isSized}
     * @throws IllegalArgumentException if the plan names a layer that the network lacks, or one before its input
     */
    public static byte[] render(BuiltInNetwork network, InferencePlan plan, int[] row) {
        boolean sized = isSized(network, plan);
        Architecture architecture = network.architecture();
        Section section = Section.of(architecture, plan);
        GraphBuilder graph = new GraphBuilder(sized ? GradientNodes.OPSET : OPSET);
        Map<String, String> outputs = new HashMap<>();
        forward(graph, new ForwardNodes(graph, network), section, outputs);
        if (sized) {
            SizedForward forward = new SizedForward(graph, row);
            gradients(graph, forward, network, plan, section, outputs);
            for (Tap tap : plan.taps()) {
                if (tap instanceof Tap.ClassMaps) {
                    String layer = Objects.requireNonNull(outputs.get(value(architecture, tap)), tap::toString);
                    outputs.put(key(architecture, tap), new ClassMapNodes(graph, forward, network).add(layer));
                }
            }
        }
        Set<String> named = new HashSet<>();
        for (Tap tap : plan.taps()) {
            String name = output(tap);
            String source = Objects.requireNonNull(outputs.get(key(architecture, tap)), tap::toString);
            if (named.add(name)) {
                graph.node("Identity", name, List.of(source), Map.of());
                graph.output(name, shape(tap));
            }
        }
        return graph.model(Map.of());
    }

    private static String forward(
            GraphBuilder graph, ForwardNodes forward, Section section, Map<String, String> outputs) {
        String value;
        if (section.stem()) {
            graph.input(INPUT, "n", 3, "h", "w");
            value = forward.stem(INPUT);
        } else {
            graph.input(INPUT, "n", "c", "h", "w");
            outputs.put(section.from(), INPUT);
            value = INPUT;
        }
        for (Residual residual : section.residuals()) {
            value = forward.residual(residual, value);
            outputs.put(residual.name(), value);
        }
        if (section.end().compareTo(Section.End.FEATURES) >= 0) {
            outputs.put(ForwardNodes.FEATURES, forward.features(value));
        }
        if (section.head()) {
            outputs.put(ForwardNodes.LOGITS, forward.logits(ForwardNodes.FEATURES));
        }
        return value;
    }

    /** From the last block that is asked for to the first, each from the one before. */
    private static void gradients(
            GraphBuilder graph,
            SizedForward forward,
            BuiltInNetwork network,
            InferencePlan plan,
            Section section,
            Map<String, String> outputs) {
        Set<String> wanted = new HashSet<>();
        for (Tap tap : plan.taps()) {
            if (tap instanceof Tap.Gradients) {
                wanted.add(value(network.architecture(), tap));
            }
        }
        if (wanted.isEmpty()) {
            return;
        }
        Head head = network.head().orElseThrow();
        graph.input(SCORE_WEIGHTS, "n", head.classes());
        String value = ForwardNodes.FEATURES;
        String gradient = new HeadGradient(graph, head, 1).ofFeatures(graph.node("MatMul", SCORE_WEIGHTS, "fc.weight"));
        GradientNodes backward = new GradientNodes(graph, forward, 1, SCORE_WEIGHTS);
        List<String> blocks = new ArrayList<>(List.of(section.from()));
        section.residuals().forEach(residual -> blocks.add(residual.name()));
        for (int i = blocks.size() - 1; i >= 0; i--) {
            if (wanted.contains(blocks.get(i))) {
                String layer = Objects.requireNonNull(outputs.get(blocks.get(i)), blocks.get(i));
                gradient = backward.at(layer, value, gradient);
                value = layer;
                outputs.put(gradientOf(blocks.get(i)), gradient);
            }
        }
    }

    /** The block or other value that a tap is of. */
    private static String value(Architecture architecture, Tap tap) {
        if (tap instanceof Tap.Activations activations) {
            return Section.block(architecture, activations.layer());
        }
        if (tap instanceof Tap.Gradients gradients) {
            return Section.block(architecture, gradients.layer());
        }
        if (tap instanceof Tap.ClassMaps maps) {
            return Section.block(architecture, maps.layer());
        }
        return tap instanceof Tap.Features ? ForwardNodes.FEATURES : ForwardNodes.LOGITS;
    }

    private static String key(Architecture architecture, Tap tap) {
        String value = value(architecture, tap);
        return tap instanceof Tap.Gradients
                ? gradientOf(value)
                : tap instanceof Tap.ClassMaps ? "class maps of " + value : value;
    }

    private static String gradientOf(String block) {
        return "gradient of " + block;
    }

    /** What a tap's output is called. */
    public static String output(Tap tap) {
        if (tap instanceof Tap.Activations activations) {
            return "activations:" + activations.layer();
        }
        if (tap instanceof Tap.Gradients gradients) {
            return "gradients:" + gradients.layer();
        }
        if (tap instanceof Tap.ClassMaps maps) {
            return "maps:" + maps.layer();
        }
        return tap instanceof Tap.Features ? "tap:features" : "tap:logits";
    }

    private static Object[] shape(Tap tap) {
        boolean map = tap instanceof Tap.Activations || tap instanceof Tap.Gradients;
        if (tap instanceof Tap.ClassMaps) {
            return new Object[] {"n", ClassMapNodes.SCORES, output(tap) + ".h", output(tap) + ".w"};
        }
        return map
                ? new Object[] {"n", output(tap) + ".c", output(tap) + ".h", output(tap) + ".w"}
                : new Object[] {"n", output(tap) + ".c"};
    }

    /**
     * Writes a model to deploy: input "input" [n, 3, h, w], outputs "logits" [n, classes] and "activations" (of the last
     * block). Its metadata hold "classes" (a JSON array), "short_side", "crop", "mean" and "std" (see {@link
     * Preprocessing}).
     *
     * @param network with a head of as many classes as there are names
     */
    public static void export(BuiltInNetwork network, List<String> classes, Preprocessing preprocessing, Path file)
            throws IOException {
        if (classes.size() != network.head().orElseThrow().classes()) {
            throw new IllegalArgumentException(
                    classes.size() + " names for " + network.head().get().classes() + " classes");
        }
        byte[] model = exported(network).model(metadata(classes, preprocessing));
        AtomicFile.write(file, out -> out.write(model));
    }

    /** The graph that {@link #export} writes. */
    static GraphBuilder exported(BuiltInNetwork network) {
        GraphBuilder graph = new GraphBuilder(OPSET);
        Section section = Section.whole(network.architecture(), Section.End.LOGITS);
        String last = forward(graph, new ForwardNodes(graph, network), section, new HashMap<>());
        graph.node("Identity", "activations", List.of(last), Map.of());
        graph.output(ForwardNodes.LOGITS, "n", network.head().orElseThrow().classes());
        graph.output("activations", "n", network.architecture().features(), "map_h", "map_w");
        return graph;
    }

    private static Map<String, String> metadata(List<String> classes, Preprocessing preprocessing)
            throws JsonProcessingException {
        Map<String, String> metadata = new LinkedHashMap<>();
        metadata.put("classes", JSON.writeValueAsString(classes));
        metadata.put("short_side", Integer.toString(preprocessing.shortSide()));
        metadata.put("crop", Integer.toString(preprocessing.crop()));
        metadata.put(
                "mean", JSON.writeValueAsString(preprocessing.normalisation().mean()));
        metadata.put(
                "std", JSON.writeValueAsString(preprocessing.normalisation().std()));
        return metadata;
    }
}
