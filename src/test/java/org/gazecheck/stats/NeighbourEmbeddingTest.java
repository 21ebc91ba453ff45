package org.gazecheck.stats;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.ForkJoinPool;
import java.util.stream.IntStream;
import org.apache.commons.math3.linear.Array2DRowRealMatrix;
import org.apache.commons.math3.linear.EigenDecomposition;
import org.apache.commons.math3.stat.correlation.Covariance;
import org.junit.jupiter.api.Test;

class NeighbourEmbeddingTest {
    private static final int CLUSTERS = 5;

    @Test
    void theGradientIsThatOfTheDivergence() {
        Affinities affinities = Affinities.of(doubles(clusters(40, 6, 1)), 5);
        double[][] map = plane(40, 2);
        double[][] gradient = NeighbourEmbedding.gradient(affinities, map, 1, 0);
        double step = 1e-5;
        for (int i = 0; i < map.length; i++) {
            for (int axis = 0; axis < 2; axis++) {
                double at = map[i][axis];
                map[i][axis] = at + step;
                double above = divergence(affinities, map);
                map[i][axis] = at - step;
                double below = divergence(affinities, map);
                map[i][axis] = at;
                assertEquals((above - below) / (2 * step), gradient[i][axis], 1e-8);
            }
        }
    }

    /** Witness: the sum over all pairs, points at one place among them. */
    @Test
    void cellsCountAsTheirPointsDo() {
        double[][] map = plane(400, 3);
        map[7] = map[11].clone();
        map[8] = map[11].clone();
        QuadTree tree = new QuadTree(map);
        double[] exact = new double[2];
        double[] near = new double[2];
        double error = 0;
        double size = 0;
        for (int i = 0; i < map.length; i++) {
            double sum = 0;
            double[] force = new double[2];
            for (int j = 0; j < map.length; j++) {
                if (j != i) {
                    double weight = weight(map, i, j);
                    sum += weight;
                    force[0] += weight * weight * (map[i][0] - map[j][0]);
                    force[1] += weight * weight * (map[i][1] - map[j][1]);
                }
            }
            assertEquals(sum, tree.repulsion(i, 0, exact), 1e-10 * sum);
            assertArrayEquals(force, exact, 1e-10 * sum);
            assertEquals(sum, tree.repulsion(i, 0.5, near), 0.02 * sum);
            error += Math.pow(near[0] - force[0], 2) + Math.pow(near[1] - force[1], 2);
            size += force[0] * force[0] + force[1] * force[1];
        }
        assertTrue(Math.sqrt(error / size) < 0.02, "relative error " + Math.sqrt(error / size));
    }

    @Test
    void affinitiesAreAProbabilityOverPairsOfThePerplexityThatIsWanted() {
        double[] squares = {0.1, 0.4, 0.5, 1, 2, 2.5, 3, 7, 8};
        double entropy = 0;
        for (double p : Affinities.conditional(squares, 4)) {
            entropy -= p * Math.log(p);
        }
        assertEquals(4, Math.exp(entropy), 1e-6);
        double[][] points = doubles(clusters(60, 4, 5));
        Affinities affinities = Affinities.of(points, 6);
        double[][] whole = new double[60][60];
        double sum = 0;
        for (int i = 0; i < 60; i++) {
            for (int e = 0; e < affinities.columns()[i].length; e++) {
                whole[i][affinities.columns()[i][e]] = affinities.weights()[i][e];
                sum += affinities.weights()[i][e];
            }
        }
        assertEquals(1, sum, 1e-12);
        for (int i = 0; i < 60; i++) {
            for (int j = 0; j < 60; j++) {
                assertEquals(whole[i][j], whole[j][i], 1e-15);
            }
        }
    }

    @Test
    void nearestNeighboursAreThoseOfASort() {
        double[][] points = doubles(clusters(70, 3, 6));
        points[20] = points[30].clone();
        points[21] = points[30].clone();
        NearestNeighbours found = NearestNeighbours.of(points, 9);
        for (int i = 0; i < 70; i++) {
            int[] expected = sorted(squares(points, i), i, 9);
            assertArrayEquals(expected, found.indices()[i]);
            for (int e = 0; e < 9; e++) {
                assertEquals(squares(points, i)[expected[e]], found.squares()[i][e], 1e-12);
            }
        }
    }

    /** Witness: the decomposition of the covariance matrix. */
    @Test
    void principalComponentsHaveTheVariancesOfTheCovariance() {
        float[][] points = clusters(120, 20, 7);
        double[] expected = new EigenDecomposition(
                        new Covariance(new Array2DRowRealMatrix(doubles(points))).getCovarianceMatrix())
                .getRealEigenvalues();
        double[][] scores = PrincipalComponents.scores(points, 4, new SplittableRandom(1));
        double[][] covariance = new Covariance(new Array2DRowRealMatrix(scores))
                .getCovarianceMatrix()
                .getData();
        for (int c = 0; c < 4; c++) {
            assertEquals(expected[c], covariance[c][c], 1e-4 * expected[0]);
            for (int d = 0; d < c; d++) {
                assertEquals(0, covariance[c][d], 1e-6 * expected[0]);
            }
        }
    }

    @Test
    void knownClustersStayApart() {
        float[][] points = clusters(250, 30, 8);
        double[][] map = NeighbourEmbedding.of(points, new SplittableRandom(1)).map();
        int[] clusters = IntStream.range(0, 250).map(i -> i % CLUSTERS).toArray();
        assertTrue(Silhouette.mean(map, clusters) > 0.6, "silhouette " + Silhouette.mean(map, clusters));
        for (int i = 0; i < 250; i++) {
            int cluster = i % CLUSTERS;
            assertTrue(
                    Arrays.stream(sorted(squares(map, i), i, 10)).allMatch(j -> j % CLUSTERS == cluster),
                    "neighbours of " + i);
        }
        NeighbourPreservation kept = NeighbourPreservation.of(
                points, map, 10, IntStream.range(0, 250).toArray());
        assertTrue(kept.trustworthiness() > 0.9 && kept.continuity() > 0.9, kept.toString());
    }

