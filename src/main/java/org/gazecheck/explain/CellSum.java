package org.gazecheck.explain;

import org.gazecheck.network.Tensor;

/** Sums over channels of what each cell contributes by itself, in double precision. */
final class CellSum {
    private CellSum() {}

    /** What one cell of one channel contributes. */
    @FunctionalInterface
    interface Contribution {
        double of(float activation, float gradient);
    }

    /**
     * @param activations [n, c, h, w]
     * @param gradients [n, c, h, w]
     * @return raw maps [n, h, w]
     */
    static Tensor of(Tensor activations, Tensor gradients, Contribution contribution) {
        int[] shape = activations.shape();
        int channels = shape[1];
        int area = shape[2] * shape[3];
        float[] maps = new float[shape[0] * area];
        for (int i = 0; i < shape[0]; i++) {
            double[] map = new double[area];
            for (int k = 0; k < channels; k++) {
                int from = (i * channels + k) * area;
                for (int j = 0; j < area; j++) {
                    map[j] += contribution.of(
                            activations.data()[from + j], gradients.data()[from + j]);
                }
            }
            for (int j = 0; j < area; j++) {
                maps[i * area + j] = (float) map[j];
            }
        }
        return Tensor.of(maps, shape[0], shape[2], shape[3]);
    }
}
