package org.gazecheck.network.onnx.backward;

import java.util.List;
import java.util.Map;

/** Elementary functions of each number by itself, and those that are constant nearly everywhere. */
final class FunctionRules {
    private static final List<String> FLAT = List.of(
            "Floor",
            "Ceil",
            "Round",
            "Sign",
            "ArgMax",
            "ArgMin",
            "Equal",
            "Greater",
            "GreaterOrEqual",
            "Less",
            "LessOrEqual",
            "Not",
            "And",
            "Or",
            "Xor",
            "IsNaN",
            "IsInf",
            "Shape",
            "Size",
            "ConstantOfShape",
            "NonZero",
            "Hardmax",
            "OneHot");

    private FunctionRules() {}

    static void add(Map<String, Rule> rules) {
        FLAT.forEach(operator -> rules.put(operator, s -> {}));
        rules.put("Exp", times(s -> s.output(0)));
        rules.put("Log", s -> s.give(0, s.nodes().div(s.gradient(), s.input(0))));
        rules.put("Sqrt", s -> s.give(0, s.nodes().div(s.nodes().mul(s.gradient(), 0.5), s.output(0))));
        rules.put("Reciprocal", times(s -> s.nodes().op("Neg", s.nodes().mul(s.output(0), s.output(0)))));
        rules.put("Abs", times(s -> s.nodes().op("Sign", s.input(0))));
        rules.put("Neg", s -> s.give(0, s.nodes().op("Neg", s.gradient())));
        rules.put("Sin", times(s -> s.nodes().op("Cos", s.input(0))));
        rules.put("Cos", times(s -> s.nodes().op("Neg", s.nodes().op("Sin", s.input(0)))));
        rules.put("Erf", times(FunctionRules::erf));
    }

    private interface Slope {
        String of(Step step);
    }

    private static Rule times(Slope slope) {
        return s -> s.give(0, s.nodes().mul(s.gradient(), slope.of(s)));
    }

    /** {@code 2 / sqrt(pi) exp(-x^2)} */
    private static String erf(Step s) {
        Nodes n = s.nodes();
        String x = s.input(0);
        return n.mul(n.op("Exp", n.op("Neg", n.mul(x, x))), 2 / Math.sqrt(Math.PI));
    }
}
