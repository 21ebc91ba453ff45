package org.gazecheck.explain;

import org.gazecheck.network.Tensor;

/**
 * XGrad-CAM (Fu et al. 2020, equation 8) before its ReLU: {@code L = sum_k w_k A^k} with {@code w_k = sum_ij g_ij A_ij /
 * sum_ij A_ij}, {@code g = dy/dA^k}; {@link #EPSILON} in the denominator as in pytorch-grad-cam.
 */
public final class XGradCam {
    private static final double EPSILON = 1e-7;

    private XGradCam() {}

    /**
     * @param activations [n, c, h, w]
     * @param gradients of each image's score with respect to them, [n, c, h, w]
     * @return raw maps [n, h, w]
     */
    public static Tensor of(Tensor activations, Tensor gradients) {
        return ChannelSum.of(activations, gradients, (a, g, from, area) -> {
            double sum = 0;
            double product = 0;
            for (int j = from; j < from + area; j++) {
                sum += a[j];
                product += (double) g[j] * a[j];
            }
            return product / (sum + EPSILON);
        });
    }
}
