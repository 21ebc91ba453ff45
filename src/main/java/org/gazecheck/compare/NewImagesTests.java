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
import org.gazecheck.metric.Comparison;
import org.gazecheck.metric.Comparison.Features;
import org.gazecheck.metric.Comparison.Shares;
import org.gazecheck.metric.Comparison.Values;
import org.gazecheck.metric.Drift;
import org.gazecheck.metric.MetricId;
import org.gazecheck.metric.MetricId.Detail;
import org.gazecheck.metric.MetricRegistry;
import org.gazecheck.metric.MetricSet;
import org.gazecheck.metric.Source.OfImages;
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
import org.gazecheck.stats.StudentT;
import org.gazecheck.stats.TwoProportions;
import org.gazecheck.stats.TwoSamples;

/** Makes the tests of new images. */
final class NewImagesTests {
    private static final int RESAMPLES = 400;
    private static final int MOST_NEW_FEATURES = 250;
    private static final int MOST_REFERENCE_FEATURES = 750;

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
        for (MetricId id : MetricId.all()) {
            Comparison how = id.metric().comparison();
            if (id.set() != MetricSet.NEW || id.detail() != Detail.ALL) {
                continue;
            }
            if (how instanceof Shares shares) {
                overall.add(shares(id, shares, p -> true));
            } else if (how instanceof Values values) {
                overall.add(values(id, values.subject()));
            } else if (how instanceof Features) {
                overall.add(features(id));
            }
        }
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

    private static Optional<String> tooFew(int earlier, int newer, String absent, String what) {
        if (earlier == 0 || newer == 0) {
            return Optional.of(absent);
        }
        if (earlier < NewImages.LEAST || newer < NewImages.LEAST) {
            return Optional.of("there are " + newer + " new images" + what + " and " + earlier
                    + " to compare with, and fewer than " + NewImages.LEAST + " are not compared");
        }
        return Optional.empty();
    }

    private Measurement shares(MetricId id, Shares how, Predicate<Prediction> of) {
        List<Prediction> earlier =
                before.stream().filter(of.and(RunResults::labelled)).toList();
        List<Prediction> newer =
                now.stream().filter(of.and(RunResults::labelled)).toList();
        return obstacle(true)
                .or(() -> tooFew(earlier.size(), newer.size(), "there are no labels", " with a label"))
                .<Measurement>map(because -> new NotApplicable(id, because))
                .orElseGet(() -> shares(
                        id, count(newer, how.counted()), newer.size(), count(earlier, how.counted()), earlier.size()));
    }

    private static int count(List<Prediction> predictions, Predicate<Prediction> of) {
        return (int) predictions.stream().filter(of).count();
    }

    private static Measured shares(MetricId id, int k, int n, int l, int m) {
        TwoProportions test = new TwoProportions(k, n, l, m);
        return new Measured(
                id,
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

    private Measurement values(MetricId id, Subject subject) {
        OfImages source = (OfImages) id.metric().source();
        boolean ofPixels = id.metric().drift().equals(Optional.of(Drift.PROPERTIES));
        double[] earlier = values(reference, before, source);
        double[] newer = values(later, now, source);
        return obstacle(!ofPixels)
                .or(() -> tooFew(earlier.length, newer.length, source.absent(), " with it"))
                .<Measurement>map(because -> new NotApplicable(id, because))
                .orElseGet(() -> ranks(id, subject, new TwoSamples(newer, earlier)));
    }

    private static double[] values(RunResults run, List<Prediction> predictions, OfImages source) {
        return predictions.stream()
                .mapToDouble(p -> source.value().applyAsDouble(run.image(p)))
                .filter(v -> !Double.isNaN(v))
                .toArray();
    }

    private Measured ranks(MetricId id, Subject subject, TwoSamples samples) {
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
                        new Bootstrap(
                                RESAMPLES,
                                randomness,
                                Purpose.COMPARED_GROUPS.about(subject.in(MetricSet.NEW.text()))));
        return new Measured(
                id,
                samples.meanOfB(),
                samples.meanOfA(),
                m,
                n,
                new Effect("Cliff's delta", samples.cliffsDelta(), interval, true),
                Measurement.Test.RANK_SUM,
                (level, sign) -> sign * RankSum.critical(n, m, level),
                RankSum.p(samples),
                Double.NaN,
                StudentT.interval(samples.a()));
    }

    private Measurement features(MetricId id) throws IOException {
        boolean kept = Files.isRegularFile(reference.folder().features())
                && Files.isRegularFile(later.folder().features());
        Optional<String> obstacle = obstacle(true)
                .or(() -> kept ? Optional.empty() : Optional.of("a run kept no features (features.npy)"))
                .or(() -> tooFew(before.size(), now.size(), "", ""));
        if (obstacle.isPresent()) {
            return new NotApplicable(id, obstacle.get());
        }
        SplittableRandom random = randomness.of(Purpose.COMPARED_FEATURES.stream(), 0);
        float[][] newer = rows(later, groups.now(), MOST_NEW_FEATURES, random);
        float[][] earlier = rows(reference, groups.before(), MOST_REFERENCE_FEATURES, random);
        EnergyDistance test = EnergyDistance.of(newer, earlier, NewImages.SHUFFLES, random);
        return new Measured(
                id,
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
        MetricId top1 = MetricId.of(MetricSet.NEW, MetricRegistry.TOP1);
        Shares how = (Shares) MetricRegistry.TOP1.comparison();
        return now.stream()
                .filter(RunResults::labelled)
                .map(Prediction::label)
                .distinct()
                .sorted()
                .map(label -> shares(top1.ofClass(label), how, p -> p.label().equals(label)))
                .toList();
    }
}
