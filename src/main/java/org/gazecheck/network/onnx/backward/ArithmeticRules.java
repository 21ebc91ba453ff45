package org.gazecheck.network.onnx.backward;

import java.util.Map;
import onnx.Onnx.TensorProto;

/** Arithmetic, of which sizes of 1 are repeated as in NumPy: gradients are summed over repetitions. */
final class ArithmeticRules {
    private ArithmeticRules() {}

    static void add(Map<String, Rule> rules) {
        rules.put("Add", s -> all(s, 1));
        rules.put("Sum", s -> all(s, 1));
        rules.put("Mean", s -> all(s, s.inputs()));
        rules.put("Sub", ArithmeticRules::sub);
        rules.put("Mul", ArithmeticRules::mul);
        rules.put("Div", ArithmeticRules::div);
        rules.put("Pow", ArithmeticRules::pow);
    }

    private static void all(Step s, int divisor) {
        String gradient = divisor == 1 ? s.gradient() : s.nodes().mul(s.gradient(), 1.0 / divisor);
        for (int i = 0; i < s.inputs(); i++) {
            s.giveSummed(i, gradient);
        }
    }

    private static void sub(Step s) {
        s.giveSummed(0, s.gradient());
        if (s.wants(1)) {
            s.giveSummed(1, s.nodes().op("Neg", s.gradient()));
        }
    }

    private static void mul(Step s) {
        for (int i = 0; i < 2; i++) {
            if (s.wants(i)) {
                s.giveSummed(i, s.nodes().mul(s.gradient(), s.input(1 - i)));
            }
        }
    }

    private static void div(Step s) {
        Nodes n = s.nodes();
        if (s.wants(0)) {
            s.giveSummed(0, n.div(s.gradient(), s.input(1)));
        }
        if (s.wants(1)) {
            String b = s.input(1);
            s.giveSummed(1, n.op("Neg", n.div(n.mul(s.gradient(), s.input(0)), n.mul(b, b))));
        }
    }

    /** {@code e x^(e - 1)} and {@code x^e ln x}. */
    private static void pow(Step s) {
        Nodes n = s.nodes();
        String exponent = s.input(1);
        int type = s.inputValue(1).type();
        if (type == TensorProto.DataType.INT64_VALUE || type == TensorProto.DataType.INT32_VALUE) {
            exponent = n.op("Cast", Map.of("to", (long) TensorProto.DataType.FLOAT_VALUE), exponent);
        }
        if (s.wants(0)) {
            float[] known = s.inputValue(1).floats();
            boolean square = known != null && known.length == 1 && known[0] == 2;
            String slope = square
                    ? n.mul(s.input(0), 2)
                    : n.mul(exponent, n.op("Pow", s.input(0), n.sub(exponent, n.number(1))));
            s.giveSummed(0, n.mul(s.gradient(), slope));
        }
        if (s.wants(1)) {
            s.giveSummed(1, n.mul(n.mul(s.gradient(), s.output(0)), n.op("Log", s.input(0))));
        }
    }
}
