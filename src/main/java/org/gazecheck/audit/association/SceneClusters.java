package org.gazecheck.audit.association;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import org.gazecheck.stats.KMeans;
import org.gazecheck.stats.Silhouette;

/**
 * Kinds of scene: k-means of standardised scene descriptors for k from 2 to 12. {@link #best} is the k of the largest
 * mean silhouette.
 *
 * @param mean [d] of the descriptors
 * @param deviation [d] of the descriptors, 1 where all are equal
 * @param clusterings by k, ascending
 * @param best index into {@code clusterings}
 */
public record SceneClusters(double[] mean, double[] deviation, List<KMeans> clusterings, int best) {
    /** Fewer scenes are not clustered. */
    public static final int FEWEST = 30;

    private static final int LEAST = 2;
    private static final int MOST = 12;
    private static final int SAMPLE = 4000;
    private static final int SILHOUETTE_SAMPLE = 1000;

    /**
     * Of more than 4000 scenes a random 4000 are clustered.
     *
     * @param descriptors at least {@link #FEWEST}
     */
    public static SceneClusters of(List<double[]> descriptors, SplittableRandom random) {
        if (descriptors.size() < FEWEST) {
            throw new IllegalArgumentException(descriptors.size() + " scenes");
        }
        int width = descriptors.get(0).length;
        double[] mean = new double[width];
        double[] deviation = new double[width];
        for (int j = 0; j < width; j++) {
            int column = j;
            mean[j] = descriptors.stream().mapToDouble(d -> d[column]).average().orElseThrow();
            double centre = mean[j];
            double variance = descriptors.stream()
                    .mapToDouble(d -> (d[column] - centre) * (d[column] - centre))
                    .average()
                    .orElseThrow();
            deviation[j] = variance > 0 ? Math.sqrt(variance) : 1;
        }
        double[][] points = sample(descriptors, SAMPLE, random).stream()
                .map(d -> standardised(d, mean, deviation))
                .toArray(double[][]::new);
        int judged = Math.min(points.length, SILHOUETTE_SAMPLE);
        List<KMeans> clusterings = new ArrayList<>();
        int best = 0;
        double largest = Double.NEGATIVE_INFINITY;
        for (int k = LEAST; k <= MOST; k++) {
            KMeans clustering = KMeans.of(points, k, random);
            double silhouette =
                    Silhouette.mean(Arrays.copyOf(points, judged), Arrays.copyOf(clustering.clusters(), judged));
            if (silhouette > largest) {
                largest = silhouette;
                best = clusterings.size();
            }
            clusterings.add(clustering);
        }
        return new SceneClusters(mean, deviation, clusterings, best);
    }

    private static List<double[]> sample(List<double[]> all, int most, SplittableRandom random) {
        if (all.size() <= most) {
            return all;
        }
        int[] order = IntStream.range(0, all.size()).toArray();
        List<double[]> drawn = new ArrayList<>();
        for (int i = 0; i < most; i++) {
            int j = i + random.nextInt(order.length - i);
            drawn.add(all.get(order[j]));
            order[j] = order[i];
        }
        return drawn;
    }

    /** The kind of scene of a descriptor, 0 to {@link #kinds} - 1. */
    public int kind(double[] descriptor) {
        return kind(best, descriptor);
    }

    /** How many kinds there are. */
    public int kinds() {
        return clusterings.get(best).centres().length;
    }

    /** That their number is the least or the largest of those that are tried, in a few words; empty elsewhere. */
    Optional<String> bound() {
        if (best == clusterings.size() - 1) {
            return Optional.of("the most that are tried");
        }
        return best == 0 ? Optional.of("the fewest that are tried") : Optional.empty();
    }

    int kind(int clustering, double[] descriptor) {
        return clusterings.get(clustering).nearest(standardised(descriptor, mean, deviation));
    }

    /** Distance of a descriptor from the centre of a cluster, in standard deviations. */
    double distance(int clustering, int cluster, double[] descriptor) {
        double[] point = standardised(descriptor, mean, deviation);
        double[] centre = clusterings.get(clustering).centres()[cluster];
        double sum = 0;
        for (int j = 0; j < point.length; j++) {
            sum += (point[j] - centre[j]) * (point[j] - centre[j]);
        }
        return Math.sqrt(sum);
    }

    private static double[] standardised(double[] descriptor, double[] mean, double[] deviation) {
        double[] point = new double[descriptor.length];
        for (int j = 0; j < point.length; j++) {
            point[j] = (descriptor[j] - mean[j]) / deviation[j];
        }
        return point;
    }
}
