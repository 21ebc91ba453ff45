package org.gazecheck.stats;

import java.util.SplittableRandom;
import java.util.stream.IntStream;

/**
 * A map of points in the plane that keeps neighbours together: t-SNE (van der Maaten and Hinton 2008), with the forces between
 * far points by Barnes and Hut (van der Maaten 2014). It starts from the two leading principal components (Kobak and Berens
 * 2019) and steps as far as there are points for (Belkina et al. 2019). Distances between clusters mean little, and sizes of
 * clusters nothing. Time n log n a step after n² for the neighbours; the number of threads changes nothing.
 */
public final class NeighbourEmbedding {
    /** Points are first brought down to so many principal components, as van der Maaten and Hinton do it. */
    static final int COMPONENTS = 50;

    static final double PERPLEXITY = 30;

    private static final double THETA = 0.5;
    private static final double EXAGGERATION = 12;
    private static final int EXAGGERATED = 250;
    private static final int STEPS = 1000;
    private static final double EARLY_MOMENTUM = 0.5;
    private static final double MOMENTUM = 0.8;
    private static final double LEAST_RATE = 200;
    private static final double LEAST_GAIN = 0.01;
    /** Of fewer points a step is done before threads have met. */
    private static final int SHARED = 1000;

    private static final double START = 1e-4;
    private static final double JITTER = 1e-6;

    private final Affinities affinities;
    private final double[][] map;
    private final double[][] velocity;
    private final double[][] gains;
    private final double rate;

    private NeighbourEmbedding(Affinities affinities, double[][] map) {
        int n = map.length;
        this.affinities = affinities;
        this.map = map;
        this.velocity = new double[n][2];
        this.gains = new double[n][2];
        for (double[] gain : gains) {
            gain[0] = 1;
            gain[1] = 1;
        }
        this.rate = Math.max(LEAST_RATE, n / EXAGGERATION);
    }

    /**
     * Points in the plane, and who is near whom.
     *
     * @param map [n][2], the mean 0
     * @param nearest [n][k] the nearest other points by their principal components, the nearest first; k is 90, or n - 1 where
     *     that is less
     */
    public record Placed(double[][] map, int[][] nearest) {}

    /** @param points [n][d], n at least 4 */
    public static Placed of(float[][] points, SplittableRandom random) {
        double[][] components = PrincipalComponents.scores(points, COMPONENTS, random);
        NearestNeighbours nearest =
                NearestNeighbours.of(components, Affinities.neighbours(components.length, PERPLEXITY));
        NeighbourEmbedding embedding =
                new NeighbourEmbedding(Affinities.of(nearest, PERPLEXITY), start(components, random));
        for (int step = 0; step < STEPS; step++) {
            boolean early = step < EXAGGERATED;
            embedding.step(early ? EXAGGERATION : 1, early ? EARLY_MOMENTUM : MOMENTUM);
        }
        return new Placed(embedding.map, nearest.indices());
    }

    /** The first two components, as wide as one in ten thousand, and a little that tells equal points apart. */
    private static double[][] start(double[][] components, SplittableRandom random) {
        double squares = 0;
        for (double[] row : components) {
            squares += row[0] * row[0] / components.length;
        }
        double scale = squares > 0 ? START / Math.sqrt(squares) : 0;
        double[][] start = new double[components.length][2];
        for (int i = 0; i < start.length; i++) {
            for (int axis = 0; axis < 2; axis++) {
                double component = axis < components[i].length ? components[i][axis] : 0;
                start[i][axis] = scale * component + JITTER * (random.nextDouble() - 0.5);
            }
        }
        return start;
    }

    private void step(double exaggeration, double momentum) {
        double[][] gradient = gradient(affinities, map, exaggeration, THETA);
        double[] mean = new double[2];
        for (int i = 0; i < map.length; i++) {
            for (int axis = 0; axis < 2; axis++) {
                boolean on = gradient[i][axis] > 0 != velocity[i][axis] > 0;
                gains[i][axis] = Math.max(LEAST_GAIN, on ? gains[i][axis] + 0.2 : gains[i][axis] * 0.8);
                velocity[i][axis] = momentum * velocity[i][axis] - rate * gains[i][axis] * gradient[i][axis];
                map[i][axis] += velocity[i][axis];
                mean[axis] += map[i][axis] / map.length;
            }
        }
        for (double[] point : map) {
            point[0] -= mean[0];
            point[1] -= mean[1];
        }
    }

    /**
     * Of the divergence of Kullback and Leibler from the affinities p to {@code q(ij) = w(ij) / sum of w} with
     * {@code w = 1 / (1 + |y_i - y_j|²)}: {@code 4 sum over j of (p(ij) - q(ij)) w(ij) (y_i - y_j)}.
     *
     * @param map [n][2]
     * @param exaggeration what p is multiplied by
     * @param theta as {@link QuadTree#repulsion} has it
     * @return [n][2]
     */
    static double[][] gradient(Affinities affinities, double[][] map, double exaggeration, double theta) {
        int n = map.length;
        QuadTree tree = new QuadTree(map);
        double[][] away = new double[n][2];
        double[] sums = new double[n];
        double[][] gradient = new double[n][2];
        IntStream each = IntStream.range(0, n);
        (n < SHARED ? each : each.parallel()).forEach(i -> {
            sums[i] = tree.repulsion(i, theta, away[i]);
            attraction(affinities, map, i, gradient[i]);
        });
        double all = 0;
        for (double sum : sums) {
            all += sum;
        }
        for (int i = 0; i < n; i++) {
            for (int axis = 0; axis < 2; axis++) {
                gradient[i][axis] = 4 * (exaggeration * gradient[i][axis] - away[i][axis] / all);
            }
        }
        return gradient;
    }

    private static void attraction(Affinities affinities, double[][] map, int i, double[] force) {
        int[] columns = affinities.columns()[i];
        double[] weights = affinities.weights()[i];
        double forceX = 0;
        double forceY = 0;
        for (int e = 0; e < columns.length; e++) {
            double offX = map[i][0] - map[columns[e]][0];
            double offY = map[i][1] - map[columns[e]][1];
            double pull = weights[e] / (1 + offX * offX + offY * offY);
            forceX += pull * offX;
            forceY += pull * offY;
        }
        force[0] = forceX;
        force[1] = forceY;
    }
}
