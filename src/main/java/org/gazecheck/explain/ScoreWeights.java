package org.gazecheck.explain;

import org.gazecheck.network.Tensor;

/** The score that a map explains, as weights [n, classes] of the logits: {@code y_i = sum_c w_ic logit_ic}. */
public final class ScoreWeights {
    private ScoreWeights() {}

    /** One class's logit each. @param targets [n] */
    public static Tensor of(int[] targets, int classes) {
        float[] weights = new float[targets.length * classes];
        for (int i = 0; i < targets.length; i++) {
            weights[i * classes + targets[i]] = 1;
        }
        return Tensor.of(weights, targets.length, classes);
    }

    /**
     * One class rather than another: the difference of their logits, which is zero, and its map with it, where both are
     * the same class.
     *
     * @param rather [n]
     * @param than [n]
     */
    public static Tensor contrast(int[] rather, int[] than, int classes) {
        Tensor weights = of(rather, classes);
        for (int i = 0; i < than.length; i++) {
            weights.data()[i * classes + than[i]] -= 1;
        }
        return weights;
    }

    /** The score of row {@code row} of logits under the weights of image {@code image}. */
    static double score(Tensor logits, int row, Tensor weights, int image) {
        int classes = weights.shape()[1];
        double score = 0;
        for (int c = 0; c < classes; c++) {
            float weight = weights.data()[image * classes + c];
            if (weight != 0) {
                score += (double) weight * logits.data()[row * classes + c];
            }
        }
        return score;
    }
}
