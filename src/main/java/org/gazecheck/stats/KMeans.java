package org.gazecheck.stats;

import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import org.apache.commons.math3.ml.clustering.CentroidCluster;
import org.apache.commons.math3.ml.clustering.Clusterable;
import org.apache.commons.math3.ml.clustering.KMeansPlusPlusClusterer;
import org.apache.commons.math3.ml.distance.EuclideanDistance;
import org.apache.commons.math3.random.Well19937c;

/**
 * Clusters by k-means++ (Arthur and Vassilvitskii 2007): commons-math3's, with its random numbers derived from ours, and of
 * several starts the one of least squared distances. (Its own choice among starts goes by the variance of distances.)
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
        KMeansPlusPlusClusterer<Place> clusterer = new KMeansPlusPlusClusterer<>(
                k, MOST_ITERATIONS, new EuclideanDistance(), new Well19937c(random.nextLong()));
        KMeans best = of(clusterer.cluster(places), points.length);
        double least = best.squares(points);
        for (int start = 1; start < STARTS; start++) {
            KMeans found = of(clusterer.cluster(places), points.length);
            double squares = found.squares(points);
            if (squares < least) {
                best = found;
                least = squares;
            }
        }
        return best;
    }

    private static KMeans of(List<CentroidCluster<Place>> found, int n) {
        double[][] centres = new double[found.size()][];
        int[] clusters = new int[n];
        for (int c = 0; c < centres.length; c++) {
            centres[c] = found.get(c).getCenter().getPoint();
            for (Place place : found.get(c).getPoints()) {
                clusters[place.index] = c;
            }
        }
        return new KMeans(centres, clusters);
    }

    private double squares(double[][] points) {
        double sum = 0;
        for (int i = 0; i < points.length; i++) {
            sum += squared(points[i], centres[clusters[i]]);
        }
        return sum;
    }

    private static double squared(double[] a, double[] b) {
        double sum = 0;
        for (int j = 0; j < a.length; j++) {
            sum += (a[j] - b[j]) * (a[j] - b[j]);
        }
        return sum;
    }

    /** The cluster whose centre is nearest to a point [d]. */
    public int nearest(double[] point) {
        int nearest = 0;
        double least = Double.POSITIVE_INFINITY;
        for (int c = 0; c < centres.length; c++) {
            double distance = squared(point, centres[c]);
            if (distance < least) {
                least = distance;
                nearest = c;
            }
        }
        return nearest;
    }
}
