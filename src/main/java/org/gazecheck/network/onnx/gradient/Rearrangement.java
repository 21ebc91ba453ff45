package org.gazecheck.network.onnx.gradient;

import java.util.List;
import java.util.Optional;
import org.gazecheck.network.Tensor;

/** Operators that move numbers without changing them. */
final class Rearrangement {
    private Rearrangement() {}

    static Derivative transpose(Attributes attributes) {
        return (gradient, inputs, index) -> untransposed(gradient, inputs.get(0), attributes.integers("perm"));
    }

    private static Tensor untransposed(Tensor gradient, Tensor input, Optional<int[]> order) {
        int[] shape = input.shape();
        int dimensions = shape.length;
        int[] steps = new int[dimensions];
        for (int d = dimensions - 1, step = 1; d >= 0; d--) {
            steps[d] = step;
            step *= shape[d];
        }
        float[] back = new float[input.size()];
        for (int i = 0; i < back.length; i++) {
            int rest = i;
            int place = 0;
            for (int d = dimensions - 1; d >= 0; d--) {
                int from = order.isPresent() ? order.get()[d] : dimensions - 1 - d;
                place += rest % shape[from] * steps[from];
                rest /= shape[from];
            }
            back[place] = gradient.data()[i];
        }
        return Tensor.of(back, shape);
    }

    static Derivative concat(Attributes attributes) {
        return (gradient, inputs, index) -> part(gradient, inputs, index, (int) attributes.integer("axis", 1));
    }

    private static Tensor part(Tensor gradient, List<Tensor> inputs, int index, int axis) {
        int[] shape = inputs.get(index).shape();
        int along = axis < 0 ? axis + shape.length : axis;
        int inner = 1;
        for (int d = along + 1; d < shape.length; d++) {
            inner *= shape[d];
        }
        int before = 0;
        for (int i = 0; i < index; i++) {
            before += inputs.get(i).shape()[along] * inner;
        }
        int width = gradient.shape()[along] * inner;
        int own = shape[along] * inner;
        float[] back = new float[inputs.get(index).size()];
        for (int row = 0; row * own < back.length; row++) {
            System.arraycopy(gradient.data(), row * width + before, back, row * own, own);
        }
        return Tensor.of(back, shape);
    }
}
