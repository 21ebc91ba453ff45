package org.gazecheck.explain;

import org.gazecheck.network.Tensor;

/** {@code L = sum_k a_k A^k}: the sum of one image's channels under given weights, in double precision. */
final class ChannelSum {
    private ChannelSum() {}

    /**
     * @param activations [n, c, h, w]
     * @param image which of the n
     * @param weights [c]
     * @param maps receives the image's map at its place, [n, h, w]
     */
    static void write(Tensor activations, int image, double[] weights, float[] maps) {
        int area = activations.shape()[2] * activations.shape()[3];
        float[] a = activations.data();
        double[] map = new double[area];
        for (int k = 0; k < weights.length; k++) {
            int from = (image * weights.length + k) * area;
            for (int j = 0; j < area; j++) {
                map[j] += weights[k] * a[from + j];
            }
        }
        for (int j = 0; j < area; j++) {
            maps[image * area + j] = (float) map[j];
        }
    }

    /** Weights of one image's channels from its activations and gradients. */
    @FunctionalInterface
    interface Weighting {
        /** Of the channel whose {@code area} cells begin at {@code from} in both arrays. */
        double of(float[] activations, float[] gradients, int from, int area);
    }

    /**
     * @param activations [n, c, h, w]
     * @param gradients [n, c, h, w]
     * @return raw maps [n, h, w]
     */
    static Tensor of(Tensor activations, Tensor gradients, Weighting weighting) {
        int[] shape = activations.shape();
        int area = shape[2] * shape[3];
        float[] maps = new float[shape[0] * area];
        double[] weights = new double[shape[1]];
        for (int i = 0; i < shape[0]; i++) {
            for (int k = 0; k < weights.length; k++) {
                int from = (i * weights.length + k) * area;
                weights[k] = weighting.of(activations.data(), gradients.data(), from, area);
            }
            write(activations, i, weights, maps);
        }
        return Tensor.of(maps, shape[0], shape[2], shape[3]);
    }
}
