package org.gazecheck.explain;

import org.gazecheck.network.Head;
import org.gazecheck.network.Tensor;

/**
 * Grad-CAM (Selvaraju et al. 2017, equations 1 and 2) before its ReLU: {@code L^c = sum_k a_k A^k} with {@code a_k} the
 * mean over the map of {@code dy^c/dA^k}.
 */
public final class GradCam {
    private GradCam() {}

    /**
     * The general form, at any layer.
     *
     * @param activations [n, c, h, w]
     * @param gradients of each image's score with respect to them, [n, c, h, w]
     * @return raw maps [n, h, w]
     */
    public static Tensor of(Tensor activations, Tensor gradients) {
        return ChannelSum.of(activations, gradients, (a, g, from, area) -> {
            double sum = 0;
            for (int j = from; j < from + area; j++) {
                sum += g[j];
            }
            return sum / area;
        });
    }

    /**
     * The closed form at the last block, where the gradient is constant over the map: {@code a_k = dy^c/df_k / (h w)}.
     *
     * @param activations of the last block [n, c, h, w]
     * @param features their global averages [n, c]
     * @param targets [n] the class each map explains
     * @return raw maps [n, h, w]
     */
    public static Tensor atLastBlock(Tensor activations, Tensor features, Head head, int[] targets) {
        int[] shape = activations.shape();
        int channels = shape[1];
        int area = shape[2] * shape[3];
        float[] maps = new float[shape[0] * area];
        float[] feature = new float[channels];
        double[] weights = new double[channels];
        for (int i = 0; i < shape[0]; i++) {
            System.arraycopy(features.data(), i * channels, feature, 0, channels);
            float[] gradient = head.featureGradient(feature, targets[i]);
            for (int k = 0; k < channels; k++) {
                weights[k] = (double) gradient[k] / area;
            }
            ChannelSum.write(activations, i, weights, maps);
        }
        return Tensor.of(maps, shape[0], shape[2], shape[3]);
    }
}
