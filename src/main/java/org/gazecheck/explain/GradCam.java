package org.gazecheck.explain;

import org.gazecheck.network.Tensor;

/**
 * Grad-CAM (Selvaraju et al. 2017, equations 1 and 2) before its ReLU: {@code L^c = sum_k a_k A^k} with {@code a_k} the
 * mean over the map of {@code dy^c/dA^k}. Without gradients at hand, {@link LastBlock} gives it at the last block.
 */
public final class GradCam {
    private GradCam() {}

    /**
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
}
