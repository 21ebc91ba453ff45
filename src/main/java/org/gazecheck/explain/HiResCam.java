package org.gazecheck.explain;

import org.gazecheck.network.Tensor;

/** HiResCAM (Draelos and Carin 2020) before its ReLU: {@code L_ij = sum_k g^k_ij A^k_ij} with {@code g = dy/dA}. */
public final class HiResCam {
    private HiResCam() {}

    /**
     * @param activations [n, c, h, w]
     * @param gradients of each image's score with respect to them, [n, c, h, w]
     * @return raw maps [n, h, w]
     */
    public static Tensor of(Tensor activations, Tensor gradients) {
        return CellSum.of(activations, gradients, (a, g) -> (double) g * a);
    }
}
