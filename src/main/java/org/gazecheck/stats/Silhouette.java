package org.gazecheck.stats;

/** How well points lie in their clusters (Rousseeuw 1987). */
public final class Silhouette {
    private Silhouette() {}

    /**
     * The mean over all points of {@code (b - a) / max(a, b)}, with a the mean distance to the other points of its cluster
     * and b the least mean distance to the points of another one; 0 for the only point of a cluster, and where there is
     * one cluster only. -1..1.
     *
     * @param points [n][d]
     * @param clusters [n] from 0
     */
    public static double mean(double[][] points, int[] clusters) {
        int count = 0;
        for (int cluster : clusters) {
            count = Math.max(count, cluster + 1);
        }
        int[] sizes = new int[count];
        for (int cluster : clusters) {
            sizes[cluster]++;
        }
        double sum = 0;
        for (int i = 0; i < points.length; i++) {
            double[] distances = new double[count];
            for (int j = 0; j < points.length; j++) {
                distances[clusters[j]] += distance(points[i], points[j]);
            }
            sum += of(distances, sizes, clusters[i]);
        }
        return sum / points.length;
    }

    private static double of(double[] distances, int[] sizes, int own) {
        double other = Double.POSITIVE_INFINITY;
        for (int c = 0; c < sizes.length; c++) {
            if (c != own && sizes[c] > 0) {
                other = Math.min(other, distances[c] / sizes[c]);
            }
        }
        if (sizes[own] == 1 || other == Double.POSITIVE_INFINITY) {
            return 0;
        }
        double inside = distances[own] / (sizes[own] - 1);
        double larger = Math.max(inside, other);
        return larger == 0 ? 0 : (other - inside) / larger;
    }

    private static double distance(double[] a, double[] b) {
        double sum = 0;
        for (int j = 0; j < a.length; j++) {
            sum += (a[j] - b[j]) * (a[j] - b[j]);
        }
        return Math.sqrt(sum);
    }
}
