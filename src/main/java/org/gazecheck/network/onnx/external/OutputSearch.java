package org.gazecheck.network.onnx.external;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import onnx.Onnx.ModelProto;
import onnx.Onnx.NodeProto;
import org.gazecheck.network.Assumed;
import org.gazecheck.network.ExternalRequest;
import org.gazecheck.network.Scores;
import org.gazecheck.network.Tensor;
import org.gazecheck.network.onnx.runtime.OnnxFailure;
import org.jspecify.annotations.Nullable;

/**
 * Which output of an external model holds the logits: the one of as many numbers as there are classes; of several the one that
 * is reached through the most operators, since an auxiliary head branches off before the end.
 */
final class OutputSearch {
    private static final Set<String> SOFTMAX = Set.of("Softmax", "LogSoftmax");
    private static final String SIGMOID = "Sigmoid";
    private static final String HARD_SIGMOID = "HardSigmoid";
    private static final Set<String> RESHAPING =
            Set.of("Identity", "Reshape", "Flatten", "Squeeze", "Unsqueeze", "Cast");
    private static final double ROUNDING = 1e-4;

    private final ModelProto model;
    private final ExternalGraph graph;
    private final int classes;
    private final boolean independent;
    private final List<Map<String, Tensor>> found;

    private OutputSearch(
            ModelProto model, ExternalGraph graph, int classes, boolean independent, List<Map<String, Tensor>> found) {
        this.model = model;
        this.graph = graph;
        this.classes = classes;
        this.independent = independent;
        this.found = found;
    }

    /**
     * What was found.
     *
     * @param output whose they are
     * @param value that holds the logits
     * @param numbers how many there are
     * @param scores what they are of
     * @param assumed where another output could be meant
     * @param warnings where the numbers may be no logits
     */
    record Found(
            String output,
            String value,
            int numbers,
            Scores scores,
            Optional<Assumed> assumed,
            List<String> warnings) {}

    /**
     * One that could be meant.
     *
     * @param value before a softmax or sigmoid at its end
     */
    private record Choice(String output, String value, int operators) {}

    /**
     * @param request its number of classes (0: any), its output, and whether several sigmoids are taken
     * @param found the outputs of several images, each alone
     * @throws OnnxFailure if none fits, several do, or it holds no logits
     */
    static Found find(
            ModelProto model,
            ExternalGraph graph,
            ExternalRequest request,
            List<Map<String, Tensor>> found,
            List<String> outputs) {
        return new OutputSearch(model, graph, request.classes(), request.independent(), found)
                .find(outputs, request.output());
    }

    private Found find(List<String> outputs, @Nullable String wanted) {
        if (wanted != null && !outputs.contains(wanted)) {
            throw new OnnxFailure("it has no output '" + wanted + "' (external.output, --logits): it has "
                    + String.join(", ", outputs));
        }
        List<String> fitting = fitting(outputs);
        if (wanted != null) {
            if (!fitting.contains(wanted)) {
                throw new OnnxFailure("its output '" + wanted + "' (external.output, --logits) gives "
                        + sizes(List.of(wanted)) + " for an image where the labels name " + classes + " classes");
            }
            return checked(wanted, Optional.empty());
        }
        if (fitting.isEmpty()) {
            throw new OnnxFailure("it gives " + sizes(outputs) + " for an image where "
                    + (classes > 0 ? "the labels name " + classes + " classes" : "a classifier has a row of numbers")
                    + hint(outputs));
        }
        Map<String, Choice> choices = new LinkedHashMap<>();
        for (String output : fitting) {
            String value = logits(output);
            choices.putIfAbsent(value, new Choice(output, value, operators(value)));
        }
        List<Choice> ordered = new ArrayList<>(choices.values());
        ordered.sort(Comparator.comparingInt(Choice::operators).reversed());
        Choice chosen = ordered.get(0);
        if (ordered.size() > 1 && ordered.get(1).operators == chosen.operators) {
            throw new OnnxFailure("its outputs '" + chosen.output + "' and '" + ordered.get(1).output + "' both give "
                    + (classes > 0 ? classes + " numbers" : "rows of numbers") + ", through " + chosen.operators
                    + " operators each: say which are the classifier's (external.output, --logits)");
        }
        return checked(chosen.output, assumed(ordered));
    }

    private static Optional<Assumed> assumed(List<Choice> ordered) {
        if (ordered.size() == 1) {
            return Optional.empty();
        }
        Choice chosen = ordered.get(0);
        String others = ordered.subList(1, ordered.size()).stream()
                .map(other -> "'" + other.output + "' (" + other.operators + ")")
                .collect(Collectors.joining(", "));
        return Optional.of(new Assumed(
                "external.output",
                "the output '" + chosen.output + "' is taken as the classifier's, reached through " + chosen.operators
                        + " operators, and not " + others + "; external.output (--logits) names another",
                Map.of("outputs", ordered.size())));
    }

    /** Those of one number for each class; where there are none, of one number for two classes. */
    private List<String> fitting(List<String> outputs) {
        List<String> rows = outputs.stream()
                .filter(output -> isRow(found.get(0).get(output)))
                .toList();
        if (classes == 0) {
            return rows;
        }
        List<String> exact =
                rows.stream().filter(output -> numbers(output) == classes).toList();
        return exact.isEmpty() && classes == 2
                ? rows.stream().filter(output -> numbers(output) == 1).toList()
                : exact;
    }

