package org.gazecheck.explain;

import org.gazecheck.network.Tensor;

/**
 * Eigen-CAM (Muhammad and Yeasin 2020): the cells' activations, centred over the cells, projected onto their first
 * principal component. It has no target: it shows what varies most at the layer, not what is evidence for a class.
 *
 * <p>The sign of a principal component is arbitrary; here a map correlates positively with the sum of the activations
 * over channels.
 */
public final class EigenCam {
    private static final int MOST_ROUNDS = 20_000;
    private static final double CONVERGED = 1e-10;

    private EigenCam() {}

    /**
     * @param activations [n, c, h, w]
     * @return raw maps [n, h, w]; all zero where no cell differs from another
     */
    public static Tensor of(Tensor activations) {
        int[] shape = activations.shape();
        int area = shape[2] * shape[3];
        float[] maps = new float[shape[0] * area];
        for (int i = 0; i < shape[0]; i++) {
            double[][] centred = centred(activations.data(), i * shape[1] * area, shape[1], area);
            double[] map = firstComponent(products(centred, area));
            double sign = Math.signum(along(centred, map));
            for (int j = 0; j < area; j++) {
                maps[i * area + j] = (float) (sign < 0 ? -map[j] : map[j]);
            }
        }
        return Tensor.of(maps, shape[0], shape[2], shape[3]);
    }

    /** [c][h w], each channel's mean taken off. */
    private static double[][] centred(float[] activations, int from, int channels, int area) {
        double[][] centred = new double[channels][area];
        for (int k = 0; k < channels; k++) {
            double mean = 0;
            for (int j = 0; j < area; j++) {
                mean += activations[from + k * area + j];
            }
            mean /= area;
            for (int j = 0; j < area; j++) {
                centred[k][j] = activations[from + k * area + j] - mean;
            }
        }
        return centred;
    }

    /** Inner products of the cells, [h w][h w]: with the left singular vectors as eigenvectors. */
    private static double[][] products(double[][] centred, int area) {
        double[][] products = new double[area][area];
        for (double[] channel : centred) {
            for (int a = 0; a < area; a++) {
                double value = channel[a];
                if (value != 0) {
                    double[] row = products[a];
                    for (int b = 0; b < area; b++) {
                        row[b] += value * channel[b];
                    }
                }
            }
        }
        return products;
    }

    /** First left singular vector times its singular value, by the power method. */
    private static double[] firstComponent(double[][] products) {
        int area = products.length;
        double[] vector = new double[area];
        for (int j = 0; j < area; j++) {
            vector[j] = Math.sin(j + 1);
        }
        normalise(vector);
        double value = 0;
        double moved = 1;
        for (int round = 0; round < MOST_ROUNDS && moved > CONVERGED; round++) {
            double[] next = new double[area];
            for (int a = 0; a < area; a++) {
                double sum = 0;
                for (int b = 0; b < area; b++) {
                    sum += products[a][b] * vector[b];
                }
                next[a] = sum;
            }
            value = normalise(next);
            moved = 0;
            for (int j = 0; j < area; j++) {
                moved = Math.max(moved, Math.abs(next[j] - vector[j]));
            }
            vector = next;
        }
        double scale = Math.sqrt(value);
        for (int j = 0; j < area; j++) {
            vector[j] *= scale;
        }
        return vector;
    }

    private static double normalise(double[] vector) {
        double sum = 0;
        for (double v : vector) {
            sum += v * v;
        }
        double norm = Math.sqrt(sum);
        for (int j = 0; j < vector.length && norm > 0; j++) {
            vector[j] /= norm;
        }
        return norm;
    }

    private static double along(double[][] centred, double[] map) {
        double along = 0;
        for (double[] channel : centred) {
            for (int j = 0; j < map.length; j++) {
                along += channel[j] * map[j];
            }
        }
        return along;
    }
}
