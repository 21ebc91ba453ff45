package org.gazecheck.stats;

import java.util.Arrays;
import java.util.stream.IntStream;

/**
 * How far a map keeps neighbours (Venna and Kaski 2001): {@code 1 - 2 / (n k (2n - 3k - 1)) sum of (rank - k)} over those that
 * are among a point's k nearest on one side and not on the other, with their rank there. 1 keeps all; a map drawn at random has
 * about 0.5.
 *
 * @param trustworthiness of what is near on the map: ranks among the points
 * @param continuity of what is near among the points: ranks on the map
 */
public record NeighbourPreservation(double trustworthiness, double continuity) {
    /**
     * The mean over some points, with neighbours among all. Time asked (n d + n k).
     *
     * @param points [n][d]
     * @param map [n][2]
     * @param k less than n / 2
     * @param asked indices of the points whose neighbours are looked at
     */
    public static NeighbourPreservation of(float[][] points, double[][] map, int k, int[] asked) {
        int n = points.length;
        if (k < 1 || 2 * k >= n) {
            throw new IllegalArgumentException(k + " neighbours of " + n + " points");
        }
        long[][] missed = Arrays.stream(asked)
                .parallel()
                .mapToObj(i -> {
                    double[] far = distances(points, i);
                    double[] near = distances(map, i);
                    return new long[] {beyond(near, far, i, k), beyond(far, near, i, k)};
                })
                .toArray(long[][]::new);
        double scale = 2.0 / ((double) asked.length * k * (2.0 * n - 3.0 * k - 1));
        return new NeighbourPreservation(
                1 - scale * Arrays.stream(missed).mapToLong(m -> m[0]).sum(),
                1 - scale * Arrays.stream(missed).mapToLong(m -> m[1]).sum());
    }

    /** The sum, over the k nearest by one distance, of how far they rank beyond k by the other. */
    private static long beyond(double[] distances, double[] others, int i, int k) {
        long sum = 0;
        boolean[] taken = new boolean[distances.length];
        taken[i] = true;
        for (int rank = 0; rank < k; rank++) {
            int nearest = -1;
            for (int j = 0; j < distances.length; j++) {
                if (!taken[j] && (nearest < 0 || distances[j] < distances[nearest])) {
                    nearest = j;
                }
            }
            taken[nearest] = true;
            sum += Math.max(0, rank(others, i, nearest) - k);
        }
        return sum;
    }

    /** From 1; of equally near ones the earlier ranks first. */
    private static int rank(double[] distances, int i, int of) {
        int rank = 1;
        for (int j = 0; j < distances.length; j++) {
            boolean before = distances[j] < distances[of] || distances[j] == distances[of] && j < of;
            rank += j != i && before ? 1 : 0;
        }
        return rank;
    }

    private static double[] distances(float[][] points, int i) {
        return IntStream.range(0, points.length)
                .mapToDouble(j -> {
                    double sum = 0;
                    for (int c = 0; c < points[i].length; c++) {
                        double off = points[i][c] - points[j][c];
                        sum += off * off;
                    }
                    return sum;
                })
                .toArray();
    }

    private static double[] distances(double[][] map, int i) {
        return IntStream.range(0, map.length)
                .mapToDouble(j -> Math.hypot(map[i][0] - map[j][0], map[i][1] - map[j][1]))
                .toArray();
    }
}
