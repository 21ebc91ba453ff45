package org.gazecheck.explain;

import org.gazecheck.network.Tensor;

/**
 * Grad-CAM++ (Chattopadhay et al. 2018) before its last ReLU: {@code L = sum_k w_k A^k} with {@code w_k = sum_ij a_ij
 * ReLU(g_ij)} (equation 8) and {@code a_ij = g_ij^2 / (2 g_ij^2 + g_ij^3 sum_ab A_ab)} (equation 19), where {@code g =
 * dy/dA^k}. The denominator has {@link #EPSILON} added, as in pytorch-grad-cam, which decides the scale where gradients
 * are small.
 */
public final class GradCamPlusPlus {
    private static final double EPSILON = 1e-6;

    private GradCamPlusPlus() {}

    /**
     * @param activations [n, c, h, w]
     * @param gradients of each image's score with respect to them, [n, c, h, w]
     * @return raw maps [n, h, w]
     */
    public static Tensor of(Tensor activations, Tensor gradients) {
        return ChannelSum.of(activations, gradients, (a, g, from, area) -> {
            double sum = 0;
            for (int j = from; j < from + area; j++) {
                sum += a[j];
            }
            double weight = 0;
            for (int j = from; j < from + area; j++) {
                if (g[j] > 0) {
                    double square = (double) g[j] * g[j];
                    weight += g[j] * square / (2 * square + sum * square * g[j] + EPSILON);
                }
            }
            return weight;
        });
    }
}
