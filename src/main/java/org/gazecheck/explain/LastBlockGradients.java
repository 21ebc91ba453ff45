package org.gazecheck.explain;

import java.util.Arrays;
import org.gazecheck.network.Head;
import org.gazecheck.network.Tensor;

/**
 * Gradients at the last block in closed form: the head sees the image only through {@code f_k}, the mean of {@code A^k}
 * over the map, so that {@code dy/dA^k_ij = dy/df_k / (h w)}, constant over the map.
 */
final class LastBlockGradients {
    private LastBlockGradients() {}

    /**
     * @param features [n, d]
     * @param shape of the activations, [n, d, h, w]
     * @param scoreWeights [n, classes]
     * @return [n, d, h, w]
     */
    static Tensor of(Head head, Tensor features, int[] shape, Tensor scoreWeights) {
        int channels = shape[1];
        int area = shape[2] * shape[3];
        int classes = head.classes();
        float[] gradients = new float[shape[0] * channels * area];
        for (int i = 0; i < shape[0]; i++) {
            float[] feature = Arrays.copyOfRange(features.data(), i * channels, (i + 1) * channels);
            double[] ofFeature = new double[channels];
            for (int c = 0; c < classes; c++) {
                float weight = scoreWeights.data()[i * classes + c];
                if (weight != 0) {
                    float[] ofLogit = head.featureGradient(feature, c);
                    for (int k = 0; k < channels; k++) {
                        ofFeature[k] += (double) weight * ofLogit[k];
                    }
                }
            }
            for (int k = 0; k < channels; k++) {
                int from = (i * channels + k) * area;
                Arrays.fill(gradients, from, from + area, (float) (ofFeature[k] / area));
            }
        }
        return new Tensor(gradients, shape.clone());
    }
}
