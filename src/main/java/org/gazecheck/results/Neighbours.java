package org.gazecheck.results;

import java.util.List;

/**
 * The images most like an image, the nearest first, a line of {@code neighbours.csv}.
 *
 * @param features by what the network makes of images before its head: rows of {@code predictions.csv}, from 0; at most 20,
 *     empty where it has none
 * @param heatmap by where the evidence for the predicted class lies
 */
public record Neighbours(String path, String sha256, Split split, List<Integer> features, List<Integer> heatmap) {
    public Neighbours {
        features = List.copyOf(features);
        heatmap = List.copyOf(heatmap);
    }
}
