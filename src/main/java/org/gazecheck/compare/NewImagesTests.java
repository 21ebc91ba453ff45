package org.gazecheck.compare;

import java.io.IOException;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.function.Predicate;
import org.gazecheck.compare.Measurement.Effect;
import org.gazecheck.compare.Measurement.Measured;
import org.gazecheck.compare.Measurement.NotApplicable;
import org.gazecheck.io.NpyRows;
import org.gazecheck.results.DataQualityRow;
import org.gazecheck.results.Prediction;
import org.gazecheck.stats.Bootstrap;
import org.gazecheck.stats.CriticalEffect;
import org.gazecheck.stats.EnergyDistance;
import org.gazecheck.stats.Interval;
import org.gazecheck.stats.Purpose;
import org.gazecheck.stats.Purpose.Subject;
import org.gazecheck.stats.Randomness;
import org.gazecheck.stats.RankSum;
import org.gazecheck.stats.StratifiedGroups;
import org.gazecheck.stats.TwoProportions;
import org.gazecheck.stats.TwoSamples;

/** Makes the tests of new images. */
final class NewImagesTests {
    private static final int RESAMPLES = 400;
    private static final int MOST_NEW_FEATURES = 250;
    private static final int MOST_REFERENCE_FEATURES = 750;

    /** A number of an image. */
    private interface Value {
        double of(RunResults run, Prediction prediction);
    }

    private final ComparedImages groups;
    private final RunResults reference;
    private final RunResults later;
    private final Randomness randomness;
    private final boolean sameModel;
    private final List<Prediction> before;
    private final List<Prediction> now;
    private final List<Measurement> overall = new ArrayList<>();

    NewImagesTests(ComparedImages groups, RunResults reference, RunResults later, Randomness randomness) {
        this.groups = groups;
        this.reference = reference;
        this.later = later;
        this.randomness = randomness;
        this.sameModel = reference.sameModel(later);
        this.before = groups.before().stream().map(reference.predictions()::get).toList();
        this.now = groups.now().stream().map(later.predictions()::get).toList();
    }

    NewImages done() throws IOException {
        overall.add(accuracy(Traits.TOP1.in(NewImages.SET), p -> true));
        overall.add(dataQuality());
        ofModel(Traits.CONFIDENCE, Subject.CONFIDENCE, "nothing was predicted", (run, p) -> p.pPredicted());
        Traits.LOCALISATION.forEach(trait -> ofModel(
                trait.measure(),
                trait.subject(),
                trait.absent(),
                (run, p) -> trait.of(run.localisation().get(p.path()))));
        ofModel(Traits.OUTLIER, Subject.OUTLIER, "the audit measured no distances", (run, p) -> {
            DataQualityRow row = run.dataQuality().get(p.path());
            return row == null ? Double.NaN : row.outlier();
        });
        Traits.PROPERTIES.forEach(trait -> overall.add(values(
                trait.measure().in(NewImages.SET),
                trait.subject(),
                trait.absent(),
                (run, p) -> trait.of(run.properties().get(p.path())))));
        overall.add(features());
        return new NewImages(
                groups.split(),
                now.size(),
                (int) now.stream().filter(RunResults::labelled).count(),
                Family.corrected("new images", overall),
                Family.corrected("new images, class by class", classes()));
    }

    /** Why nothing can be said of the new images; empty where something can. */
    private Optional<String> obstacle(boolean needsModel) {
        if (now.isEmpty()) {
            return Optional.of("there are no new images");
        }
        if (needsModel && !sameModel) {
            return Optional.of(
                    "the runs have different models, so that the effects of new images and of the new model cannot"
                            + " be separated");
        }
        return Optional.empty();
    }

    private Optional<String> tooFew(int earlier, int newer, String absent, String what) {
        if (earlier == 0 || newer == 0) {
            return Optional.of(absent);
        }
        if (earlier < NewImages.LEAST || newer < NewImages.LEAST) {
            return Optional.of("there are " + newer + " new images" + what + " and " + earlier
                    + " to compare with, and fewer than " + NewImages.LEAST + " are not compared");
        }
        return Optional.empty();
    }

    private Measurement accuracy(Measure measure, Predicate<Prediction> of) {
        List<Prediction> earlier =
                before.stream().filter(of.and(RunResults::labelled)).toList();
        List<Prediction> newer =
                now.stream().filter(of.and(RunResults::labelled)).toList();
        Optional<String> obstacle =
                obstacle(true).or(() -> tooFew(earlier.size(), newer.size(), "there are no labels", " with a label"));
        return obstacle.<Measurement>map(because -> new NotApplicable(measure, because))
                .orElseGet(() -> shares(
                        measure,
                        count(newer, Prediction::correct),
                        newer.size(),
                        count(earlier, Prediction::correct),
                        earlier.size()));
    }

    private Measurement dataQuality() {
        Measure measure = Measure.of(
                        "suspicion",
                        "labels that the network contradicts, another class being more probable by at least 0.5",
                        true,
                        Measure.Good.LOWER)
                .in(NewImages.SET);
        List<Prediction> earlier = before.stream().filter(RunResults::labelled).toList();
        List<Prediction> newer = now.stream().filter(RunResults::labelled).toList();
        return obstacle(true)
                .or(() -> tooFew(earlier.size(), newer.size(), "there are no labels", " with a label"))
                .<Measurement>map(because -> new NotApplicable(measure, because))
                .orElseGet(() -> shares(
                        measure,
                        count(newer, Prediction::contradicted),
                        newer.size(),
                        count(earlier, Prediction::contradicted),
                        earlier.size()));
    }

