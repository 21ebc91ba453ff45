package org.gazecheck.network.onnx.backward;

import java.util.Map;

/** Activation functions: of each number by itself. At a kink the slope is that of the side of smaller numbers, as in PyTorch. */
final class ActivationRules {
    private ActivationRules() {}

    static void add(Map<String, Rule> rules) {
        rules.put("Relu", s -> s.give(0, s.nodes().masked(s.positive(0), s.gradient())));
        rules.put("LeakyRelu", ActivationRules::leakyRelu);
        rules.put("PRelu", ActivationRules::prelu);
        rules.put("Elu", ActivationRules::elu);
        rules.put("Gelu", ActivationRules::gelu);
        rules.put("Sigmoid", ActivationRules::sigmoid);
        rules.put("Tanh", ActivationRules::tanh);
        rules.put("HardSigmoid", ActivationRules::hardSigmoid);
        rules.put("HardSwish", ActivationRules::hardSwish);
        rules.put(
                "Softplus", s -> s.give(0, s.nodes().mul(s.gradient(), s.nodes().op("Sigmoid", s.input(0)))));
        rules.put("Mish", ActivationRules::mish);
        rules.put("Clip", ActivationRules::clip);
    }

    private static void leakyRelu(Step s) {
        Nodes n = s.nodes();
        String slow = n.mul(s.gradient(), s.attributes().number("alpha", 0.01));
        s.give(0, n.where(n.greater(s.input(0), 0), s.gradient(), slow));
    }

    private static void prelu(Step s) {
        Nodes n = s.nodes();
        String positive = n.greater(s.input(0), 0);
        s.give(0, n.where(positive, s.gradient(), n.mul(s.gradient(), s.input(1))));
        if (s.wants(1)) {
            s.giveSummed(1, n.where(positive, n.number(0), n.mul(s.gradient(), s.input(0))));
        }
    }

    /** {@code alpha exp(x)} below 0. */
    private static void elu(Step s) {
        Nodes n = s.nodes();
        String below = n.op("Exp", n.op("Min", s.input(0), n.number(0)));
        String slope = n.mul(below, s.attributes().number("alpha", 1));
        s.give(0, n.where(n.greater(s.input(0), 0), s.gradient(), n.mul(s.gradient(), slope)));
    }

    /** {@code x P(x)}, of the normal distribution or its approximation by a hyperbolic tangent. */
    private static void gelu(Step s) {
        Nodes n = s.nodes();
        String x = s.input(0);
        String share;
        String density;
        if (s.attributes().text("approximate", "none").equals("tanh")) {
            double root = Math.sqrt(2 / Math.PI);
            String square = n.mul(x, x);
            String inner = n.mul(x, n.add(n.mul(square, 0.044715 * root), n.number(root)));
            String t = n.op("Tanh", inner);
            share = n.mul(n.add(t, n.number(1)), 0.5);
            String slope = n.add(n.mul(square, 3 * 0.044715 * root), n.number(root));
            density = n.mul(n.mul(n.sub(n.number(1), n.mul(t, t)), slope), 0.5);
        } else {
            share = n.mul(n.add(n.op("Erf", n.mul(x, Math.sqrt(0.5))), n.number(1)), 0.5);
            density = n.mul(n.op("Exp", n.mul(n.mul(x, x), -0.5)), 1 / Math.sqrt(2 * Math.PI));
        }
        s.give(0, n.mul(s.gradient(), n.add(share, n.mul(x, density))));
    }

    /** {@code y (1 - y)} */
    private static void sigmoid(Step s) {
        Nodes n = s.nodes();
        String y = s.output(0);
        s.give(0, n.mul(n.mul(s.gradient(), y), n.sub(n.number(1), y)));
    }

    /** {@code 1 - y^2} */
    private static void tanh(Step s) {
        Nodes n = s.nodes();
        String y = s.output(0);
        s.give(0, n.mul(s.gradient(), n.sub(n.number(1), n.mul(y, y))));
    }

    private static void hardSigmoid(Step s) {
        Nodes n = s.nodes();
        double alpha = s.attributes().number("alpha", 0.2);
        String slope = n.mul(s.gradient(), alpha);
        String y = s.output(0);
        s.give(0, n.masked(n.op("And", n.greater(y, 0), n.less(y, 1)), slope));
    }

    /** {@code x min(1, max(0, x / 6 + 1 / 2))} */
    private static void hardSwish(Step s) {
        Nodes n = s.nodes();
        String x = s.input(0);
        String inner = n.mul(s.gradient(), n.add(n.mul(x, 1 / 3.0), n.number(0.5)));
        s.give(0, n.where(n.less(x, 3), n.masked(n.greater(x, -3), inner), s.gradient()));
    }

    /** {@code x t}, {@code t = tanh(softplus(x))}: {@code t + x (1 - t^2) sigmoid(x)} */
    private static void mish(Step s) {
        Nodes n = s.nodes();
        String x = s.input(0);
        String t = n.op("Tanh", n.op("Softplus", x));
        String slope = n.mul(n.mul(x, n.sub(n.number(1), n.mul(t, t))), n.op("Sigmoid", x));
        s.give(0, n.mul(s.gradient(), n.add(t, slope)));
    }

    /** Bounds are operands since version 11 of the operators, attributes before. */
    private static void clip(Step s) {
        Nodes n = s.nodes();
        s.requireConstant(1);
        s.requireConstant(2);
        String gradient = s.gradient();
        if (s.has(1) || s.attributes().has("min")) {
            String low = s.has(1) ? s.input(1) : n.number(s.attributes().number("min", 0));
            gradient = n.masked(n.op("Greater", s.input(0), low), gradient);
        }
        if (s.has(2) || s.attributes().has("max")) {
            String high = s.has(2) ? s.input(2) : n.number(s.attributes().number("max", 0));
            gradient = n.masked(n.op("Less", s.input(0), high), gradient);
        }
        s.give(0, gradient);
    }
}
