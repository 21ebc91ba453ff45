package org.gazecheck.network.onnx.backward;

import java.util.Map;
import onnx.Onnx.TensorProto;

/**
 * Quantisation: straight through inside of the range, 0 where a number saturates (Bengio et al. 2013; PyTorch's
 * {@code fake_quantize}).
 */
final class QuantisationRules {
    private QuantisationRules() {}

    static void add(Map<String, Rule> rules) {
        rules.put("QuantizeLinear", QuantisationRules::quantize);
        rules.put("DequantizeLinear", QuantisationRules::dequantize);
    }

    private static void quantize(Step s) {
        s.requireConstant(1);
        Nodes n = s.nodes();
        String scale = alongAxis(s, s.input(1));
        String rounded = n.op("Round", n.div(s.input(0), scale));
        if (s.has(2)) {
            rounded = n.add(rounded, alongAxis(s, real(n, s.input(2))));
        }
        int[] range = range(s.outputValue(0).type());
        String above = n.greater(rounded, range[0] - 0.5);
        String below = n.less(rounded, range[1] + 0.5);
        s.give(0, n.masked(n.op("And", above, below), n.div(s.gradient(), scale)));
    }

    private static void dequantize(Step s) {
        s.requireConstant(1);
        s.give(0, s.nodes().mul(s.gradient(), alongAxis(s, s.input(1))));
    }

    private static int[] range(int type) {
        return switch (type) {
            case TensorProto.DataType.UINT8_VALUE -> new int[] {0, 255};
            case TensorProto.DataType.INT8_VALUE -> new int[] {-128, 127};
            case TensorProto.DataType.UINT16_VALUE -> new int[] {0, 65535};
            case TensorProto.DataType.INT16_VALUE -> new int[] {-32768, 32767};
            default -> throw new NoDerivativeException("to numbers of another kind than 8 or 16 bits");
        };
    }

    private static String real(Nodes n, String value) {
        return n.op("Cast", Map.of("to", (long) TensorProto.DataType.FLOAT_VALUE), value);
    }

    /** One number for all, or one for each place along a dimension. */
    private static String alongAxis(Step s, String numbers) {
        Shape shape = s.shape(1);
        if (shape.count() == 1) {
            return shape.rank() == 0
                    ? numbers
                    : s.nodes().op("Reshape", numbers, s.nodes().integers());
        }
        if (shape.rank() != 1 || s.attributes().has("block_size")) {
            throw new NoDerivativeException("in blocks");
        }
        long[] target = Window.ones(s.shape(0).rank());
        target[s.shape(0).axis(s.attributes().integer("axis", 1))] = shape.size(0);
        return s.nodes().reshape(numbers, target);
    }
}
