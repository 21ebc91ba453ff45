package org.gazecheck.audit.association;

import java.util.List;
import java.util.stream.IntStream;
import org.gazecheck.stats.Contingency;

/**
 * How often classes and kinds of scene go together.
 *
 * @param classes how many
 * @param kinds [clusterings][n] the kind of each scene
 * @param sizes [clusterings] how many kinds there are
 */
record SceneCounts(int classes, int[][] kinds, int[] sizes) {
    /** Where a class is most over-represented. */
    record Place(int clustering, int kind, double residual) {}

    static SceneCounts of(int classes, SceneClusters clusters, List<double[]> descriptors) {
        int count = clusters.clusterings().size();
        int[][] kinds = IntStream.range(0, count)
                .mapToObj(c ->
                        descriptors.stream().mapToInt(d -> clusters.kind(c, d)).toArray())
                .toArray(int[][]::new);
        int[] sizes = clusters.clusterings().stream()
                .mapToInt(clustering -> clustering.centres().length)
                .toArray();
        return new SceneCounts(classes, kinds, sizes);
    }

    /** @param labels [n] the class of each scene */
    Contingency table(int clustering, int[] labels) {
        return Contingency.of(labels, classes, kinds[clustering], sizes[clustering]);
    }

    /** [classes] the kind of scene of the largest adjusted residual over all clusterings. */
    Place[] places(int[] labels) {
        Place[] best = new Place[classes];
        for (int c = 0; c < kinds.length; c++) {
            double[][] residuals = table(c, labels).residuals();
            for (int label = 0; label < classes; label++) {
                for (int k = 0; k < sizes[c]; k++) {
                    if (best[label] == null || residuals[label][k] > best[label].residual) {
                        best[label] = new Place(c, k, residuals[label][k]);
                    }
                }
            }
        }
        return best;
    }
}
