package org.gazecheck.stats;

import java.nio.file.Path;
import java.util.Locale;
import java.util.SplittableRandom;
import java.util.concurrent.Callable;
import java.util.stream.IntStream;
import org.gazecheck.io.NpyRows;

/**
 * Ways of bringing images into the plane, side by side: how far each keeps ten neighbours, and how long it takes. Time is
 * given as a multiple of that of PCA too, since other work on the machine meets all of them.
 */
public final class EmbeddingComparison {
    private static final int DRAWN_WIDTH = 512;
    private static final int DRAWN_CLUSTERS = 100;
    private static final int NEIGHBOURS = 10;
    private static final int JUDGED = 500;

    private EmbeddingComparison() {}

    /** @param arguments how many points at most, then a {@code features.npy}; without it Gaussian clusters are drawn */
    public static void main(String[] arguments) throws Exception {
        int most = Integer.parseInt(arguments[0]);
        float[][] points = arguments.length > 1 ? read(Path.of(arguments[1]), most) : drawn(most);
        System.out.printf(Locale.ROOT, "%d points of %d numbers%n", points.length, points[0].length);
        double unit = line(points, "pca", 0, () -> PrincipalComponents.scores(points, 2, new SplittableRandom(1)));
        line(points, "spectral", unit, () -> spectral(points));
        line(points, "t-sne", unit, () -> NeighbourEmbedding.of(points, new SplittableRandom(1))
                .map());
    }

    private static double line(float[][] points, String name, double unit, Callable<double[][]> embedding)
            throws Exception {
        long begin = System.nanoTime();
        double[][] map = embedding.call();
        double seconds = (System.nanoTime() - begin) / 1e9;
        int[] asked = new SplittableRandom(2)
                .ints(0, points.length)
                .distinct()
                .limit(Math.min(JUDGED, points.length))
                .toArray();
        NeighbourPreservation kept = NeighbourPreservation.of(points, map, NEIGHBOURS, asked);
        System.out.printf(
                Locale.ROOT,
                "%-9s trustworthiness %.3f  continuity %.3f  %.1f s  (%.1f times pca)%n",
                name,
                kept.trustworthiness(),
                kept.continuity(),
                seconds,
                unit > 0 ? seconds / unit : 1);
        return seconds;
    }

    /** The second and third vector of the normalised graph of ten neighbours, after the same principal components. */
    private static double[][] spectral(float[][] points) {
        double[][] components =
                PrincipalComponents.scores(points, NeighbourEmbedding.COMPONENTS, new SplittableRandom(1));
        double[][] vectors = LeadingVectors.of(NeighbourGraph.of(components, NEIGHBOURS), 3, new SplittableRandom(1))
                .vectors();
        return IntStream.range(0, points.length)
                .mapToObj(i -> new double[] {vectors[i][1], vectors[i][2]})
                .toArray(double[][]::new);
    }

    /** Rows of length 1, as the audit embeds them. */
    private static float[][] read(Path file, int most) throws Exception {
        try (NpyRows rows = NpyRows.open(file)) {
            float[][] points = new float[Math.min(most, rows.shape()[0])][];
            for (int i = 0; i < points.length; i++) {
                points[i] = rows.row((int) ((long) i * rows.shape()[0] / points.length));
                double squares = 0;
                for (float value : points[i]) {
                    squares += (double) value * value;
                }
                for (int j = 0; j < points[i].length && squares > 0; j++) {
                    points[i][j] /= (float) Math.sqrt(squares);
                }
            }
            return points;
        }
    }

    private static float[][] drawn(int n) {
        SplittableRandom random = new SplittableRandom(3);
        float[][] centres = new float[DRAWN_CLUSTERS][DRAWN_WIDTH];
        for (float[] centre : centres) {
            for (int j = 0; j < centre.length; j++) {
                centre[j] = (float) random.nextGaussian();
            }
        }
        float[][] points = new float[n][DRAWN_WIDTH];
        for (int i = 0; i < n; i++) {
            for (int j = 0; j < DRAWN_WIDTH; j++) {
                points[i][j] = centres[i % DRAWN_CLUSTERS][j] + (float) random.nextGaussian();
            }
        }
        return points;
    }
}
