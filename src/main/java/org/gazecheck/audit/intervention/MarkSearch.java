package org.gazecheck.audit.intervention;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.gazecheck.stats.KMeans;
import org.gazecheck.stats.Purpose;
import org.gazecheck.stats.Randomness;

/**
 * Looks for {@linkplain Mark marks}: clusters of the cells outside objects that speak most for the predicted class.
 */
final class MarkSearch {
    private static final int PEAKS = 4;
    private static final int FEWEST_CLUSTERS = 3;
    private static final int MOST_CLUSTERS = 12;

    private final List<LocatedImage> images;
    private final Randomness randomness;

    /** @param images of train and val */
    MarkSearch(List<LocatedImage> images, Randomness randomness) {
        this.images = images;
        this.randomness = randomness;
    }

    /** All that were found of a class. */
    List<Mark> of(int label) {
        List<LocatedImage> own =
                images.stream().filter(image -> image.predicted() == label).toList();
        List<LocatedImage> others =
                images.stream().filter(image -> image.predicted() != label).toList();
        List<double[]> points = new ArrayList<>();
        for (LocatedImage image : own) {
            Set<Integer> cells = new HashSet<>();
            for (int peak : image.peaks(PEAKS)) {
                for (int cell = 0; cell < image.grid().count(); cell++) {
                    if (image.outside().get(cell) && image.grid().apart(peak, cell) <= 1) {
                        cells.add(cell);
                    }
                }
            }
            cells.stream().sorted().forEach(cell -> points.add(wide(image.directions()[cell])));
        }
        if (points.size() < FEWEST_CLUSTERS) {
            return List.of();
        }
        int wanted = Math.max(FEWEST_CLUSTERS, Math.min(MOST_CLUSTERS, (int) Math.sqrt(points.size() / 4.0)));
        KMeans clusters = KMeans.of(
                points.toArray(double[][]::new),
                wanted,
                randomness.of(Purpose.MARK_CLUSTERS.about(String.valueOf(label)), 0));
        MarkGrowth growth = new MarkGrowth(label, own, others);
        return Arrays.stream(clusters.centres())
                .map(LocatedImage::unit)
                .flatMap(seed -> growth.of(seed).stream())
                .sorted(Comparator.comparingDouble(mark -> mark.prevalence().p()))
                .toList();
    }

    private static double[] wide(float[] row) {
        double[] wide = new double[row.length];
        for (int j = 0; j < row.length; j++) {
            wide[j] = row[j];
        }
        return wide;
    }
}
