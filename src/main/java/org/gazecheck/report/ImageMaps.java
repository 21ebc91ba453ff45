package org.gazecheck.report;

import java.util.List;
import org.gazecheck.results.Embedding;
import org.gazecheck.results.EmbeddingPoint;
import org.gazecheck.results.Neighbours;

/**
 * The maps of the images, where the audit made some.
 *
 * @param summary what they are worth
 * @param points lines of {@code embedding.csv}
 * @param neighbours lines of {@code neighbours.csv}; empty where the audit wrote none
 */
public record ImageMaps(Embedding summary, List<EmbeddingPoint> points, List<Neighbours> neighbours) {
    public ImageMaps {
        points = List.copyOf(points);
        neighbours = List.copyOf(neighbours);
    }
}
