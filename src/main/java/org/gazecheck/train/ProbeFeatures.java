package org.gazecheck.train;

import java.io.IOException;
import org.gazecheck.config.TrainSettings.FeatureKind;
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
     * @param train n rows of {@code width}
     */
    static ProbeFeatures of(FeatureKind kind, FeatureRows train, int n, int width) throws IOException {
        if (kind == FeatureKind.HELLINGER) {
            return new ProbeFeatures(kind, 1, width);
        }
        double norms = 0;
        float[] row = new float[width];
        for (int i = 0; i < n; i++) {
            train.read(i, row, 0);
            double squares = 0;
            for (float value : row) {
                squares += (double) value * value;
            }
            norms += Math.sqrt(squares);
        }
        return new ProbeFeatures(kind, norms > 0 ? n / norms : 1, width);
    }

    /** The backbone's rows as the regression's. */
    FeatureRows transformed(FeatureRows features) {
        return (index, out, offset) -> {
            features.read(index, out, offset);
            if (kind == FeatureKind.HELLINGER) {
                hellinger(out, offset);
            } else {
                for (int k = offset; k < offset + width; k++) {
                    out[k] = (float) (out[k] * scale);
                }
            }
        };
    }

    private void hellinger(float[] features, int offset) {
        double sum = 0;
        for (int k = offset; k < offset + width; k++) {
            sum += (double) features[k] + HellingerHead.EPSILON;
        }
        double norm = Math.sqrt(sum);
        for (int k = offset; k < offset + width; k++) {
            features[k] = (float) (Math.sqrt((double) features[k] + HellingerHead.EPSILON) / norm);
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
