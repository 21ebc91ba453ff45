package org.gazecheck.network.onnx.gradient;

import org.gazecheck.network.Tensor;

/** Arithmetic of two operands, of which sizes of 1 are repeated as in NumPy: the gradient is summed over repetitions. */
final class Broadcast {
    private interface Slope {
        /** Derivative of {@code a op b} with respect to the operand asked for. */
        double at(double a, double b);
    }

    private Broadcast() {}

    static Derivative of(String operator) {
        return (gradient, inputs, index) ->
                back(gradient, inputs.get(0), inputs.get(1), slope(operator, index == 0), index);
    }

    private static Slope slope(String operator, boolean first) {
        return switch (operator) {
            case "Add" -> (a, b) -> 1;
            case "Sub" -> (a, b) -> first ? 1 : -1;
            case "Mul" -> (a, b) -> first ? b : a;
            case "Div" -> (a, b) -> first ? 1 / b : -a / (b * b);
            default -> throw new IllegalArgumentException(operator);
        };
    }

    private static Tensor back(Tensor gradient, Tensor a, Tensor b, Slope slope, int index) {
        int[] shape = gradient.shape();
        int[] stepsA = steps(a.shape(), shape.length);
        int[] stepsB = steps(b.shape(), shape.length);
        Tensor operand = index == 0 ? a : b;
        double[] sums = new double[operand.size()];
        int[] place = new int[shape.length];
        int offsetA = 0;
        int offsetB = 0;
        for (int i = 0; i < gradient.size(); i++) {
            double g = gradient.data()[i];
            if (g != 0) {
                sums[index == 0 ? offsetA : offsetB] += g * slope.at(a.data()[offsetA], b.data()[offsetB]);
            }
            for (int d = shape.length - 1; d >= 0; d--) {
                offsetA += stepsA[d];
                offsetB += stepsB[d];
                if (++place[d] < shape[d]) {
                    break;
                }
                offsetA -= stepsA[d] * shape[d];
                offsetB -= stepsB[d] * shape[d];
                place[d] = 0;
            }
        }
        float[] back = new float[sums.length];
        for (int i = 0; i < back.length; i++) {
            back[i] = (float) sums[i];
        }
        return Tensor.of(back, operand.shape());
    }

    /** How far apart neighbours lie along each dimension of the output: 0 where the operand is repeated. */
    private static int[] steps(int[] shape, int dimensions) {
        int[] steps = new int[dimensions];
        int step = 1;
        for (int d = shape.length - 1; d >= 0; d--) {
            steps[dimensions - shape.length + d] = shape[d] == 1 ? 0 : step;
            step *= shape[d];
        }
        return steps;
    }
}
