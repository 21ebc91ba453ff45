package org.gazecheck.evaluate;

/**
 * One number that calibrates probabilities (Guo et al. 2017): logits are divided by the temperature {@code T} that
 * minimises the log loss {@code -mean log softmax(z / T)_y} on val. The loss is convex in {@code 1/T}; its slope there,
 * {@code mean(sum_c p_c z_c - z_y)}, is brought to zero by bisection.
 */
public final class TemperatureScaling {
    /** Temperatures outside [1/64, 64] are not tried: they are reached only when all answers are right, or none. */
    private static final double LIMIT = 64;

    private static final int HALVINGS = 60;

    private TemperatureScaling() {}

    /**
     * The best temperature, within 1/64..64.
     *
     * @param logits of val
     * @param labels [images]
     * @throws IllegalArgumentException without images
     */
    public static double fit(Logits logits, int[] labels) {
        if (labels.length == 0 || labels.length != logits.images()) {
            throw new IllegalArgumentException(labels.length + " labels for " + logits.images() + " images");
        }
        double low = -Math.log(LIMIT);
        double high = Math.log(LIMIT);
        for (int i = 0; i < HALVINGS; i++) {
            double middle = (low + high) / 2;
            if (slope(logits, labels, Math.exp(-middle)) > 0) {
                low = middle;
            } else {
                high = middle;
            }
        }
        return Math.exp((low + high) / 2);
    }

    /** The derivative of the log loss with respect to {@code 1/T}: positive when probabilities are too sure. */
    static double slope(Logits logits, int[] labels, double inverse) {
        int classes = logits.classes();
        double[] log = new double[classes];
        double sum = 0;
        for (int i = 0; i < labels.length; i++) {
            logits.logSoftmax(i, 1 / inverse, log);
            float own = logits.values()[i * classes + labels[i]];
            for (int c = 0; c < classes; c++) {
                sum += Math.exp(log[c]) * (logits.values()[i * classes + c] - own);
            }
        }
        return sum / labels.length;
    }

    /** {@code -mean log softmax(z / T)_y}, in nats. */
    public static double logLoss(Logits logits, int[] labels, double temperature) {
        double[] log = new double[logits.classes()];
        double sum = 0;
        for (int i = 0; i < labels.length; i++) {
            logits.logSoftmax(i, temperature, log);
            sum -= log[labels[i]];
        }
        return sum / labels.length;
    }
}
