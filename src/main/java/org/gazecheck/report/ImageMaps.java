package org.gazecheck.report;

import java.util.List;
import org.gazecheck.results.Embedding;
import org.gazecheck.results.EmbeddingPoint;

/**
 * The maps of the images, where the audit made some.
 *
 * @param summary what they are worth
 * @param points lines of {@code embedding.csv}
 */
public record ImageMaps(Embedding summary, List<EmbeddingPoint> points) {
    public ImageMaps {
        points = List.copyOf(points);
    }
}
