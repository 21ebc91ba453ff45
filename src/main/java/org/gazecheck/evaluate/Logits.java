package org.gazecheck.evaluate;

/**
 * Class scores before softmax.
 *
 * @param values [images, classes]
 */
public record Logits(int images, int classes, float[] values) implements ClassScores {
    public Logits {
        if (images < 0 || classes < 1 || values.length != Math.multiplyExact(images, classes)) {
            throw new IllegalArgumentException(images + " images of " + classes + " classes: " + values.length);
        }
        for (int i = 0; i < images; i++) {
            requireFinite(values, i * classes, classes, i);
        }
    }

    /** All of them, in memory. */
    static Logits of(ClassScores rows) {
        float[] values = new float[Math.multiplyExact(rows.images(), rows.classes())];
        float[] row = new float[rows.classes()];
        for (int i = 0; i < rows.images(); i++) {
            rows.read(i, row);
            System.arraycopy(row, 0, values, i * row.length, row.length);
        }
        return new Logits(rows.images(), rows.classes(), values);
    }

    /** @param image whose scores begin at {@code from}, for the message */
    static void requireFinite(float[] scores, int from, int classes, int image) {
        for (int c = 0; c < classes; c++) {
            if (!Float.isFinite(scores[from + c])) {
                throw new IllegalArgumentException("score of image " + image + " for class " + c + " is "
                        + scores[from + c] + ": the model is damaged, train it again");
            }
        }
    }

    @Override
    public void read(int image, float[] row) {
        System.arraycopy(values, image * classes, row, 0, classes);
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
            probabilities(values, i * classes, temperature, log, probabilities);
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
     * The same of the scores that begin at {@code from}, which is where they go, too.
     *
     * @param log [classes], overwritten
     */
    static void probabilities(float[] scores, int from, double temperature, double[] log, float[] out) {
        logSoftmax(scores, from, temperature, log);
        for (int c = 0; c < log.length; c++) {
            out[from + c] = (float) Math.exp(log[c]);
        }
    }

    /**
     * The class with the highest score of an image; of equal ones the first. No temperature changes it.
     */
    public int best(int image) {
        return best(values, image * classes, classes);
    }

    /** The place of a class in an image's ranking, 1 = first; of equal scores the lower class comes first. */
    public int rank(int image, int label) {
        return rank(values, image * classes, classes, label);
    }

    /** {@code log softmax(logits / temperature)} of one image into {@code out} [classes]. */
    void logSoftmax(int image, double temperature, double[] out) {
        logSoftmax(values, image * classes, temperature, out);
    }

    /** As {@link #best(int)}, of the scores that begin at {@code from}. */
    static int best(float[] scores, int from, int classes) {
        int best = 0;
        for (int c = 1; c < classes; c++) {
            if (scores[from + c] > scores[from + best]) {
                best = c;
            }
        }
        return best;
    }

    /** As {@link #rank(int, int)}, of the scores that begin at {@code from}. */
    static int rank(float[] scores, int from, int classes, int label) {
        float own = scores[from + label];
        int rank = 1;
        for (int c = 0; c < classes; c++) {
            float s = scores[from + c];
            if (s > own || s == own && c < label) {
                rank++;
            }
        }
        return rank;
    }

    /** As {@link #logSoftmax(int, double, double[])}, of the scores that begin at {@code from}. */
    static void logSoftmax(float[] scores, int from, double temperature, double[] out) {
        double max = scores[from + best(scores, from, out.length)] / temperature;
        double sum = 0;
        for (int c = 0; c < out.length; c++) {
            out[c] = scores[from + c] / temperature - max;
            sum += Math.exp(out[c]);
        }
        double log = Math.log(sum);
        for (int c = 0; c < out.length; c++) {
            out[c] -= log;
        }
    }
}
