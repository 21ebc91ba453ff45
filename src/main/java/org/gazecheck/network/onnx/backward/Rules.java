package org.gazecheck.network.onnx.backward;

import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import onnx.Onnx.NodeProto;

/** The rule of every operator that can be differentiated, by its name. */
final class Rules {
    private static final Set<String> PLAIN = Set.of("", "ai.onnx");

    private static final Map<String, Rule> ALL = all();

    private Rules() {}

    private static Map<String, Rule> all() {
        Map<String, Rule> rules = new HashMap<>();
        ActivationRules.add(rules);
        FunctionRules.add(rules);
        ArithmeticRules.add(rules);
        ChoiceRules.add(rules);
        ConvolutionRules.add(rules);
        ProductRules.add(rules);
        EinsumRule.add(rules);
        NormalisationRules.add(rules);
        SoftmaxRules.add(rules);
        PoolingRules.add(rules);
        ReductionRules.add(rules);
        ShapeRules.add(rules);
        JoinRules.add(rules);
        SelectionRules.add(rules);
        ScatterRules.add(rules);
        ResizeRules.add(rules);
        QuantisationRules.add(rules);
        return Map.copyOf(rules);
    }

    /** Whether a domain is ONNX's own. */
    static boolean isPlain(String domain) {
        return PLAIN.contains(domain);
    }

    static Set<String> names() {
        return ALL.keySet();
    }

    /** @throws NoDerivativeException if it has none */
    static Rule of(NodeProto node) {
        Rule rule = isPlain(node.getDomain()) ? ALL.get(node.getOpType()) : null;
        if (rule == null) {
            throw new NoDerivativeException("whose derivative is not implemented");
        }
        return rule;
    }
}
