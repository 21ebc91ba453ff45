package org.gazecheck.results;

import java.util.List;

/**
 * What the model said about one image, a line of {@code predictions.csv}.
 *
 * @param path relative to the data folder
 * @param label true class name
 * @param predicted predicted class name
 * @param pLabel probability of the true class
 * @param pPredicted probability of the predicted class
 * @param rank of the true class, 1 = first
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

    /**
     * One entry of the best classes.
     *
     * @param index column of {@code probabilities.npy}
     */
    public record Ranked(int index, float probability) {}

    public boolean correct() {
        return rank == 1;
    }
}
