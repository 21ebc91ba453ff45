package org.gazecheck.network.onnx.external;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import onnx.Onnx.ModelProto;
import onnx.Onnx.NodeProto;
import org.gazecheck.failure.FailureKind;
import org.gazecheck.failure.GazecheckException;
import org.gazecheck.io.Printable;
import org.gazecheck.network.Assumed;
import org.gazecheck.network.Tensor;
import org.gazecheck.network.WeightsException;
import org.jspecify.annotations.Nullable;

/**
 * Which value of a classifier holds its logits where nobody says how many there are: what comes before the softmax or sigmoid of
 * the output that is reached through the most operators.
 */
final class LogitsSearch {
    private static final Set<String> ENDS = Set.of("Softmax", "LogSoftmax", "Sigmoid", "HardSigmoid");
    private static final Set<String> KEEPING = Set.of("Identity", "Reshape", "Flatten", "Squeeze", "Unsqueeze", "Cast");

    private final ModelProto model;
    private final ExternalGraph graph;
    private final Map<String, Tensor> found;

    /** @param found the outputs of one row */
    LogitsSearch(ModelProto model, ExternalGraph graph, Map<String, Tensor> found) {
        this.model = model;
        this.graph = graph;
        this.found = found;
    }

    /**
     * What was found.
     *
     * @param value that holds the logits
     * @param numbers how many there are
     * @param assumed where another output could be meant
     */
    record Found(String value, int numbers, Optional<Assumed> assumed) {}

    private record Choice(String output, String value, int operators) {}

    /**
     * @param wanted name of an output
     * @throws GazecheckException if none fits, or several do
     */
    Found find(List<String> outputs, Optional<String> wanted) throws GazecheckException {
        if (wanted.isPresent() && !outputs.contains(wanted.get())) {
            throw new GazecheckException(
                    FailureKind.USAGE,
                    "no output '" + Printable.of(wanted.get()) + "' (--logits): there are " + listed(outputs));
        }
        List<Choice> choices = new ArrayList<>();
        for (String output : wanted.map(List::of).orElse(outputs)) {
            if (isRow(found.get(output))) {
                String value = logits(output);
                if (choices.stream().noneMatch(choice -> choice.value.equals(value))) {
                    choices.add(new Choice(
                            output,
                            value,
                            new ExternalGraph(model, graph.image(), value)
                                    .subgraph()
                                    .size()));
                }
            }
        }
        if (choices.isEmpty()) {
            throw new WeightsException("none of the outputs " + listed(outputs)
                    + " gives one row of numbers for a row of the tensor, as a classifier's does");
        }
        choices.sort(Comparator.comparingInt(Choice::operators).reversed());
        Choice chosen = choices.get(0);
        if (choices.size() > 1 && choices.get(1).operators == chosen.operators) {
            throw new GazecheckException(
                    FailureKind.USAGE,
                    "the outputs " + listed(choices.stream().map(Choice::output).toList())
                            + " are reached through equally many operators: say with --logits which holds the logits");
        }
        int numbers = Objects.requireNonNull(found.get(chosen.output)).size();
        return new Found(chosen.value, numbers, assumed(choices));
    }

    private static Optional<Assumed> assumed(List<Choice> choices) {
        if (choices.size() == 1) {
            return Optional.empty();
        }
        return Optional.of(new Assumed(
                "logits",
                "the logits are those of the output '" + choices.get(0).output
                        + "', which is reached through the most operators, and not of "
                        + listed(choices.stream().skip(1).map(Choice::output).toList()) + "; --logits chooses",
                Map.of()));
    }

    private static String listed(List<String> names) {
        return names.stream().map(name -> "'" + Printable.of(name) + "'").collect(Collectors.joining(", "));
    }

    private static boolean isRow(@Nullable Tensor tensor) {
        return tensor != null
                && tensor.shape().length > 0
                && tensor.shape()[0] == 1
                && Arrays.stream(tensor.shape()).filter(size -> size > 1).count() <= 1;
    }

    /** Before a softmax or sigmoid at the end, if there is one. */
    private String logits(String output) {
        String value = output;
        Optional<NodeProto> node = graph.producer(value);
        while (node.isPresent() && KEEPING.contains(node.get().getOpType())) {
            value = node.get().getInput(0);
            node = graph.producer(value);
        }
        return node.filter(end -> ENDS.contains(end.getOpType()))
                .map(end -> end.getInput(0))
                .orElse(output);
    }
}
