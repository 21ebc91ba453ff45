package org.gazecheck.network.onnx.backward;

import java.util.Map;
import java.util.stream.Collectors;

/**
 * Einstein's sums of one or two operands with plain labels: the gradient of one operand is the sum with the output's place and
 * that operand's exchanged; what was summed alone is repeated.
 */
final class EinsumRule {
    private EinsumRule() {}

    static void add(Map<String, Rule> rules) {
        rules.put("Einsum", EinsumRule::back);
    }

    private static void back(Step s) {
        String equation = s.attributes().text("equation", "").replace(" ", "");
        String[] sides = equation.split("->", -1);
        String[] operands = sides[0].split(",", -1);
        if (sides.length != 2 || operands.length > 2 || !equation.matches("[A-Za-z,>-]*")) {
            throw new NoDerivativeException("of the equation '" + equation + "'");
        }
        for (String operand : operands) {
            if (operand.chars().distinct().count() < operand.length()) {
                throw new NoDerivativeException("of a diagonal, '" + equation + "'");
            }
        }
        for (int i = 0; i < operands.length; i++) {
            if (s.wants(i)) {
                s.give(i, gradient(s, operands, sides[1], i));
            }
        }
    }

    private static String gradient(Step s, String[] operands, String output, int i) {
        Nodes n = s.nodes();
        String others = operands.length == 1 ? "" : operands[1 - i];
        String known = operands[i]
                .chars()
                .filter(label -> output.indexOf(label) >= 0 || others.indexOf(label) >= 0)
                .mapToObj(Character::toString)
                .collect(Collectors.joining());
        String back = operands.length == 1
                ? n.op("Einsum", Map.of("equation", output + "->" + known), s.gradient())
                : n.op(
                        "Einsum",
                        Map.of("equation", output + "," + others + "->" + known),
                        s.gradient(),
                        s.input(1 - i));
        Shape shape = s.shape(i);
        if (known.length() == operands[i].length()) {
            return back;
        }
        long[] target = shape.target();
        for (int d = 0; d < target.length; d++) {
            if (known.indexOf(operands[i].charAt(d)) < 0) {
                shape.requireNotRows(d);
                target[d] = 1;
            }
        }
        return n.op("Expand", n.reshape(back, target), n.integers(shape.stretched()));
    }
}
