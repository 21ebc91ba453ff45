package org.gazecheck.compare;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.IntStream;
import org.gazecheck.compare.Measurement.Effect;
import org.gazecheck.compare.Measurement.Measured;
import org.gazecheck.compare.Measurement.NotApplicable;
import org.gazecheck.metric.Comparison.ClassMix;
import org.gazecheck.metric.MetricId;
import org.gazecheck.metric.MetricRegistry;
import org.gazecheck.metric.MetricSet;
import org.gazecheck.results.DatasetRow;
import org.gazecheck.results.Prediction;
import org.gazecheck.stats.Contingency;
import org.gazecheck.stats.CriticalEffect;
import org.gazecheck.stats.Homogeneity;
import org.gazecheck.stats.Purpose;
import org.gazecheck.stats.Randomness;

/**
 * What the data is made of: the mix of classes among the new images beside the earlier run's, and which images came and
 * went. Paths are of the run that has them.
 *
 * @param mix of labels, and of predicted classes where the model is the same (shuffled chi-squared)
 * @param unusual where the mix of labels differs: classes that are clearly more, or less, frequent among the new images,
 *     the most unusual first
 * @param added bytes that the earlier data set did not have
 * @param vanished usable before; neither the path nor the bytes are there now
 * @param changed the same path with other bytes
 * @param lost images that are left out now and were not before, with the reason
 * @param relabelled the same bytes with another label
 */