    /** [1, numbers], with other dimensions of one. */
    private static boolean isRow(@Nullable Tensor tensor) {
        return tensor != null && tensor.shape().length > 0 && tensor.shape()[0] == 1 && count(tensor.shape()) <= 1;
    }

    private int numbers(String output) {
        return Objects.requireNonNull(found.get(0).get(output), output).size();
    }

    private static long count(int[] shape) {
        return java.util.Arrays.stream(shape).filter(size -> size > 1).count();
    }

    private String sizes(List<String> outputs) {
        return outputs.stream()
                        .map(output -> {
                            Tensor tensor = found.get(0).get(output);
                            return tensor == null
                                    ? "no floats"
                                    : tensor.shape().length <= 2
                                            ? Integer.toString(tensor.size())
                                            : java.util.Arrays.toString(tensor.shape());
                        })
                        .collect(Collectors.joining(", "))
                + " numbers";
    }

    private String hint(List<String> outputs) {
        List<Integer> sizes = outputs.stream()
                .map(output -> found.get(0).get(output))
                .filter(Objects::nonNull)
                .map(Tensor::size)
                .toList();
        if (sizes.contains(classes + 1)) {
            return ": one more than the labels, often a class for the background in front; give the labels a line for it";
        }
        return "";
    }

    private int operators(String value) {
        return new ExternalGraph(model, graph.image(), value).subgraph().size();
    }

    private String beforeSoftmax(String output) {
        String end = end(output);
        return endsInSoftmax(output) ? graph.producer(end).orElseThrow().getInput(0) : end;
    }

    private boolean endsInSoftmax(String output) {
        return graph.producer(end(output))
                .filter(node -> SOFTMAX.contains(node.getOpType()))
                .isPresent();
    }

    /** Behind identities. */
    private String end(String output) {
        String value = output;
        Optional<NodeProto> node = graph.producer(value);
        while (node.isPresent() && node.get().getOpType().equals("Identity")) {
            value = node.get().getInput(0);
            node = graph.producer(value);
        }
        return value;
    }

    /** Before a softmax or sigmoid at the end. */
    private String logits(String output) {
        return sigmoid(output).map(node -> node.getInput(0)).orElseGet(() -> beforeSoftmax(output));
    }

    /** At the end, also behind reshapes. */
    private Optional<NodeProto> sigmoid(String output) {
        String end = beforeSoftmax(output);
        Optional<NodeProto> node = graph.producer(end);
        while (node.isPresent() && RESHAPING.contains(node.get().getOpType())) {
            end = node.get().getInput(0);
            node = graph.producer(end);
        }
        return node.filter(last -> Set.of(SIGMOID, HARD_SIGMOID).contains(last.getOpType()));
    }

    private Found checked(String output, Optional<Assumed> assumed) {
        int numbers = numbers(output);
        Optional<NodeProto> sigmoid = sigmoid(output);
        if (sigmoid.isPresent() && sigmoid.get().getOpType().equals(HARD_SIGMOID)) {
            throw new OnnxFailure("it ends in a HardSigmoid, whose numbers are no probabilities of a logit: export it"
                    + " with logits as its output");
        }
        if (numbers > 1 && sigmoid.isPresent() && !independent) {
            throw new OnnxFailure(
                    "it ends in a sigmoid: its classes do not exclude each other, which the audit's figures assume");
        }
        if (numbers == 1 && endsInSoftmax(output)) {
            throw new OnnxFailure("it ends in a softmax over one number, which is always 1: export it with its logit");
        }
        if (numbers > 1 && sigmoid.isEmpty() && !endsInSoftmax(output)) {
            requireNoShares(output);
        }
        Scores scores = numbers == 1 ? Scores.BINARY : sigmoid.isPresent() ? Scores.INDEPENDENT : Scores.EXCLUSIVE;
        List<String> warnings = sigmoid.isPresent() ? List.of() : warnings(output);
        return new Found(output, logits(output), Math.max(2, numbers), scores, assumed, warnings);
    }

    private void requireNoShares(String output) {
        double total = sum(found.get(0), output);
        boolean shares = total > 0;
        for (Map<String, Tensor> image : found) {
            Tensor numbers = Objects.requireNonNull(image.get(output), output);
            for (int i = 0; i < numbers.size(); i++) {
                shares &= numbers.data()[i] >= 0;
            }
            shares &= Math.abs(sum(image, output) - total) < ROUNDING * total;
        }
        if (shares) {
            throw new OnnxFailure("its numbers are probabilities, and no operator Softmax ends it whose input could be"
                    + " taken: export it with logits as its output");
        }
    }

    private static double sum(Map<String, Tensor> image, String output) {
        Tensor numbers = Objects.requireNonNull(image.get(output), output);
        double sum = 0;
        for (int i = 0; i < numbers.size(); i++) {
            sum += numbers.data()[i];
        }
        return sum;
    }

    private List<String> warnings(String output) {
        if (endsInSoftmax(output)) {
            return List.of();
        }
        for (Map<String, Tensor> image : found) {
            Tensor numbers = Objects.requireNonNull(image.get(output), output);
            for (int i = 0; i < numbers.size(); i++) {
                if (numbers.data()[i] < 0 || numbers.data()[i] > 1) {
                    return List.of();
                }
            }
        }
        return List.of("All numbers of the output '" + output
                + "' lie between 0 and 1 for the images that the network was tried"
                + " with. They are taken as logits; if they are probabilities, export the network with logits as its"
                + " output.");
    }
}
