package org.gazecheck;

import java.util.List;

/**
 * What a model says about an image.
 *
 * @param candidates every class, the most probable first; their probabilities sum to 1 up to rounding
 */
public record Prediction(List<Candidate> candidates) {
    public Prediction {
        candidates = List.copyOf(candidates);
    }

    /**
     * A class.
     *
     * @param index its place in {@link Model#classes}
     * @param probability 0..1
     */
    public record Candidate(int index, String name, float probability) {}

    /** The predicted class. */
    public Candidate best() {
        return candidates.get(0);
    }
}
