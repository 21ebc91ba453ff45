package org.gazecheck.stats;

import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import org.apache.commons.math3.ml.clustering.CentroidCluster;
import org.apache.commons.math3.ml.clustering.Clusterable;
import org.apache.commons.math3.ml.clustering.KMeansPlusPlusClusterer;
import org.apache.commons.math3.ml.clustering.MultiKMeansPlusPlusClusterer;
import org.apache.commons.math3.ml.distance.EuclideanDistance;
import org.apache.commons.math3.random.Well19937c;

/**
 * Clusters by k-means++ (Arthur and Vassilvitskii 2007), the best of several starts; commons-math3's, with its random
 * numbers derived from ours.
 *
 * @param centres [k][d]
 * @param clusters [n] the cluster of each point, 0..k-1
 */
public record KMeans(double[][] centres, int[] clusters) {
    private static final int MOST_ITERATIONS = 200;
    private static final int STARTS = 8;

    /** A point that remembers its place. */
    private record Place(int index, double[] point) implements Clusterable {
        @Override
        public double[] getPoint() {
            return point;
        }
    }

    /**
     * @param points [n][d], n at least k
     * @param k how many clusters
     */
    public static KMeans of(double[][] points, int k, SplittableRandom random) {
        List<Place> places = IntStream.range(0, points.length)
                .mapToObj(i -> new Place(i, points[i]))
                .toList();
        KMeansPlusPlusClusterer<Place> single = new KMeansPlusPlusClusterer<>(
                k, MOST_ITERATIONS, new EuclideanDistance(), new Well19937c(random.nextLong()));
        List<CentroidCluster<Place>> found = new MultiKMeansPlusPlusClusterer<>(single, STARTS).cluster(places);
        double[][] centres = new double[k][];
        int[] clusters = new int[points.length];
        for (int c = 0; c < k; c++) {
            centres[c] = found.get(c).getCenter().getPoint();
            for (Place place : found.get(c).getPoints()) {
                clusters[place.index] = c;
            }
        }
        return new KMeans(centres, clusters);
    }

    /** The cluster whose centre is nearest to a point [d]. */
    public int nearest(double[] point) {
        int nearest = 0;
        double least = Double.POSITIVE_INFINITY;
        for (int c = 0; c < centres.length; c++) {
            double distance = 0;
            for (int j = 0; j < point.length; j++) {
                double off = point[j] - centres[c][j];
                distance += off * off;
            }
            if (distance < least) {
                least = distance;
                nearest = c;
            }
        }
        return nearest;
    }
}
