package org.gazecheck.audit.embedding;

import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import org.gazecheck.results.Embedding;
import org.gazecheck.stats.NeighbourEmbedding;
import org.gazecheck.stats.NeighbourPreservation;
import org.gazecheck.stats.Purpose;
import org.gazecheck.stats.Randomness;
import org.jspecify.annotations.Nullable;

/**
 * Images on one map.
 *
 * @param coordinates [n], null for an image that is not on it
 * @param nearest [n][at most 20] the images most like each, the nearest first; null for an image that is not on it
 */
record ImageMap(double[] @Nullable [] coordinates, int[] @Nullable [] nearest, Embedding.View view) {
    private static final int NEAREST = 20;
    private static final int FEWEST = 10;
    private static final int JUDGED = 1000;

    /**
     * @param points [n][d], null for an image that has none; null where no image has one
     * @param missing why no image has one
     */
    static ImageMap of(float @Nullable [] @Nullable [] points, String missing, Purpose purpose, Randomness randomness) {
        if (points == null) {
            return new ImageMap(new double[0][], new int[0][], Embedding.View.none(missing));
        }
        int[] placed =
                IntStream.range(0, points.length).filter(i -> points[i] != null).toArray();
        double[][] coordinates = new double[points.length][];
        int[][] nearest = new int[points.length][];
        if (placed.length < FEWEST) {
            return new ImageMap(
                    coordinates,
                    nearest,
                    Embedding.View.none(
                            placed.length + " images could be placed, and fewer than " + FEWEST + " make no map"));
        }
        float[][] present = Arrays.stream(placed)
                .mapToObj(i -> Objects.requireNonNull(points[i]))
                .toArray(float[][]::new);
        NeighbourEmbedding.Placed embedded = NeighbourEmbedding.of(present, randomness.of(purpose.stream(), 0));
        for (int i = 0; i < placed.length; i++) {
            coordinates[placed[i]] = embedded.map()[i];
            nearest[placed[i]] = Arrays.stream(embedded.nearest()[i])
                    .limit(NEAREST)
                    .map(j -> placed[j])
                    .toArray();
        }
        return new ImageMap(
                coordinates,
                nearest,
                judged(present, embedded.map(), randomness.of(Purpose.EMBEDDING_QUALITY.of(purpose.stream()), 0)));
    }

    /** By the neighbours of at most 1000 images, drawn from all. */
    private static Embedding.View judged(float[][] points, double[][] map, SplittableRandom random) {
        if (points.length <= 2 * Embedding.NEIGHBOURS) {
            return new Embedding.View(points.length, Double.NaN, Double.NaN, null);
        }
        int[] order = IntStream.range(0, points.length).toArray();
        int judged = Math.min(JUDGED, order.length);
        for (int i = 0; i < judged; i++) {
            int j = i + random.nextInt(order.length - i);
            int swapped = order[i];
            order[i] = order[j];
            order[j] = swapped;
        }
        NeighbourPreservation kept =
                NeighbourPreservation.of(points, map, Embedding.NEIGHBOURS, Arrays.copyOf(order, judged));
        return new Embedding.View(points.length, kept.trustworthiness(), kept.continuity(), null);
    }

    /** NaN where the image is not on the map. */
    double x(int i) {
        return at(i, 0);
    }

    double y(int i) {
        return at(i, 1);
    }

    /** Rows of the images most like one; empty where it is not on the map. */
    List<Integer> nearest(int i, int[] rows) {
        int[] found = i < nearest.length ? nearest[i] : null;
        return found == null
                ? List.of()
                : Arrays.stream(found).map(j -> rows[j]).boxed().toList();
    }

    private double at(int i, int axis) {
        double @Nullable [] point = i < coordinates.length ? coordinates[i] : null;
        return point == null ? Double.NaN : point[axis];
    }
}