public record Composition(
        Family mix,
        List<ClassShare> unusual,
        List<String> added,
        List<String> vanished,
        List<String> changed,
        List<LeftOut> lost,
        List<Relabelled> relabelled) {
    /** An adjusted residual beyond this comes by chance about once in 370 classes. */
    private static final double UNUSUAL = 3;

    /**
     * @param reference images of the class among the {@code referenceImages} of the earlier run
     * @param images images of the class among the new ones
     * @param residual Haberman's (1973) adjusted residual; above 0: more frequent now
     */
    public record ClassShare(
            String label, int reference, int referenceImages, int images, int newImages, double residual) {}

    public record LeftOut(String path, String problem) {}

    public record Relabelled(String path, String before, String now) {}

    static Composition of(ComparedImages groups, RunResults reference, RunResults later, Randomness randomness) {
        List<Prediction> before =
                groups.before().stream().map(reference.predictions()::get).toList();
        List<Prediction> now =
                groups.now().stream().map(later.predictions()::get).toList();
        List<String> classes = reference.manifest().classes();
        List<Measurement> mix = new ArrayList<>();
        MetricId labels = MetricId.of(MetricSet.NEW, MetricRegistry.LABEL_DISTRIBUTION);
        mix.add(mix(labels, classes, before, now, randomness));
        MetricId predicted = MetricId.of(MetricSet.NEW, MetricRegistry.PREDICTION_DISTRIBUTION);
        mix.add(
                !now.isEmpty() && !reference.sameModel(later)
                        ? new NotApplicable(predicted, "the runs have different models")
                        : mix(predicted, classes, before, now, randomness));
        Family corrected = Family.corrected("mix of classes", mix);
        return new Composition(
                corrected,
                differs(corrected, labels) ? unusual(classes, before, now) : List.of(),
                added(reference, later),
                vanished(reference, later),
                changed(reference, later),
                lost(reference, later),
                relabelled(reference, later));
    }

    private static boolean differs(Family family, MetricId id) {
        return family.find(id).orElseThrow() instanceof Measured measured && measured.differs(ComparisonText.LEVEL);
    }

    private static Measurement mix(
            MetricId id, List<String> classes, List<Prediction> before, List<Prediction> now, Randomness randomness) {
        ClassMix how = (ClassMix) id.metric().comparison();
        if (now.isEmpty()) {
            return new NotApplicable(id, "there are no new images");
        }
        int[] reference = counts(classes, before, how.label());
        int[] later = counts(classes, now, how.label());
        int n = IntStream.of(later).sum();
        int m = IntStream.of(reference).sum();
        if (n < NewImages.LEAST || m < NewImages.LEAST) {
            return new NotApplicable(
                    id, n == 0 ? "there are no labels" : "there are fewer than " + NewImages.LEAST + " images with it");
        }
        Homogeneity test = Homogeneity.of(
                later,
                reference,
                NewImages.SHUFFLES,
                randomness.of(Purpose.COMPARED_MIX.about(how.subject().in(MetricSet.NEW.text())), 0));
        return new Measured(
                id,
                Double.NaN,
                Double.NaN,
                m,
                n,
                Effect.distance("Cramér's V", test.cramersV()),
                Measurement.Test.CHI_SQUARED,
                CriticalEffect.UNKNOWN,
                test.p(),
                Double.NaN);
    }

    private static int[] counts(
            List<String> classes, List<Prediction> predictions, Function<Prediction, String> label) {
        Map<String, Integer> index = new HashMap<>();
        classes.forEach(c -> index.put(c, index.size()));
        int[] counts = new int[classes.size()];
        predictions.stream().map(label).map(index::get).filter(Objects::nonNull).forEach(c -> counts[c]++);
        return counts;
    }

    private static List<ClassShare> unusual(List<String> classes, List<Prediction> before, List<Prediction> now) {
        int[] reference = counts(classes, before, Prediction::label);
        int[] later = counts(classes, now, Prediction::label);
        int m = IntStream.of(reference).sum();
        int n = IntStream.of(later).sum();
        double[] residuals = new Contingency(new int[][] {later, reference}).residuals()[0];
        return IntStream.range(0, classes.size())
                .filter(c -> Math.abs(residuals[c]) > UNUSUAL)
                .mapToObj(c -> new ClassShare(classes.get(c), reference[c], m, later[c], n, residuals[c]))
                .sorted(Comparator.comparingDouble(c -> -Math.abs(c.residual())))
                .toList();
    }

    private static Set<String> bytes(RunResults run) {
        Set<String> bytes = new HashSet<>();
        run.dataset().stream()
                .filter(DatasetRow::usable)
                .map(DatasetRow::sha256)
                .forEach(bytes::add);
        return bytes;
    }

    private static Map<String, DatasetRow> byPath(RunResults run) {
        Map<String, DatasetRow> rows = new HashMap<>();
        run.dataset().forEach(row -> rows.put(row.path(), row));
        return rows;
    }

    private static List<String> added(RunResults reference, RunResults later) {
        Set<String> known = bytes(reference);
        return later.dataset().stream()
                .filter(row -> row.usable() && !known.contains(row.sha256()))
                .map(DatasetRow::path)
                .toList();
    }

    private static List<String> vanished(RunResults reference, RunResults later) {
        Set<String> known = bytes(later);
        Map<String, DatasetRow> paths = byPath(later);
        return reference.dataset().stream()
                .filter(row -> row.usable() && !known.contains(row.sha256()) && !paths.containsKey(row.path()))
                .map(DatasetRow::path)
                .toList();
    }

    private static List<String> changed(RunResults reference, RunResults later) {
        Map<String, DatasetRow> paths = byPath(later);
        return reference.dataset().stream()
                .filter(DatasetRow::usable)
                .filter(row -> paths.containsKey(row.path())
                        && paths.get(row.path()).usable()
                        && !paths.get(row.path()).sha256().equals(row.sha256()))
                .map(DatasetRow::path)
                .toList();
    }

    private static List<LeftOut> lost(RunResults reference, RunResults later) {
        Map<String, DatasetRow> paths = byPath(reference);
        return later.dataset().stream()
                .filter(row -> !row.usable())
                .filter(row ->
                        !paths.containsKey(row.path()) || paths.get(row.path()).usable())
                .map(row -> new LeftOut(row.path(), row.problem()))
                .toList();
    }

    private static List<Relabelled> relabelled(RunResults reference, RunResults later) {
        Map<String, String> labels = new HashMap<>();
        reference.dataset().stream()
                .filter(row -> row.usable() && !row.label().isEmpty())
                .forEach(row -> labels.put(row.sha256(), row.label()));
        return later.dataset().stream()
                .filter(row -> row.usable() && !row.label().isEmpty())
                .map(row -> new Relabelled(row.path(), labels.getOrDefault(row.sha256(), row.label()), row.label()))
                .filter(row -> !row.before().equals(row.now()))
                .toList();
    }
}
