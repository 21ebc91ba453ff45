package org.gazecheck.explain;

import java.util.Arrays;
import org.gazecheck.network.Tensor;

/**
 * Ablation-CAM (Desai and Ramaswamy 2020, equations 3 and 4) before its ReLU: {@code L = sum_k w_k A^k} with {@code w_k
 * = (y - y_k) / y}, where {@code y_k} is the score with channel k set to zero. Dividing by the score turns the map's sign
 * where the score is negative; where it is zero the drop itself is the weight. Needs one pass from the layer on a
 * channel, and no gradient.
 */
public final class AblationCam {
    private AblationCam() {}

    /**
     * @param activations [n, c, h, w]
     * @param logits of the images as they are, [n, classes]
     * @param scoreWeights [n, classes]
     * @param scorer of activations
     * @param batch channels ablated at a time
     * @return raw maps [n, h, w]
     */
    public static Tensor of(Tensor activations, Tensor logits, Tensor scoreWeights, Scorer scorer, int batch) {
        int[] shape = activations.shape();
        int channels = shape[1];
        float[] maps = new float[shape[0] * shape[2] * shape[3]];
        double[] weights = new double[channels];
        for (int i = 0; i < shape[0]; i++) {
            double whole = ScoreWeights.score(logits, i, scoreWeights, i);
            for (int first = 0; first < channels; first += batch) {
                int count = Math.min(batch, channels - first);
                Tensor ablated = scorer.logits(ablated(activations, i, first, count));
                for (int k = 0; k < count; k++) {
                    double drop = whole - ScoreWeights.score(ablated, k, scoreWeights, i);
                    weights[first + k] = whole == 0 ? drop : drop / whole;
                }
            }
            ChannelSum.write(activations, i, weights, maps);
        }
        return Tensor.of(maps, shape[0], shape[2], shape[3]);
    }

    /** The image's activations, each copy without one of consecutive channels, [count, c, h, w]. */
    private static Tensor ablated(Tensor activations, int image, int first, int count) {
        int[] shape = activations.shape();
        int area = shape[2] * shape[3];
        int length = shape[1] * area;
        float[] ablated = new float[count * length];
        for (int k = 0; k < count; k++) {
            System.arraycopy(activations.data(), image * length, ablated, k * length, length);
            int from = k * length + (first + k) * area;
            Arrays.fill(ablated, from, from + area, 0);
        }
        return Tensor.of(ablated, count, shape[1], shape[2], shape[3]);
    }
}
