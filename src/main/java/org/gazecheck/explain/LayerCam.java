package org.gazecheck.explain;

import org.gazecheck.network.Tensor;

/**
 * LayerCAM (Jiang et al. 2021, equations 4 and 5) before its last ReLU: {@code L_ij = sum_k ReLU(g^k_ij) A^k_ij} with
 * {@code g = dy/dA}.
 */
public final class LayerCam {
    private LayerCam() {}

    /**
     * @param activations [n, c, h, w]
     * @param gradients of each image's score with respect to them, [n, c, h, w]
     * @return raw maps [n, h, w]
     */
    public static Tensor of(Tensor activations, Tensor gradients) {
        return CellSum.of(activations, gradients, (a, g) -> g > 0 ? (double) g * a : 0);
    }
}
