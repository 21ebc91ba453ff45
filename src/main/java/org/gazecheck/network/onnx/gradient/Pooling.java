package org.gazecheck.network.onnx.gradient;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import onnx.Onnx.NodeProto;
import org.gazecheck.network.Tensor;

/** Means and maxima over windows or whole maps. A maximum's gradient goes to the first of equal numbers. */
final class Pooling {
    private Pooling() {}

    static Optional<Derivative> of(String operator, Attributes attributes, NodeProto node) {
        switch (operator) {
            case "GlobalAveragePool":
                return Optional.of((gradient, inputs, index) -> spread(gradient, inputs.get(0)));
            case "GlobalMaxPool":
                return Optional.of((gradient, inputs, index) -> toMaximum(gradient, inputs.get(0)));
            case "ReduceMean":
                return attributes.has("axes") || node.getInputCount() > 1
                        ? Optional.of(
                                (gradient, inputs, index) -> spread(gradient, inputs.get(0), axes(attributes, inputs)))
                        : Optional.empty();
            default:
                boolean average = operator.equals("AveragePool");
                int[] kernel = attributes.integers("kernel_shape").orElse(new int[0]);
                boolean plane = kernel.length == 2;
                boolean clear = !average || attributes.integer("ceil_mode", 0) == 0;
                boolean onlyFirst = node.getOutputCount() == 1;
                return plane && clear && onlyFirst
                        ? Optional.of((gradient, inputs, index) -> average
                                ? averaged(gradient, inputs.get(0), kernel, attributes)
                                : maximised(gradient, inputs.get(0), kernel, attributes))
                        : Optional.empty();
        }
    }

    /** Axes are an operand since version 18 of the operator, an attribute before. */
    private static int[] axes(Attributes attributes, List<Tensor> inputs) {
        if (attributes.has("axes")) {
            return attributes.integers("axes").orElseThrow();
        }
        int[] axes = new int[inputs.get(1).size()];
        for (int i = 0; i < axes.length; i++) {
            axes[i] = (int) inputs.get(1).data()[i];
        }
        return axes;
    }

    /** Of means over some dimensions. */
    private static Tensor spread(Tensor gradient, Tensor input, int[] axes) {
        int[] shape = input.shape();
        boolean[] gone = new boolean[shape.length];
        for (int axis : axes) {
            gone[axis < 0 ? axis + shape.length : axis] = true;
        }
        int[] steps = new int[shape.length];
        int size = 1;
        for (int d = shape.length - 1; d >= 0; d--) {
            steps[d] = gone[d] ? 0 : size;
            size *= gone[d] ? 1 : shape[d];
        }
        float[] back = new float[input.size()];
        for (int i = 0; i < back.length; i++) {
            int from = 0;
            for (int d = shape.length - 1, rest = i; d >= 0; d--) {
                from += rest % shape[d] * steps[d];
                rest /= shape[d];
            }
            back[i] = gradient.data()[from] * size / back.length;
        }
        return Tensor.of(back, shape);
    }

    /** Of means over the last two dimensions. */
    private static Tensor spread(Tensor gradient, Tensor input) {
        int area = area(input);
        float[] back = new float[input.size()];
        for (int i = 0; i < back.length; i++) {
            back[i] = gradient.data()[i / area] / area;
        }
        return Tensor.of(back, input.shape());
    }

    private static int area(Tensor input) {
        int[] shape = input.shape();
        return shape[shape.length - 2] * shape[shape.length - 1];
    }

    private static Tensor toMaximum(Tensor gradient, Tensor input) {
        int area = area(input);
        float[] back = new float[input.size()];
        for (int map = 0; map * area < back.length; map++) {
            int best = map * area;
            for (int i = best; i < (map + 1) * area; i++) {
                best = input.data()[i] > input.data()[best] ? i : best;
            }
            back[best] = gradient.data()[map];
        }
        return Tensor.of(back, input.shape());
    }

    private static Tensor averaged(Tensor gradient, Tensor input, int[] kernel, Attributes attributes) {
        int[] in = plane(input);
        int[] out = plane(gradient);
        Window window = Window.of(attributes, kernel, in, out);
        boolean withPadding = attributes.integer("count_include_pad", 0) == 1;
        float[] back = new float[input.size()];
        for (int i = 0; i < gradient.size(); i++) {
            int x = i % out[1];
            int y = i / out[1] % out[0];
            int map = i / (out[0] * out[1]) * in[0] * in[1];
            int inside = count(window, 0, y, in[0]) * count(window, 1, x, in[1]);
            float share = gradient.data()[i] / (withPadding ? kernel[0] * kernel[1] : inside);
            for (int k = 0; k < kernel[0] * kernel[1]; k++) {
                int row = window.position(0, y, k / kernel[1]);
                int column = window.position(1, x, k % kernel[1]);
                if (row >= 0 && row < in[0] && column >= 0 && column < in[1]) {
                    back[map + row * in[1] + column] += share;
                }
            }
        }
        return Tensor.of(back, input.shape());
    }

    private static int count(Window window, int d, int o, int size) {
        int count = 0;
        for (int k = 0; k < window.kernel()[d]; k++) {
            int position = window.position(d, o, k);
            count += position >= 0 && position < size ? 1 : 0;
        }
        return count;
    }

    private static Tensor maximised(Tensor gradient, Tensor input, int[] kernel, Attributes attributes) {
        int[] in = plane(input);
        int[] out = plane(gradient);
        Window window = Window.of(attributes, kernel, in, out);
        float[] back = new float[input.size()];
        for (int i = 0; i < gradient.size(); i++) {
            int x = i % out[1];
            int y = i / out[1] % out[0];
            int map = i / (out[0] * out[1]) * in[0] * in[1];
            int best = -1;
            for (int k = 0; k < kernel[0] * kernel[1]; k++) {
                int row = window.position(0, y, k / kernel[1]);
                int column = window.position(1, x, k % kernel[1]);
                if (row >= 0 && row < in[0] && column >= 0 && column < in[1]) {
                    int place = map + row * in[1] + column;
                    best = best < 0 || input.data()[place] > input.data()[best] ? place : best;
                }
            }
            if (best >= 0) {
                back[best] += gradient.data()[i];
            }
        }
        return Tensor.of(back, input.shape());
    }

    private static int[] plane(Tensor tensor) {
        return Arrays.copyOfRange(tensor.shape(), 2, 4);
    }
}
