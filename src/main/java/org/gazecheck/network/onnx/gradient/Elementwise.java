package org.gazecheck.network.onnx.gradient;

import java.util.List;
import java.util.function.DoubleUnaryOperator;
import org.gazecheck.network.Tensor;

/** Activation functions: of each number by itself. */
final class Elementwise {
    private Elementwise() {}

    static Derivative of(String operator, Attributes attributes) {
        if (operator.equals("Clip")) {
            return (gradient, inputs, index) -> clip(gradient, inputs, attributes);
        }
        DoubleUnaryOperator slope = slope(operator, attributes);
        return (gradient, inputs, index) -> times(gradient, inputs.get(0), slope);
    }

    /** The derivative as a function of the input. */
    private static DoubleUnaryOperator slope(String operator, Attributes attributes) {
        switch (operator) {
            case "Relu":
                return x -> x > 0 ? 1 : 0;
            case "LeakyRelu":
                double leak = attributes.number("alpha", 0.01);
                return x -> x > 0 ? 1 : leak;
            case "Sigmoid":
                return x -> {
                    double y = 1 / (1 + Math.exp(-x));
                    return y * (1 - y);
                };
            case "Tanh":
                return x -> 1 - Math.tanh(x) * Math.tanh(x);
            case "HardSigmoid":
                double alpha = attributes.number("alpha", 0.2);
                double beta = attributes.number("beta", 0.5);
                return x -> alpha * x + beta > 0 && alpha * x + beta < 1 ? alpha : 0;
            case "HardSwish":
                return x -> x <= -3 ? 0 : x >= 3 ? 1 : (2 * x + 3) / 6;
            default:
                throw new IllegalArgumentException(operator);
        }
    }

    /** Bounds are operands since version 11 of the operators, attributes before. */
    private static Tensor clip(Tensor gradient, List<Tensor> inputs, Attributes attributes) {
        double low = bound(inputs, 1, attributes.number("min", Double.NEGATIVE_INFINITY));
        double high = bound(inputs, 2, attributes.number("max", Double.POSITIVE_INFINITY));
        return times(gradient, inputs.get(0), x -> x > low && x < high ? 1 : 0);
    }

    private static double bound(List<Tensor> inputs, int index, double otherwise) {
        return inputs.size() > index && inputs.get(index) != null
                ? inputs.get(index).data()[0]
                : otherwise;
    }

    private static Tensor times(Tensor gradient, Tensor input, DoubleUnaryOperator slope) {
        float[] back = new float[input.size()];
        for (int i = 0; i < back.length; i++) {
            back[i] = (float) (gradient.data()[i] * slope.applyAsDouble(input.data()[i]));
        }
        return Tensor.of(back, input.shape());
    }
}
