package org.gazecheck.results;

import java.util.List;

/**
 * What the model said about one image, a line of {@code predictions.csv}.
 *
 * @param path relative to the data folder
 * @param label true class name; empty where nobody gave one
 * @param predicted predicted class name
 * @param pLabel probability of the true class; NaN without a label
 * @param pPredicted probability of the predicted class
 * @param rank of the true class, 1 = first; 0 without a label
 * @param top5 best classes first (fewer when there are fewer classes)
 */
public record Prediction(
        String path,
        String sha256,
        Split split,
        String label,
        String predicted,
        float pLabel,
        float pPredicted,
        int rank,
        List<Ranked> top5) {
    private static final double CONTRADICTED = 0.5;

    /**
     * One entry of the best classes.
     *
     * @param index column of {@code probabilities.npy}
     */
    public record Ranked(int index, float probability) {}

    public boolean labelled() {
        return rank > 0;
    }

    public boolean correct() {
        return rank == 1;
    }

    /**
     * How much surer the network is of the first class than of the second, {@code ln(p1 / p2)}: it still tells images
     * apart whose probabilities are all rounded to 1. Infinite where the second is 0 or there is none.
     */
    public double margin() {
        return top5.size() < 2
                ? Double.POSITIVE_INFINITY
                : Math.log(top5.get(0).probability()) - Math.log(top5.get(1).probability());
    }

    /** Whether there is a label and another class is more probable by at least 0.5. */
    public boolean contradicted() {
        return labelled() && pPredicted - pLabel >= CONTRADICTED;
    }

    /** Whether there is a label and it is another class than the predicted one. */
    public boolean wrong() {
        return rank > 1;
    }
}
