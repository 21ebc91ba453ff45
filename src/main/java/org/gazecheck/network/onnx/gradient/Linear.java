package org.gazecheck.network.onnx.gradient;

import java.util.List;
import java.util.Optional;
import org.gazecheck.network.Tensor;

/** Operators that are linear in their first operand, with constant weights. */
final class Linear {
    private Linear() {}

    static Optional<Derivative> of(String operator, Attributes attributes) {
        switch (operator) {
            case "Gemm":
                return attributes.integer("transA", 0) == 0
                        ? Optional.of(first((gradient, inputs) -> dense(
                                gradient, inputs, attributes.integer("transB", 0) == 1, attributes.number("alpha", 1))))
                        : Optional.empty();
            case "MatMul":
                return Optional.of(first((gradient, inputs) -> dense(gradient, inputs, false, 1)));
            case "Conv":
                return Optional.of(first((gradient, inputs) -> convolution(gradient, inputs, attributes)));
            default:
                return attributes.integer("training_mode", 0) == 0
                        ? Optional.of(first((gradient, inputs) -> norm(gradient, inputs, attributes)))
                        : Optional.empty();
        }
    }

    private interface Back {
        Tensor vectorJacobianProduct(Tensor gradient, List<Tensor> inputs);
    }

    private static Derivative first(Back back) {
        return (gradient, inputs, index) -> {
            if (index != 0 || inputs.get(1) == null) {
                throw new IllegalArgumentException("weights that depend on the image are not differentiated");
            }
            return back.vectorJacobianProduct(gradient, inputs);
        };
    }

    /** {@code alpha G W^T}, rows by rows. */
    private static Tensor dense(Tensor gradient, List<Tensor> inputs, boolean transposed, double alpha) {
        Tensor input = inputs.get(0);
        float[] w = inputs.get(1).data();
        int[] shape = inputs.get(1).shape();
        if (shape.length != 2) {
            throw new IllegalArgumentException("a product with weights of " + shape.length + " dimensions");
        }
        int width = transposed ? shape[1] : shape[0];
        int units = transposed ? shape[0] : shape[1];
        float[] back = new float[input.size()];
        double[] sums = new double[width];
        for (int row = 0; row * width < back.length; row++) {
            java.util.Arrays.fill(sums, 0);
            for (int u = 0; u < units; u++) {
                double g = alpha * gradient.data()[row * units + u];
                if (g != 0) {
                    for (int k = 0; k < width; k++) {
                        sums[k] += g * w[transposed ? u * width + k : k * units + u];
                    }
                }
            }
            for (int k = 0; k < width; k++) {
                back[row * width + k] = (float) sums[k];
            }
        }
        return Tensor.of(back, input.shape());
    }

    /** Every output pixel gives its gradient back through the kernel that made it. */
    private static Tensor convolution(Tensor gradient, List<Tensor> inputs, Attributes attributes) {
        Tensor input = inputs.get(0);
        int[] in = input.shape();
        int[] out = gradient.shape();
        float[] w = inputs.get(1).data();
        int[] kernel = inputs.get(1).shape();
        if (in.length != 4) {
            throw new IllegalArgumentException("a convolution over " + (in.length - 2) + " dimensions");
        }
        Window window = Window.of(
                attributes, new int[] {kernel[2], kernel[3]}, new int[] {in[2], in[3]}, new int[] {out[2], out[3]});
        int groups = (int) attributes.integer("group", 1);
        int taps = kernel[2] * kernel[3];
        int perGroup = out[1] / groups;
        float[] back = new float[input.size()];
        for (int i = 0; i < gradient.size(); i++) {
            float g = gradient.data()[i];
            if (g == 0) {
                continue;
            }
            int x = i % out[3];
            int y = i / out[3] % out[2];
            int o = i / (out[2] * out[3]) % out[1];
            int image = i / (out[1] * out[2] * out[3]);
            int channel = o / perGroup * kernel[1];
            for (int k = 0; k < taps; k++) {
                int row = window.position(0, y, k / kernel[3]);
                int column = window.position(1, x, k % kernel[3]);
                if (row >= 0 && row < in[2] && column >= 0 && column < in[3]) {
                    for (int c = 0; c < kernel[1]; c++) {
                        int place = ((image * in[1] + channel + c) * in[2] + row) * in[3] + column;
                        back[place] += g * w[(o * kernel[1] + c) * taps + k];
                    }
                }
            }
        }
        return Tensor.of(back, in);
    }

    /** With kept statistics: {@code gamma / sqrt(variance + eps)} per channel. */
    private static Tensor norm(Tensor gradient, List<Tensor> inputs, Attributes attributes) {
        int[] shape = inputs.get(0).shape();
        int channels = shape[1];
        int area = inputs.get(0).size() / (shape[0] * channels);
        double epsilon = attributes.number("epsilon", 1e-5);
        float[] back = new float[gradient.size()];
        for (int i = 0; i < back.length; i++) {
            int c = i / area % channels;
            double variance = inputs.get(4).data()[c];
            back[i] = (float) (gradient.data()[i] * inputs.get(1).data()[c] / Math.sqrt(variance + epsilon));
        }
        return Tensor.of(back, shape);
    }
}
