package org.gazecheck.audit.intervention;

import java.util.Locale;
import org.gazecheck.stats.KMeans;
import org.gazecheck.stats.Purpose;
import org.gazecheck.stats.Randomness;
import org.jspecify.annotations.Nullable;

/**
 * Kinds of background: k-means over what the audited network makes of
 * images without their object. Features are square-rooted and normalised. There are {@code sqrt(n / 2)} of them, 4
 * to 24: rather too many than too few, because scenes that go with the same class are put together again.
 *
 * @param of [n] the scene of each image
 * @param bound what is told where {@code sqrt(n / 2)} lies outside 4 to 24; null elsewhere
 */
record Scenes(int count, int[] of, @Nullable String bound) {
    private static final int FEWEST = 4;
    private static final int MOST = 24;

    /**
     * @param rows [n] each with features from {@code offset} on, never negative
     */
    static Scenes cluster(float[][] rows, int offset, Randomness randomness) {
        double[][] points = new double[rows.length][];
        for (int i = 0; i < rows.length; i++) {
            points[i] = normalised(rows[i], offset);
        }
        int root = (int) Math.round(Math.sqrt(rows.length / 2.0));
        int wanted = Math.max(FEWEST, Math.min(MOST, root));
        KMeans clusters = KMeans.of(
                points, Math.min(rows.length, wanted), randomness.of(Purpose.BACKGROUND_CLUSTERS.stream(), 0));
        int count = clusters.centres().length;
        return new Scenes(count, clusters.clusters(), root == wanted ? null : bound(count, rows.length, root));
    }

    private static String bound(int count, int images, int root) {
        return String.format(
                Locale.ROOT,
                "backgrounds fall into %d scenes, the %s that are made: the square root of half of their %d images would be"
                        + " %d",
                count,
                root > MOST ? "most" : "fewest",
                images,
                root);
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
