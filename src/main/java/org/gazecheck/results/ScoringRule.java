package org.gazecheck.results;

import java.util.List;

/**
 * {@code scoring.json}: how a run's evaluation scores an image, and the model that this was decided for.
 *
 * @param model SHA-256 of the model's file
 * @param classes names, in the order of the network's outputs
 * @param layer that heatmaps are of
 * @param temperature that logits are divided by; 1 where none was fitted
 * @param flip whether probabilities are averaged over the image and its mirror image
 */
public record ScoringRule(
        int schemaVersion, String model, List<String> classes, String layer, double temperature, boolean flip) {
    public static final int SCHEMA_VERSION = 1;
}