    private static int count(List<Prediction> predictions, Predicate<Prediction> of) {
        return (int) predictions.stream().filter(of).count();
    }

    private static Measured shares(Measure measure, int k, int n, int l, int m) {
        TwoProportions test = new TwoProportions(k, n, l, m);
        return new Measured(
                measure,
                (double) l / m,
                (double) k / n,
                m,
                n,
                Effect.difference(test.difference(), test.interval()),
                Measurement.Test.FISHER,
                (level, sign) -> TwoProportions.critical(n, l, m, level, sign),
                test.p(),
                Double.NaN);
    }

    private void ofModel(Measure measure, Subject subject, String absent, Value value) {
        Measure ofNew = measure.in(NewImages.SET);
        overall.add(obstacle(true)
                .<Measurement>map(because -> new NotApplicable(ofNew, because))
                .orElseGet(() -> values(ofNew, subject, absent, value)));
    }

    private Measurement values(Measure measure, Subject subject, String absent, Value value) {
        double[] earlier = values(reference, before, value);
        double[] newer = values(later, now, value);
        return obstacle(false)
                .or(() -> tooFew(earlier.length, newer.length, absent, " with it"))
                .<Measurement>map(because -> new NotApplicable(measure, because))
                .orElseGet(() -> ranks(measure, subject, new TwoSamples(newer, earlier)));
    }

    private static double[] values(RunResults run, List<Prediction> predictions, Value value) {
        return predictions.stream()
                .mapToDouble(p -> value.of(run, p))
                .filter(v -> !Double.isNaN(v))
                .toArray();
    }

    private Measured ranks(Measure measure, Subject subject, TwoSamples samples) {
        int n = samples.a().length;
        int m = samples.b().length;
        boolean[] group = new boolean[n + m];
        double[] values = new double[n + m];
        for (int i = 0; i < values.length; i++) {
            group[i] = i < n;
            values[i] = group[i] ? samples.a()[i] : samples.b()[i - n];
        }
        Interval interval = new StratifiedGroups(group, new int[n + m])
                .interval(
                        values,
                        new Bootstrap(RESAMPLES, randomness, Purpose.COMPARED_GROUPS.about(subject.in(NewImages.SET))));
        return new Measured(
                measure,
                samples.meanOfB(),
                samples.meanOfA(),
                m,
                n,
                new Effect("Cliff's delta", samples.cliffsDelta(), interval, true),
                Measurement.Test.RANK_SUM,
                (level, sign) -> sign * RankSum.critical(n, m, level),
                RankSum.p(samples),
                Double.NaN);
    }

    private Measurement features() throws IOException {
        Measure measure = Measure.of("features", "features of the images", false, Measure.Good.NEITHER)
                .in(NewImages.SET);
        boolean kept = Files.isRegularFile(reference.folder().features())
                && Files.isRegularFile(later.folder().features());
        Optional<String> obstacle = obstacle(true)
                .or(() -> kept ? Optional.empty() : Optional.of("a run kept no features (features.npy)"))
                .or(() -> tooFew(before.size(), now.size(), "", ""));
        if (obstacle.isPresent()) {
            return new NotApplicable(measure, obstacle.get());
        }
        SplittableRandom random = randomness.of(Purpose.COMPARED_FEATURES.stream(), 0);
        float[][] newer = rows(later, groups.now(), MOST_NEW_FEATURES, random);
        float[][] earlier = rows(reference, groups.before(), MOST_REFERENCE_FEATURES, random);
        EnergyDistance test = EnergyDistance.of(newer, earlier, NewImages.SHUFFLES, random);
        return new Measured(
                measure,
                Double.NaN,
                Double.NaN,
                earlier.length,
                newer.length,
                Effect.distance("energy coefficient", test.effect()),
                Measurement.Test.ENERGY_DISTANCE,
                CriticalEffect.UNKNOWN,
                test.p(),
                Double.NaN);
    }

    /** Of a random part where there are more. */
    private static float[][] rows(RunResults run, List<Integer> rows, int most, SplittableRandom random)
            throws IOException {
        List<Integer> drawn = new ArrayList<>(rows);
        for (int i = 0; i < Math.min(most, drawn.size()); i++) {
            Collections.swap(drawn, i, i + random.nextInt(drawn.size() - i));
        }
        try (NpyRows file = NpyRows.open(run.folder().features())) {
            if (file.shape()[0] != run.predictions().size()) {
                throw new IncomparableException(run.folder().features() + " has " + file.shape()[0] + " rows and "
                        + run.folder().predictions() + " "
                        + run.predictions().size()
                        + ": evaluate the run again (gazecheck evaluate)");
            }
            float[][] features = new float[Math.min(most, drawn.size())][];
            for (int i = 0; i < features.length; i++) {
                features[i] = file.row(drawn.get(i));
            }
            return features;
        }
    }

    private List<Measurement> classes() {
        return now.stream()
                .filter(RunResults::labelled)
                .map(Prediction::label)
                .distinct()
                .sorted()
                .map(label -> accuracy(
                        Measure.ofClass("recall", label, "accuracy on " + label).in(NewImages.SET),
                        p -> p.label().equals(label)))
                .toList();
    }
}
