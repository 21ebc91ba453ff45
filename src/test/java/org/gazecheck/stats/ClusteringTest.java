package org.gazecheck.stats;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.Arrays;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import org.apache.commons.math3.linear.Array2DRowRealMatrix;
import org.apache.commons.math3.linear.EigenDecomposition;
import org.junit.jupiter.api.Test;

class ClusteringTest {
    private static final int RINGS = 3;

    @Test
    void kMeansFindsBlobsAndPlacesNewPoints() {
        double[][] points = blobs(90);
        KMeans means = KMeans.of(points, 3, new SplittableRandom(1));
        assertSameClusters(IntStream.range(0, 90).map(i -> i % 3).toArray(), means.clusters());
        for (int i = 0; i < 90; i++) {
            assertEquals(means.clusters()[i], means.nearest(points[i]));
        }
        assertArrayEquals(
                means.clusters(), KMeans.of(points, 3, new SplittableRandom(1)).clusters());
    }

    /** Rings in each other hang together through neighbours; k-means would cut them like a cake. */
    @Test
    void spectralClusteringFindsRingsAndTheirNumber() {
        double[][] points = rings(240);
        SpectralClustering found = SpectralClustering.of(points, 8, new SplittableRandom(2));
        assertEquals(RINGS, found.count());
        assertSameClusters(IntStream.range(0, 240).map(i -> i % RINGS).toArray(), found.clusters());
        assertThrows(
                IllegalArgumentException.class,
                () -> SpectralClustering.of(new double[2][1], 2, new SplittableRandom(1)));
    }

    /** Witness: the decomposition of the whole matrix. */
    @Test
    void leadingEigenvaluesAreThoseOfTheWholeMatrix() {
        SplittableRandom random = new SplittableRandom(4);
        double[][] points = IntStream.range(0, 300)
                .mapToObj(i -> random.doubles(5).toArray())
                .toArray(double[][]::new);
        NeighbourGraph graph = NeighbourGraph.of(points, 10);
        double[][] identity = new double[300][300];
        IntStream.range(0, 300).forEach(i -> identity[i][i] = 1);
        double[] whole =
                new EigenDecomposition(new Array2DRowRealMatrix(graph.times(identity), false)).getRealEigenvalues();
        double[] leading = LeadingVectors.of(graph, 9, random).values();
        assertEquals(1, whole[0], 1e-9);
        assertArrayEquals(Arrays.copyOf(whole, 9), Arrays.copyOf(leading, 9), 1e-7);
    }

    /** scikit-learn 1.9: silhouette_score. */
    @Test
    void silhouetteAsScikitLearnHasIt() {
        double[][] points = {{0, 0}, {0, 1}, {1, 0}, {5, 5}, {5, 6}, {9, 0}, {3, 3}};
        assertEquals(0.5657018724307835, Silhouette.mean(points, new int[] {0, 0, 0, 1, 1, 2, 1}), 1e-12);
        assertEquals(0, Silhouette.mean(points, new int[7]));
    }

    private static double[][] blobs(int n) {
        SplittableRandom random = new SplittableRandom(8);
        return IntStream.range(0, n)
                .mapToObj(i -> new double[] {5 * (i % 3) + random.nextDouble(), 3 * (i % 2) + random.nextDouble(), 0})
                .toArray(double[][]::new);
    }

    private static double[][] rings(int n) {
        SplittableRandom random = new SplittableRandom(8);
        return IntStream.range(0, n)
                .mapToObj(i -> {
                    double angle = 2 * Math.PI * (i / RINGS) / (n / RINGS);
                    double radius = 1 + 2 * (i % RINGS) + 0.05 * random.nextDouble();
                    return new double[] {radius * Math.cos(angle), radius * Math.sin(angle)};
                })
                .toArray(double[][]::new);
    }

    private static void assertSameClusters(int[] expected, int[] found) {
        int[] first = new int[RINGS];
        for (int i = expected.length - 1; i >= 0; i--) {
            first[expected[i]] = i;
        }
        int[] renamed = Arrays.stream(expected).map(c -> found[first[c]]).toArray();
        assertArrayEquals(renamed, found);
        assertEquals(RINGS, Arrays.stream(found).distinct().count());
    }
}
