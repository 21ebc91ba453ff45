package org.gazecheck.audit.intervention;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
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
 * mean features of its cells, in units of the logarithm of the zoom. Training images and their zoomed copies give it by a ridge
 * regression that takes what differs between images of one class for noise: {@code (E[x x'] + C)^-1 E[x t]}, {@code x} the change of the
 * features, {@code t} the logarithm of the zoom, {@code C} the covariance within classes. One half of those images is measured by what
 * the other half gave, all others by the mean of the two. The zero is the mean of the training images.
 */
final class ApparentSize {
    private static final double[] FACTORS = {1.5, 2};
    private static final int FITTED_BY = 48;

    /** Added to each variance, as a share of the mean variance. */
    private static final double RIDGE = 1;

    private final CellSource cells;
    private final Map<String, double[]> features;
    private final Map<String, double[]> directions = new HashMap<>();
    private final double[] direction;
    private final double[] zero;

    /** @param halves of the images that it is learned from */
    private ApparentSize(
            CellSource cells,
            Map<String, double[]> features,
            List<List<Change>> halves,
            List<SegmentedImage> training) {
        List<double[]> within = withinClasses(training, features);
        this.zero = mean(training.stream()
                .map(image -> features.get(image.item().path()))
                .toList());
        this.cells = cells;
        this.features = features;
        List<double[]> fitted =
                halves.stream().map(half -> direction(half, within)).toList();
        for (int half = 0; half < 2; half++) {
            double[] other = fitted.get(1 - half);
            halves.get(half).forEach(change -> directions.put(change.path, other));
        }
        this.direction = mean(fitted);
    }

    /**
     * How the features of an image change by a zoom.
     *
     * @param zoom logarithm of the factor, larger with more of the kind
     */
    private record Change(String path, double[] features, double zoom) {}

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
        Map<String, double[]> features = new HashMap<>();
        List<ImageCells> seen = cells.of(all);
        for (int i = 0; i < seen.size(); i++) {
            features.put(all.get(i).item().path(), mean(seen.get(i)));
        }
        Set<Dataset.Item> drawn = new HashSet<>(ImageSample.draw(
                randomness, training.stream().map(SegmentedImage::item).toList(), FITTED_BY));
        List<SegmentedImage> some =
                training.stream().filter(image -> drawn.contains(image.item())).toList();
        List<List<Change>> halves = List.of(new ArrayList<>(), new ArrayList<>());
        for (double factor : FACTORS) {
            List<SegmentedImage> zoomed = zoomed(some, kind.zoom(factor), originals);
            List<ImageCells> after = cells.of(zoomed);
            for (int i = 0; i < some.size(); i++) {
                String path = some.get(i).item().path();
                halves.get(i % 2).add(new Change(path, less(mean(after.get(i)), of(features, path)), Math.log(factor)));
            }
        }
        return some.size() < 2 * Trial.FEWEST
                ? Optional.empty()
                : Optional.of(new ApparentSize(cells, features, halves, training));
    }

    private static List<SegmentedImage> zoomed(List<SegmentedImage> images, Zoom zoom, Originals originals)
            throws IOException {
        List<SegmentedImage> zoomed = new ArrayList<>();
        for (SegmentedImage image : images) {
            Composite composite = new Originals.Altered(image, zoom, originals);
            zoomed.add(image.as(composite.key(), composite.image()));
        }
        return zoomed;
    }

    /** Larger the smaller, or the larger, things look; by path, of all images that were given. */
    Map<String, Double> values() {
        Map<String, Double> values = new HashMap<>();
        features.forEach((path, of) -> values.put(path, along(of, path)));
        return values;
    }

    /**
     * The same of an altered image.
     *
     * @param frame as the network sees it
     */
    double of(RgbImage frame, SegmentedImage image) throws IOException {
        SegmentedImage altered = image.as("frame " + Hashes.sha256(frame.rgb()), frame);
        return along(mean(cells.of(List.of(altered)).get(0)), image.item().path());
    }

    private double along(double[] features, String path) {
        return dot(directions.getOrDefault(path, direction), less(features, zero));
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

    private static double[] of(Map<String, double[]> features, String path) {
        return Objects.requireNonNull(features.get(path));
    }

    private static List<double[]> withinClasses(List<SegmentedImage> training, Map<String, double[]> features) {
        Map<Integer, List<double[]>> byClass = training.stream()
                .collect(Collectors.groupingBy(
                        SegmentedImage::label,
                        Collectors.mapping(image -> of(features, image.item().path()), Collectors.toList())));
        return training.stream()
                .map(image ->
                        less(of(features, image.item().path()), mean(byClass.getOrDefault(image.label(), List.of()))))
                .toList();
    }

    /** Scaled so that the regression of what it tells on the logarithm of the zoom has slope 1. */
    private static double[] direction(List<Change> changes, List<double[]> within) {
        int d = within.get(0).length;
        double[][] spread = new double[d][d];
        double[] together = new double[d];
        for (Change change : changes) {
            add(change.features, changes.size(), spread);
            for (int i = 0; i < d; i++) {
                together[i] += change.features[i] * change.zoom;
            }
        }
        within.forEach(one -> add(one, within.size(), spread));
        double trace = 0;
        for (int i = 0; i < d; i++) {
            trace += spread[i][i];
        }
        for (int i = 0; i < d; i++) {
            spread[i][i] += RIDGE * trace / d + 1e-12;
        }
        double[] direction = new CholeskyDecomposition(new Array2DRowRealMatrix(spread, false))
                .getSolver()
                .solve(new ArrayRealVector(together, false))
                .toArray();
        double told = changes.stream()
                .mapToDouble(c -> dot(direction, c.features) * c.zoom)
                .sum();
        double squares = changes.stream().mapToDouble(c -> c.zoom * c.zoom).sum();
        return Arrays.stream(direction)
                .map(x -> told > 0 ? x * squares / told : 0)
                .toArray();
    }

    private static double dot(double[] a, double[] b) {
        return new ArrayRealVector(a, false).dotProduct(new ArrayRealVector(b, false));
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
