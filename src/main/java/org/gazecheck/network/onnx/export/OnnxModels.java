package org.gazecheck.network.onnx.export;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.gazecheck.image.Preprocessing;
import org.gazecheck.io.AtomicFile;
import org.gazecheck.network.Architecture;
import org.gazecheck.network.Architecture.Residual;
import org.gazecheck.network.BuiltInNetwork;
import org.gazecheck.network.InferencePlan;
import org.gazecheck.network.Section;
import org.gazecheck.network.Tap;
import org.gazecheck.network.onnx.graph.GraphBuilder;

/** Built-in networks as ONNX models (opset 13), batch norm folded, free in batch size and image size. */
public final class OnnxModels {
    static final int OPSET = 13;
    public static final String INPUT = "input";
    public static final String SCORE_WEIGHTS = "score_weights";
    public static final String TARGETS = "targets";

    private static final ObjectMapper JSON = new ObjectMapper();

    private OnnxModels() {}

    /**
     * A model with one input, "input" (and "score_weights" [n, classes] where gradients are asked for, or whole numbers
     * "targets" [n] where class maps are), and one output a tap, named by {@link #output}.
     *
     * @throws IllegalArgumentException if the plan names a layer that the network lacks, or one before its input
     */
    public static byte[] render(BuiltInNetwork network, InferencePlan plan) {
        Architecture architecture = network.architecture();
        Section section = Section.of(architecture, plan);
        GraphBuilder graph = new GraphBuilder(OPSET);
        ForwardNodes forward = new ForwardNodes(graph, network);
        Map<String, String> outputs = new HashMap<>();
        String value = forward(graph, forward, section, outputs);
        Set<String> wanted = gradients(architecture, plan);
        if (!wanted.isEmpty()) {
            graph.input(SCORE_WEIGHTS, "n", network.head().orElseThrow().classes());
            backward(new BackwardNodes(graph, forward, network, 1), graph, section, value, wanted, outputs);
        }
        for (Tap tap : plan.taps()) {
            if (tap instanceof Tap.ClassMaps maps) {
                String block = Section.block(architecture, maps.layer());
                new ClassMapNodes(graph, forward, network)
                        .add(section, value, block)
                        .ifPresent(found -> outputs.put(mapsOf(block), found));
            }
        }
        Set<String> named = new HashSet<>();
        for (Tap tap : plan.taps()) {
            String name = output(tap);
            String source = outputs.get(key(architecture, tap));
            if (source == null) {
                throw new IllegalArgumentException(tap + " lies before the plan's input, " + plan.from());
            }
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

    private static void backward(
            BackwardNodes backward,
            GraphBuilder graph,
            Section section,
            String last,
            Set<String> wanted,
            Map<String, String> outputs) {
        String logits = graph.node("MatMul", SCORE_WEIGHTS, "fc.weight");
        String gradient = backward.spread(backward.perCell(logits, last), last);
        int found = 0;
        for (int i = section.residuals().size() - 1; i >= 0; i--) {
            Residual residual = section.residuals().get(i);
            if (wanted.contains(residual.name())) {
                outputs.put(gradientOf(residual.name()), gradient);
                found++;
            }
            if (found == wanted.size()) {
                return;
            }
            boolean image = i == 0 && section.stem();
            if (!image) {
                gradient = backward.residual(residual, gradient);
            }
        }
        if (wanted.contains(section.from())) {
            outputs.put(gradientOf(section.from()), gradient);
        }
    }

    private static Set<String> gradients(Architecture architecture, InferencePlan plan) {
        Set<String> blocks = new HashSet<>();
        for (Tap tap : plan.taps()) {
            if (tap instanceof Tap.Gradients gradients) {
                blocks.add(Section.block(architecture, gradients.layer()));
            }
        }
        return blocks;
    }

    private static String key(Architecture architecture, Tap tap) {
        if (tap instanceof Tap.Activations activations) {
            return Section.block(architecture, activations.layer());
        }
        if (tap instanceof Tap.Gradients gradients) {
            return gradientOf(Section.block(architecture, gradients.layer()));
        }
        if (tap instanceof Tap.ClassMaps maps) {
            return mapsOf(Section.block(architecture, maps.layer()));
        }
        return tap instanceof Tap.Features ? ForwardNodes.FEATURES : ForwardNodes.LOGITS;
    }

    private static String gradientOf(String block) {
        return "gradient of " + block;
    }

    private static String mapsOf(String block) {
        return "class maps of " + block;
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
