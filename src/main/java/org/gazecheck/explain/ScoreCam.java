package org.gazecheck.explain;

import org.gazecheck.network.Tensor;

/**
 * Score-CAM (Wang et al. 2020) before its ReLU: {@code L = sum_k softmax_k(y(X * M^k)) A^k}, where the mask {@code M^k}
 * is the channel's activation, brought to the image's size bilinearly with corners on corners, scaled to 0..1 (all zero
 * where the channel is constant), and multiplied with the normalised image, as in pytorch-grad-cam. Needs one forward pass
 * a channel, and no gradient.
 */
public final class ScoreCam {
    private ScoreCam() {}

    /**
     * @param images [n, 3, H, W], normalised
     * @param activations [n, c, h, w]
     * @param scoreWeights [n, classes]
     * @param scorer of images
     * @param batch images scored at a time
     * @return raw maps [n, h, w]
     */
    public static Tensor of(Tensor images, Tensor activations, Tensor scoreWeights, Scorer scorer, int batch) {
        int[] shape = activations.shape();
        int channels = shape[1];
        float[] maps = new float[shape[0] * shape[2] * shape[3]];
        double[] weights = new double[channels];
        for (int i = 0; i < shape[0]; i++) {
            for (int first = 0; first < channels; first += batch) {
                int count = Math.min(batch, channels - first);
                Tensor logits = scorer.logits(masked(images, activations, i, first, count));
                for (int k = 0; k < count; k++) {
                    weights[first + k] = ScoreWeights.score(logits, k, scoreWeights, i);
                }
            }
            softmax(weights);
            ChannelSum.write(activations, i, weights, maps);
        }
        return Tensor.of(maps, shape[0], shape[2], shape[3]);
    }

    /** The image under the masks of consecutive channels, [count, 3, H, W]. */
    private static Tensor masked(Tensor images, Tensor activations, int image, int first, int count) {
        int[] size = images.shape();
        int plane = size[2] * size[3];
        int from = image * size[1] * plane;
        float[] masked = new float[count * size[1] * plane];
        for (int k = 0; k < count; k++) {
            float[] mask = mask(activations, image, first + k, size[2], size[3]);
            for (int c = 0; c < size[1]; c++) {
                int to = (k * size[1] + c) * plane;
                for (int j = 0; j < plane; j++) {
                    masked[to + j] = images.data()[from + c * plane + j] * mask[j];
                }
            }
        }
        return Tensor.of(masked, count, size[1], size[2], size[3]);
    }

    private static float[] mask(Tensor activations, int image, int channel, int height, int width) {
        int[] shape = activations.shape();
        int area = shape[2] * shape[3];
        float[] cells = new float[area];
        System.arraycopy(activations.data(), (image * shape[1] + channel) * area, cells, 0, area);
        float[] mask = Upsampling.cornersOnCorners(cells, shape[2], shape[3], height, width);
        float low = Float.POSITIVE_INFINITY;
        float high = Float.NEGATIVE_INFINITY;
        for (float value : mask) {
            low = Math.min(low, value);
            high = Math.max(high, value);
        }
        float range = high - low;
        for (int j = 0; j < mask.length; j++) {
            mask[j] = range > 0 ? (mask[j] - low) / range : 0;
        }
        return mask;
    }

    private static void softmax(double[] scores) {
        double max = Double.NEGATIVE_INFINITY;
        for (double score : scores) {
            max = Math.max(max, score);
        }
        double sum = 0;
        for (int k = 0; k < scores.length; k++) {
            scores[k] = Math.exp(scores[k] - max);
            sum += scores[k];
        }
        for (int k = 0; k < scores.length; k++) {
            scores[k] /= sum;
        }
    }
}
