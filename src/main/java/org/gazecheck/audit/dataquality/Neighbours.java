package org.gazecheck.audit.dataquality;

import java.util.Arrays;
import java.util.stream.IntStream;

/**
 * The nearest rows of a reference by cosine distance, itself excluded.
 *
 * @param indices [n][k] rows of the reference, the nearest first; fewer than k where there are fewer
 * @param distances [n][k] 0..2, rising
 */
record Neighbours(int[][] indices, double[][] distances) {
    /**
     * @param features [n][d]
     * @param references rows that are compared with
     */
    static Neighbours of(float[][] features, int[] references, int k) {
        float[][] directions = IntStream.range(0, features.length)
                .mapToObj(i -> direction(features[i]))
                .toArray(float[][]::new);
        int[][] indices = new int[features.length][];
        double[][] distances = new double[features.length][];
        IntStream.range(0, features.length)
                .parallel()
                .forEach(i -> nearest(directions, i, references, k, indices, distances));
        return new Neighbours(indices, distances);
    }

    /** Of equal ones the earlier reference comes first. */
    private static void nearest(
            float[][] directions, int i, int[] references, int k, int[][] indices, double[][] distances) {
        int[] nearest = new int[k];
        double[] least = new double[k];
        int n = 0;
        for (int j : references) {
            if (j == i) {
                continue;
            }
            double distance = 1 - dot(directions[i], directions[j]);
            if (n == k && distance >= least[k - 1]) {
                continue;
            }
            int at = n < k ? n++ : k - 1;
            for (; at > 0 && least[at - 1] > distance; at--) {
                least[at] = least[at - 1];
                nearest[at] = nearest[at - 1];
            }
            least[at] = distance;
            nearest[at] = j;
        }
        indices[i] = Arrays.copyOf(nearest, n);
        distances[i] = Arrays.copyOf(least, n);
    }

    private static float[] direction(float[] feature) {
        double squares = dot(feature, feature);
        double norm = squares > 0 ? Math.sqrt(squares) : 1;
        float[] direction = new float[feature.length];
        for (int k = 0; k < direction.length; k++) {
            direction[k] = (float) (feature[k] / norm);
        }
        return direction;
    }

    /** In four sums, which lets the processor overlap them. */
    private static double dot(float[] a, float[] b) {
        float s0 = 0;
        float s1 = 0;
        float s2 = 0;
        float s3 = 0;
        int k = 0;
        for (; k + 3 < a.length; k += 4) {
            s0 += a[k] * b[k];
            s1 += a[k + 1] * b[k + 1];
            s2 += a[k + 2] * b[k + 2];
            s3 += a[k + 3] * b[k + 3];
        }
        for (; k < a.length; k++) {
            s0 += a[k] * b[k];
        }
        return (double) s0 + s1 + s2 + s3;
    }
}
