package org.gazecheck.network;

import java.util.Arrays;

/** {@code y = W f + b}. */
public record LinearHead(float[] weight, float[] bias) implements Head {
    @Override
    public float[] logits(float[] feature) {
        float[] logits = new float[classes()];
        for (int c = 0; c < logits.length; c++) {
            double sum = bias[c];
            for (int k = 0; k < feature.length; k++) {
                sum += (double) weight[c * feature.length + k] * feature[k];
            }
            logits[c] = (float) sum;
        }
        return logits;
    }

    @Override
    public float[] featureGradient(float[] feature, int c) {
        return Arrays.copyOfRange(weight, c * feature.length, (c + 1) * feature.length);
    }
}
