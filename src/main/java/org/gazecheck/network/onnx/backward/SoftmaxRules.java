package org.gazecheck.network.onnx.backward;

import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;

/** Shares that sum to one, and their logarithms. */
final class SoftmaxRules {
    private static final int SINGLE_AXIS = 13;

    private SoftmaxRules() {}

    static void add(Map<String, Rule> rules) {
        rules.put("Softmax", SoftmaxRules::softmax);
        rules.put("LogSoftmax", SoftmaxRules::logSoftmax);
    }

    /** One dimension since version 13 of the operators, before that one and all after it. */
    private static List<Integer> axes(Step s) {
        Shape shape = s.shape(0);
        if (s.opset() >= SINGLE_AXIS) {
            return List.of(shape.axis(s.attributes().integer("axis", -1)));
        }
        int first = shape.axis(s.attributes().integer("axis", 1));
        return IntStream.range(first, shape.rank()).boxed().toList();
    }

    /** {@code y (g - sum(g y))} */
    private static void softmax(Step s) {
        Nodes n = s.nodes();
        String y = s.output(0);
        String sum = n.sum(n.mul(s.gradient(), y), axes(s));
        s.give(0, n.mul(y, n.sub(s.gradient(), sum)));
    }

    /** {@code g - exp(y) sum(g)} */
    private static void logSoftmax(Step s) {
        Nodes n = s.nodes();
        s.give(0, n.sub(s.gradient(), n.mul(n.op("Exp", s.output(0)), n.sum(s.gradient(), axes(s)))));
    }
}
