package org.gazecheck.stats;

import java.util.Arrays;
import java.util.stream.IntStream;

/**
 * The graph of nearest neighbours: points are joined by 1 where each is among the other's k nearest, by 1/2 where one
 * is; every point is joined to itself.
 *
 * @param columns [n][.] of the entries that are not 0
 * @param weights [n][.] of the entries, divided by the roots of both points' sums: {@code D^-1/2 W D^-1/2}
 */
record NeighbourGraph(int[][] columns, double[][] weights) {
    /**
     * @param points [n][d]
     * @param neighbours k, less than n
     */
    static NeighbourGraph of(double[][] points, int neighbours) {
        int n = points.length;
        int[][] nearest = NearestNeighbours.of(points, neighbours).indices();
        double[] sums = new double[n];
        int[][] columns = new int[n][];
        double[][] weights = new double[n][];
        int[][] nearestOf = transposed(nearest);
        for (int i = 0; i < n; i++) {
            columns[i] = IntStream.concat(
                            IntStream.of(i), IntStream.concat(Arrays.stream(nearest[i]), Arrays.stream(nearestOf[i])))
                    .distinct()
                    .sorted()
                    .toArray();
            weights[i] = new double[columns[i].length];
            for (int e = 0; e < columns[i].length; e++) {
                int j = columns[i][e];
                weights[i][e] = i == j ? 1 : (contains(nearest[i], j) + contains(nearest[j], i)) / 2.0;
                sums[i] += weights[i][e];
            }
        }
        for (int i = 0; i < n; i++) {
            for (int e = 0; e < columns[i].length; e++) {
                weights[i][e] /= Math.sqrt(sums[i] * sums[columns[i][e]]);
            }
        }
        return new NeighbourGraph(columns, weights);
    }

    private static int[][] transposed(int[][] nearest) {
        int[] sizes = new int[nearest.length];
        for (int[] row : nearest) {
            for (int j : row) {
                sizes[j]++;
            }
        }
        int[][] transposed = new int[nearest.length][];
        for (int j = 0; j < sizes.length; j++) {
            transposed[j] = new int[sizes[j]];
        }
        for (int i = nearest.length - 1; i >= 0; i--) {
            for (int j : nearest[i]) {
                transposed[j][--sizes[j]] = i;
            }
        }
        return transposed;
    }

    private static int contains(int[] row, int wanted) {
        for (int value : row) {
            if (value == wanted) {
                return 1;
            }
        }
        return 0;
    }

    int size() {
        return columns.length;
    }

    /** The matrix times a block of vectors [n][b]. */
    double[][] times(double[][] block) {
        int width = block[0].length;
        double[][] product = new double[columns.length][width];
        for (int i = 0; i < columns.length; i++) {
            for (int e = 0; e < columns[i].length; e++) {
                double weight = weights[i][e];
                double[] row = block[columns[i][e]];
                for (int v = 0; v < width; v++) {
                    product[i][v] += weight * row[v];
                }
            }
        }
        return product;
    }
}
