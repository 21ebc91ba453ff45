package org.gazecheck.audit.intervention;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.apache.commons.math3.linear.Array2DRowRealMatrix;
import org.apache.commons.math3.linear.ArrayRealVector;
import org.apache.commons.math3.linear.CholeskyDecomposition;
import org.gazecheck.audit.input.ImageSample;
import org.gazecheck.data.Dataset;
import org.gazecheck.image.RgbImage;
import org.gazecheck.image.Zoom;
import org.gazecheck.io.Hashes;
import org.gazecheck.stats.Randomness;

/**
 * How small or how large what an image shows looks to the network, without a mask: along the direction in which zooming moves the
 * mean features of its cells, in units of the logarithm of the zoom. Training images and their zoomed copies give it as a linear
 * discriminant (Fisher 1936), {@code (C + D)^-1 m}: {@code m} the mean change, {@code D} its covariance, {@code C} that of images
 * within their classes. The zero is arbitrary.
 */
final class ApparentSize {
    private static final double FACTOR = 1.5;
    private static final int FITTED_BY = 64;

    /** Added to each variance, as a share of the mean variance. */
    private static final double RIDGE = 0.1;

    private final CellSource cells;
    private final Map<String, double[]> features;
    private final double[] direction;

    private ApparentSize(CellSource cells, Map<String, double[]> features, double[] direction) {
        this.cells = cells;
        this.features = features;
        this.direction = direction;
    }

    /**
     * Empty where there are too few training images to learn it from.
     *
     * @param training images of train
     * @param all images to be measured, with those of train
     */
    static Optional<ApparentSize> of(
            SizeCandidate.Kind kind,
            CellSource cells,
            List<SegmentedImage> training,
            List<SegmentedImage> all,
            Originals originals,
            Randomness randomness)
            throws IOException {
        if (training.size() < Trial.FEWEST) {
            return Optional.empty();
        }
        Map<String, double[]> features = new HashMap<>();
        List<ImageCells> seen = cells.of(all);
        for (int i = 0; i < seen.size(); i++) {
            features.put(all.get(i).item().path(), mean(seen.get(i)));
        }
        Set<Dataset.Item> drawn = new HashSet<>(ImageSample.draw(
                randomness, training.stream().map(SegmentedImage::item).toList(), FITTED_BY));
        List<SegmentedImage> some =
                training.stream().filter(image -> drawn.contains(image.item())).toList();
        double factor = kind == SizeCandidate.Kind.SMALLER ? 1 / FACTOR : FACTOR;
        List<SegmentedImage> zoomed = new ArrayList<>();
        for (SegmentedImage image : some) {
            Composite composite = new Originals.Altered(image, new Zoom(factor), originals);
            zoomed.add(keyed(image, composite.key(), composite.image()));
        }
        List<ImageCells> after = cells.of(zoomed);
        List<double[]> changes = new ArrayList<>();
        for (int i = 0; i < some.size(); i++) {
            changes.add(less(mean(after.get(i)), features.get(some.get(i).item().path())));
        }
        return Optional.of(new ApparentSize(cells, features, direction(changes, withinClasses(training, features))));
    }

    /** As an image of its own content, for rows that are kept by that. */
    private static SegmentedImage keyed(SegmentedImage image, String key, RgbImage frame) {
        Dataset.Item item = image.item();
        String hash = Hashes.sha256(key.getBytes(StandardCharsets.UTF_8));
        return new SegmentedImage(
                new Dataset.Item(item.path(), item.split(), item.label(), hash, item.mask()), frame, image.mask());
    }

    /** Larger the smaller, or the larger, things look; by path, of all images that were given. */
    Map<String, Double> values() {
        Map<String, Double> values = new HashMap<>();
        features.forEach((path, of) -> values.put(path, along(of)));
        return values;
    }

    /**
     * The same of an altered image.
     *
     * @param frame as the network sees it
     */
    double of(RgbImage frame, SegmentedImage image) throws IOException {
        SegmentedImage altered = keyed(image, "frame " + Hashes.sha256(frame.rgb()), frame);
        return along(mean(cells.of(List.of(altered)).get(0)));
    }

    private double along(double[] features) {
        return new ArrayRealVector(direction, false).dotProduct(new ArrayRealVector(features, false));
    }

    /** Over all fine cells, [d]. */
    private static double[] mean(ImageCells cells) {
        int count = cells.fine().count();
        double[] mean = new double[cells.dimensions()];
        for (int i = 0; i < cells.features().length; i++) {
            mean[i % mean.length] += cells.features()[i] / count;
        }
        return mean;
    }

    private static List<double[]> withinClasses(List<SegmentedImage> training, Map<String, double[]> features) {
        Map<Integer, List<double[]>> byClass = training.stream()
                .collect(Collectors.groupingBy(
                        SegmentedImage::label,
                        Collectors.mapping(image -> features.get(image.item().path()), Collectors.toList())));
        return training.stream()
                .map(image -> less(features.get(image.item().path()), mean(byClass.get(image.label()))))
                .toList();
    }

    /** Scaled so that the mean change is the logarithm of the zoom. */
    private static double[] direction(List<double[]> changes, List<double[]> within) {
        double[] mean = mean(changes);
        int d = mean.length;
        double[][] spread = new double[d][d];
        changes.forEach(change -> add(less(change, mean), changes.size(), spread));
        within.forEach(one -> add(one, within.size(), spread));
        double trace = 0;
        for (int i = 0; i < d; i++) {
            trace += spread[i][i];
        }
        for (int i = 0; i < d; i++) {
            spread[i][i] += RIDGE * trace / d + 1e-12;
        }
        ArrayRealVector change = new ArrayRealVector(mean, false);
        double[] direction = new CholeskyDecomposition(new Array2DRowRealMatrix(spread, false))
                .getSolver()
                .solve(change)
                .toArray();
        double moved = new ArrayRealVector(direction, false).dotProduct(change);
        for (int i = 0; i < d; i++) {
            direction[i] *= moved > 0 ? Math.log(FACTOR) / moved : 0;
        }
        return direction;
    }

    /** One of {@code n} terms of a covariance matrix [d, d]. */
    private static void add(double[] x, int n, double[][] covariance) {
        for (int i = 0; i < x.length; i++) {
            for (int j = 0; j < x.length; j++) {
                covariance[i][j] += x[i] * x[j] / n;
            }
        }
    }

    private static double[] mean(List<double[]> rows) {
        double[] mean = new double[rows.get(0).length];
        for (double[] row : rows) {
            for (int i = 0; i < mean.length; i++) {
                mean[i] += row[i] / rows.size();
            }
        }
        return mean;
    }

    private static double[] less(double[] a, double[] b) {
        double[] difference = a.clone();
        for (int i = 0; i < a.length; i++) {
            difference[i] -= b[i];
        }
        return difference;
    }
}
