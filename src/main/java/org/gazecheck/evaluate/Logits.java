package org.gazecheck.evaluate;

/**
 * Class scores before softmax.
 *
 * @param values [images, classes]
 */
public record Logits(int images, int classes, float[] values) {
    public Logits {
        if (images < 0 || classes < 1 || values.length != Math.multiplyExact(images, classes)) {
            throw new IllegalArgumentException(images + " images of " + classes + " classes: " + values.length);
        }
        for (int i = 0; i < values.length; i++) {
            if (!Float.isFinite(values[i])) {
                throw new IllegalArgumentException("score of image " + i / classes + " for class " + i % classes
                        + " is " + values[i] + ": the model is damaged, train it again");
            }
        }
    }

    /**
     * Flip averaging: the logarithm of the mean of the softmax probabilities of both, which softmax turns back into that
     * mean.
     *
     * @param other of the mirror images, same shape
     */
    public Logits averagedWith(Logits other) {
        if (other.images != images || other.classes != classes) {
            throw new IllegalArgumentException("logits of different shapes");
        }
        float[] average = new float[values.length];
        double[] a = new double[classes];
        double[] b = new double[classes];
        for (int i = 0; i < images; i++) {
            logSoftmax(i, 1, a);
            other.logSoftmax(i, 1, b);
            for (int c = 0; c < classes; c++) {
                double high = Math.max(a[c], b[c]);
                double low = Math.min(a[c], b[c]);
                average[i * classes + c] = (float) (high + Math.log1p(Math.exp(low - high)) - Math.log(2));
            }
        }
        return new Logits(images, classes, average);
    }

    /**
     * Probabilities as {@code probabilities.npy} has them: softmax of {@code logits / temperature}, in double precision,
     * rounded once.
     *
     * @return [images, classes], each row's sum 1 up to rounding
     */
    public float[] probabilities(double temperature) {
        float[] probabilities = new float[values.length];
        double[] log = new double[classes];
        for (int i = 0; i < images; i++) {
            logSoftmax(i, temperature, log);
            for (int c = 0; c < classes; c++) {
                probabilities[i * classes + c] = (float) Math.exp(log[c]);
            }
        }
        return probabilities;
    }

    /** As {@link #probabilities}, of properties that do not exclude each other: each one's sigmoid, [images, classes]. */
    public float[] sigmoids() {
        float[] probabilities = new float[values.length];
        for (int i = 0; i < values.length; i++) {
            probabilities[i] = (float) (1 / (1 + Math.exp(-values[i])));
        }
        return probabilities;
    }

    /**
     * The class with the highest score of an image; of equal ones the first. No temperature changes it.
     */
    public int best(int image) {
        int best = 0;
        for (int c = 1; c < classes; c++) {
            if (score(image, c) > score(image, best)) {
                best = c;
            }
        }
        return best;
    }

    /** The place of a class in an image's ranking, 1 = first; of equal scores the lower class comes first. */
    public int rank(int image, int label) {
        float own = score(image, label);
        int rank = 1;
        for (int c = 0; c < classes; c++) {
            float s = score(image, c);
            if (s > own || s == own && c < label) {
                rank++;
            }
        }
        return rank;
    }

    /** {@code log softmax(logits / temperature)} of one image into {@code out} [classes]. */
    void logSoftmax(int image, double temperature, double[] out) {
        double max = score(image, best(image)) / temperature;
        double sum = 0;
        for (int c = 0; c < classes; c++) {
            out[c] = score(image, c) / temperature - max;
            sum += Math.exp(out[c]);
        }
        double log = Math.log(sum);
        for (int c = 0; c < classes; c++) {
            out[c] -= log;
        }
    }

    private float score(int image, int c) {
        return values[image * classes + c];
    }
}
