package org.gazecheck.train;

import java.util.stream.IntStream;
import org.gazecheck.config.Configuration.FeatureKind;
import org.gazecheck.network.Head;
import org.gazecheck.network.HellingerHead;
import org.gazecheck.network.LinearHead;

/**
 * What the probe's regression sees of the backbone's features, and how its weights become a head for those.
 *
 * @param scale factor of plain features; 1 for Hellinger
 */
record ProbeFeatures(FeatureKind kind, double scale, int width) {

    /**
     * Plain features are divided by their mean norm over {@code train}; Hellinger features need nothing of it.
     *
     * @param train [n, width]
     */
    static ProbeFeatures of(FeatureKind kind, float[] train, int width) {
        if (kind == FeatureKind.HELLINGER) {
            return new ProbeFeatures(kind, 1, width);
        }
        double norms = 0;
        int n = train.length / width;
        for (int i = 0; i < n; i++) {
            double squares = 0;
            for (int k = i * width; k < (i + 1) * width; k++) {
                squares += (double) train[k] * train[k];
            }
            norms += Math.sqrt(squares);
        }
        return new ProbeFeatures(kind, norms > 0 ? n / norms : 1, width);
    }

    /** [n, width] of the backbone to [n, width] of the regression. */
    float[] transform(float[] features) {
        float[] out = new float[features.length];
        IntStream.range(0, features.length / width).parallel().forEach(i -> {
            if (kind == FeatureKind.HELLINGER) {
                hellinger(features, i * width, out);
            } else {
                for (int k = i * width; k < (i + 1) * width; k++) {
                    out[k] = (float) (features[k] * scale);
                }
            }
        });
        return out;
    }

    private void hellinger(float[] features, int offset, float[] out) {
        double sum = 0;
        for (int k = offset; k < offset + width; k++) {
            sum += (double) features[k] + HellingerHead.EPSILON;
        }
        double norm = Math.sqrt(sum);
        for (int k = offset; k < offset + width; k++) {
            out[k] = (float) (Math.sqrt((double) features[k] + HellingerHead.EPSILON) / norm);
        }
    }

    /**
     * The head that on the backbone's features computes what the regression does on transformed ones.
     *
     * @param solution W [classes, width], then b [classes]
     */
    Head head(double[] solution, int classes) {
        float[] weight = new float[classes * width];
        float[] bias = new float[classes];
        for (int i = 0; i < weight.length; i++) {
            weight[i] = (float) (solution[i] * scale);
        }
        for (int c = 0; c < classes; c++) {
            bias[c] = (float) solution[weight.length + c];
        }
        return kind == FeatureKind.HELLINGER
                ? new HellingerHead(weight, bias, HellingerHead.EPSILON)
                : new LinearHead(weight, bias);
    }
}
