package org.gazecheck.network.onnx.backward;

import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import onnx.Onnx.NodeProto;

/** Why the gradients at some values of a graph cannot be had. */
public final class Refusals {
    private final ForwardGraph forward;
    private final Map<NodeProto, Boolean> suspects = new HashMap<>();

    public Refusals(ForwardGraph forward) {
        this.forward = forward;
    }

    /** Names of all operators that can be differentiated, most of them in every use. */
    public static Set<String> differentiable() {
        return Rules.names();
    }

    /**
     * The last operator in the way, in words that follow "after it comes", and the first value behind it that has rows and columns;
     * empty: there are gradients.
     */
    public Optional<String> at(String layer) {
        List<NodeProto> dependents = forward.dependents(layer);
        Set<String> wanted = wanted(layer, dependents);
        for (int i = dependents.size() - 1; i >= 0; i--) {
            NodeProto node = dependents.get(i);
            if (isSuspect(node)) {
                Optional<String> why = Differentiation.whyNot(node, wanted, forward);
                if (why.isPresent()) {
                    String behind = behind(dependents.subList(i, dependents.size()));
                    return why.map(reason -> "the operator " + named(node) + ", " + reason + "; " + behind);
                }
            }
        }
        return forward.value(layer).isPresent() ? Optional.empty() : Optional.of("nothing that is a plain value");
    }

    private static String named(NodeProto node) {
        return node.getOpType() + (Rules.isPlain(node.getDomain()) ? "" : " of the domain " + node.getDomain());
    }

    /** Which layer would do. */
    private String behind(List<NodeProto> nodes) {
        return nodes.stream()
                .map(node -> node.getOutput(0))
                .filter(value -> forward.value(value)
                        .filter(known -> known.shape().hasRowsAndColumns())
                        .isPresent())
                .findFirst()
                .map(value -> "there are gradients at '" + value + "'")
                .orElseGet(() -> "there are gradients at '" + nodes.get(0).getOutput(0)
                        + "' and behind it, where nothing has rows and columns");
    }

    private static Set<String> wanted(String layer, List<NodeProto> dependents) {
        Set<String> wanted = new HashSet<>(Set.of(layer));
        dependents.forEach(node -> wanted.addAll(node.getOutputList()));
        return wanted;
    }

    /** Whether there is no gradient of some operand of it. */
    private boolean isSuspect(NodeProto node) {
        return suspects.computeIfAbsent(node, each -> {
            Set<String> all = new HashSet<>(each.getInputList());
            return Differentiation.whyNot(each, all, forward).isPresent();
        });
    }
}