    @Test
    void theSameSeedGivesTheSameNumbersOnAnyNumberOfThreads() throws Exception {
        float[][] few = clusters(60, 12, 9);
        assertTrue(Arrays.deepEquals(
                NeighbourEmbedding.of(few, new SplittableRandom(4)).map(),
                NeighbourEmbedding.of(few, new SplittableRandom(4)).map()));
        double[][] here = firstStep(clusters(1200, 6, 9));
        for (int threads : List.of(1, 3)) {
            ForkJoinPool pool = new ForkJoinPool(threads);
            try {
                double[][] there =
                        pool.submit(() -> firstStep(clusters(1200, 6, 9))).get();
                assertTrue(Arrays.deepEquals(here, there), threads + " threads");
            } finally {
                pool.shutdown();
            }
        }
    }

    /** All that is shared among threads. */
    private static double[][] firstStep(float[][] points) {
        double[][] scores = PrincipalComponents.scores(points, 2, new SplittableRandom(4));
        return NeighbourEmbedding.gradient(Affinities.of(scores, 10), scores, 12, 0.5);
    }

    @Test
    void equalPointsAndFewOnesHaveCoordinates() {
        for (float[][] points : List.of(new float[40][3], clusters(5, 1, 1), new float[4][1])) {
            double[][] map =
                    NeighbourEmbedding.of(points, new SplittableRandom(1)).map();
            assertEquals(points.length, map.length);
            assertTrue(Arrays.stream(map).flatMapToDouble(Arrays::stream).allMatch(Double::isFinite));
        }
    }

    /** Witness: ranks by a sort of everything, as Venna and Kaski write it. */
    @Test
    void trustworthinessAndContinuityAreThoseOfTheirDefinition() {
        int n = 60;
        int k = 10;
        float[][] points = clusters(n, 5, 11);
        double[][] map = plane(n, 12);
        long far = 0;
        long lost = 0;
        for (int i = 0; i < n; i++) {
            List<Integer> high = Arrays.stream(sorted(squares(doubles(points), i), i, n - 1))
                    .boxed()
                    .toList();
            List<Integer> low =
                    Arrays.stream(sorted(squares(map, i), i, n - 1)).boxed().toList();
            for (int j = 0; j < n; j++) {
                if (j != i) {
                    far += low.indexOf(j) < k && high.indexOf(j) >= k ? high.indexOf(j) + 1 - k : 0;
                    lost += high.indexOf(j) < k && low.indexOf(j) >= k ? low.indexOf(j) + 1 - k : 0;
                }
            }
        }
        double scale = 2.0 / (n * k * (2 * n - 3 * k - 1));
        NeighbourPreservation found =
                NeighbourPreservation.of(points, map, k, IntStream.range(0, n).toArray());
        assertEquals(1 - scale * far, found.trustworthiness(), 1e-12);
        assertEquals(1 - scale * lost, found.continuity(), 1e-12);
        assertThrows(IllegalArgumentException.class, () -> NeighbourPreservation.of(points, map, 30, new int[] {0}));
    }

    private static double divergence(Affinities affinities, double[][] map) {
        double all = 0;
        for (int i = 0; i < map.length; i++) {
            for (int j = 0; j < map.length; j++) {
                all += i == j ? 0 : weight(map, i, j);
            }
        }
        double divergence = 0;
        for (int i = 0; i < map.length; i++) {
            for (int e = 0; e < affinities.columns()[i].length; e++) {
                double p = affinities.weights()[i][e];
                divergence += p == 0
                        ? 0
                        : p * Math.log(p * all / weight(map, i, affinities.columns()[i][e]));
            }
        }
        return divergence;
    }

    private static double weight(double[][] map, int i, int j) {
        return 1 / (1 + Math.pow(map[i][0] - map[j][0], 2) + Math.pow(map[i][1] - map[j][1], 2));
    }

    private static int[] sorted(double[] distances, int i, int count) {
        return IntStream.range(0, distances.length)
                .filter(j -> j != i)
                .boxed()
                .sorted(Comparator.comparingDouble(j -> distances[j]))
                .limit(count)
                .mapToInt(Integer::intValue)
                .toArray();
    }

    private static double[] squares(double[][] points, int i) {
        return Arrays.stream(points)
                .mapToDouble(p -> IntStream.range(0, p.length)
                        .mapToDouble(c -> Math.pow(p[c] - points[i][c], 2))
                        .sum())
                .toArray();
    }

    private static double[][] plane(int n, long seed) {
        SplittableRandom random = new SplittableRandom(seed);
        return IntStream.range(0, n)
                .mapToObj(i -> new double[] {8 * random.nextDouble(), 8 * random.nextDouble()})
                .toArray(double[][]::new);
    }

    /** Gaussians around corners, far apart for their width. */
    private static float[][] clusters(int n, int d, long seed) {
        SplittableRandom random = new SplittableRandom(seed);
        float[][] points = new float[n][d];
        for (int i = 0; i < n; i++) {
            for (int c = 0; c < d; c++) {
                points[i][c] = (float) ((c % CLUSTERS == i % CLUSTERS ? 4 : 0) + random.nextGaussian());
            }
        }
        return points;
    }

    private static double[][] doubles(float[][] points) {
        return Arrays.stream(points)
                .map(p -> IntStream.range(0, p.length).mapToDouble(c -> p[c]).toArray())
                .toArray(double[][]::new);
    }
}
