package org.gazecheck.network.onnx.backward;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import onnx.Onnx.TensorProto;

/** Operators that choose between numbers. Equal ones share the gradient, as in PyTorch. */
final class ChoiceRules {
    private ChoiceRules() {}

    static void add(Map<String, Rule> rules) {
        rules.put("Max", ChoiceRules::extreme);
        rules.put("Min", ChoiceRules::extreme);
        rules.put("Where", ChoiceRules::where);
    }

    private static void extreme(Step s) {
        Nodes n = s.nodes();
        List<String> chosen = new ArrayList<>();
        for (int i = 0; i < s.inputs(); i++) {
            chosen.add(n.op(
                    "Cast",
                    Map.of("to", (long) TensorProto.DataType.FLOAT_VALUE),
                    n.op("Equal", s.input(i), s.output(0))));
        }
        String share = s.inputs() == 1 ? s.gradient() : n.div(s.gradient(), n.op("Sum", chosen.toArray(String[]::new)));
        for (int i = 0; i < s.inputs(); i++) {
            if (s.wants(i)) {
                s.giveSummed(i, n.mul(share, chosen.get(i)));
            }
        }
    }

    private static void where(Step s) {
        Nodes n = s.nodes();
        if (s.wants(1)) {
            s.giveSummed(1, n.where(s.input(0), s.gradient(), n.number(0)));
        }
        if (s.wants(2)) {
            s.giveSummed(2, n.where(s.input(0), n.number(0), s.gradient()));
        }
    }
}
