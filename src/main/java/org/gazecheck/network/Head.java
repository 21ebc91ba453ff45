package org.gazecheck.network;

/**
 * From the globally average-pooled activations ({@code features}, [n, d], never negative) to logits [n, classes]. It
 * sees the image through nothing else, so the gradient of a logit with respect to the last block's activations is
 * {@link #featureGradient} divided by the map's area: constant over the map.
 */
public sealed interface Head permits LinearHead, HellingerHead {
    /** [classes, d]. */
    float[] weight();

    /** [classes]. */
    float[] bias();

    default int classes() {
        return bias().length;
    }

    /** d. */
    default int features() {
        return weight().length / bias().length;
    }

    /** Logits [classes] of one feature vector [d]. */
    float[] logits(float[] feature);

    /** {@code dy^c/df} [d] at one feature vector [d]. */
    float[] featureGradient(float[] feature, int c);
}
