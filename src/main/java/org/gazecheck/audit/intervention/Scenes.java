package org.gazecheck.audit.intervention;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.apache.commons.math3.ml.clustering.CentroidCluster;
import org.apache.commons.math3.ml.clustering.Clusterable;
import org.apache.commons.math3.ml.clustering.KMeansPlusPlusClusterer;
import org.apache.commons.math3.ml.clustering.MultiKMeansPlusPlusClusterer;
import org.apache.commons.math3.ml.distance.EuclideanDistance;
import org.apache.commons.math3.random.RandomGeneratorFactory;
import org.gazecheck.stats.Randomness;

/**
 * Kinds of background: k-means (k-means++ starts, Arthur and Vassilvitskii 2007) over what the audited network makes of
 * photographs without their object. Features are square-rooted and normalised. There are {@code sqrt(n / 2)} of them, 4
 * to 24: rather too many than too few, because scenes that go with the same class are put together again.
 *
 * @param of [n] the scene of each photograph
 */
record Scenes(int count, int[] of) {
    private static final int FEWEST = 4;
    private static final int MOST = 24;
    private static final int STARTS = 3;
    private static final int ITERATIONS = 50;

    private record Point(int index, double[] getPoint) implements Clusterable {}

    /**
     * @param rows [n] each with features from {@code offset} on, never negative
     */
    static Scenes cluster(float[][] rows, int offset, Randomness randomness) {
        List<Point> points = new ArrayList<>();
        for (int i = 0; i < rows.length; i++) {
            points.add(new Point(i, normalised(rows[i], offset)));
        }
        int count =
                Math.min(rows.length, Math.max(FEWEST, Math.min(MOST, (int) Math.round(Math.sqrt(rows.length / 2.0)))));
        Random random = new Random(randomness.of("scenes", 0).nextLong());
        KMeansPlusPlusClusterer<Point> clusterer = new KMeansPlusPlusClusterer<>(
                count, ITERATIONS, new EuclideanDistance(), RandomGeneratorFactory.createRandomGenerator(random));
        List<CentroidCluster<Point>> clusters = new MultiKMeansPlusPlusClusterer<>(clusterer, STARTS).cluster(points);
        int[] of = new int[rows.length];
        for (int s = 0; s < clusters.size(); s++) {
            for (Point point : clusters.get(s).getPoints()) {
                of[point.index] = s;
            }
        }
        return new Scenes(clusters.size(), of);
    }

    private static double[] normalised(float[] row, int offset) {
        double[] out = new double[row.length - offset];
        double sum = 0;
        for (int i = 0; i < out.length; i++) {
            double value = Math.max(0, row[offset + i]);
            out[i] = Math.sqrt(value);
            sum += value;
        }
        for (int i = 0; i < out.length && sum > 0; i++) {
            out[i] /= Math.sqrt(sum);
        }
        return out;
    }
}
