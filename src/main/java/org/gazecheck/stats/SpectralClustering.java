package org.gazecheck.stats;

import java.util.Arrays;
import java.util.SplittableRandom;

/**
 * Clusters of points that hang together through near neighbours (Ng, Jordan and Weiss 2001; von Luxburg 2007): k-means
 * on the rows of the leading eigenvectors of the normalised graph of nearest neighbours, each row scaled to length 1.
 * How many clusters there are is where the eigenvalues drop most (the eigengap), as SpRAy has it (Lapuschkin et al.
 * 2019).
 *
 * @param eigenvalues of the normalised graph, descending from 1; one more than the most clusters asked for
 * @param clusters [n] the cluster of each point, from 0
 * @param count how many clusters
 */
public record SpectralClustering(double[] eigenvalues, int[] clusters, int count) {
    private static final int NEIGHBOURS = 10;
    private static final double NONE = 1e-12;

    /**
     * @param points [n][d]
     * @param most clusters, at least 2; n is larger
     * @throws IllegalArgumentException for fewer points
     */
    public static SpectralClustering of(double[][] points, int most, SplittableRandom random) {
        if (most < 2 || points.length <= most) {
            throw new IllegalArgumentException(points.length + " points in up to " + most + " clusters");
        }
        NeighbourGraph graph = NeighbourGraph.of(points, Math.min(NEIGHBOURS, points.length - 1));
        LeadingVectors leading = LeadingVectors.of(graph, most + 1, random);
        double[] eigenvalues = Arrays.copyOf(leading.values(), most + 1);
        int count = gap(eigenvalues);
        double[][] rows = new double[points.length][count];
        for (int i = 0; i < rows.length; i++) {
            double squares = 0;
            for (int v = 0; v < count; v++) {
                squares += leading.vectors()[i][v] * leading.vectors()[i][v];
            }
            double norm = Math.sqrt(squares);
            for (int v = 0; v < count; v++) {
                rows[i][v] = norm > NONE ? leading.vectors()[i][v] / norm : 0;
            }
        }
        return new SpectralClustering(
                eigenvalues, KMeans.of(rows, count, random).clusters(), count);
    }

    private static int gap(double[] eigenvalues) {
        int best = 2;
        for (int k = 2; k < eigenvalues.length; k++) {
            if (eigenvalues[k - 1] - eigenvalues[k] > eigenvalues[best - 1] - eigenvalues[best]) {
                best = k;
            }
        }
        return best;
    }
}
