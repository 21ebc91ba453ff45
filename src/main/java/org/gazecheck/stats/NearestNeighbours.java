package org.gazecheck.stats;

import java.util.Arrays;
import java.util.stream.IntStream;

/**
 * The nearest other points of every point; of equally near ones the earlier comes first. Time n² d, memory n k.
 *
 * @param indices [n][k] the nearest first
 * @param squares [n][k] squared distances, rising
 */
record NearestNeighbours(int[][] indices, double[][] squares) {
    /**
     * @param points [n][d]
     * @param k less than n
     */
    static NearestNeighbours of(double[][] points, int k) {
        int[][] indices = new int[points.length][];
        double[][] squares = new double[points.length][];
        IntStream.range(0, points.length).parallel().forEach(i -> {
            indices[i] = new int[k];
            squares[i] = new double[k];
            nearest(points, i, indices[i], squares[i]);
        });
        return new NearestNeighbours(indices, squares);
    }

    private static void nearest(double[][] points, int i, int[] nearest, double[] least) {
        int k = nearest.length;
        Arrays.fill(least, Double.POSITIVE_INFINITY);
        int found = 0;
        for (int j = 0; j < points.length; j++) {
            double square = j == i ? Double.POSITIVE_INFINITY : squared(points[i], points[j], least[k - 1]);
            if (square < least[k - 1]) {
                int at = Math.min(found++, k - 1);
                for (; at > 0 && least[at - 1] > square; at--) {
                    least[at] = least[at - 1];
                    nearest[at] = nearest[at - 1];
                }
                least[at] = square;
                nearest[at] = j;
            }
        }
    }

    /** The squared distance; of one that is at least {@code most} a part of it, which is no less than that. */
    private static double squared(double[] a, double[] b, double most) {
        double sum = 0;
        for (int j = 0; j < a.length && sum < most; j++) {
            double off = a[j] - b[j];
            sum += off * off;
        }
        return sum;
    }
}
