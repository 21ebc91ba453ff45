package org.gazecheck.results;

/**
 * Where an image lies on the two maps of the images, a line of {@code embedding.csv}. Coordinates have no unit; they are NaN
 * where a map has not the image.
 *
 * @param featuresX by what the network makes of images before its head
 * @param heatmapX by where its evidence lies: the heatmap of the predicted class
 */
public record EmbeddingPoint(
        String path,
        String sha256,
        Split split,
        double featuresX,
        double featuresY,
        double heatmapX,
        double heatmapY) {}
