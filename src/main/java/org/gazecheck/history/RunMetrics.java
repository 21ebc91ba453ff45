package org.gazecheck.history;

import java.io.IOException;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.function.ToDoubleFunction;
import org.gazecheck.results.Figure;
import org.gazecheck.results.Localisation;
import org.gazecheck.results.LocalisationFile;
import org.gazecheck.results.MapTarget;
import org.gazecheck.results.Metrics;
import org.gazecheck.results.MetricsFile;
import org.gazecheck.results.Prediction;
import org.gazecheck.results.PredictionsFile;
import org.gazecheck.results.RunFolder;
import org.gazecheck.results.Split;
import org.gazecheck.results.SplitMetrics;
import org.gazecheck.stats.Interval;
import org.gazecheck.stats.StudentT;
import org.gazecheck.stats.Wilson;

/**
 * The figures of a run: those of {@code metrics.json}, and means over {@code localisation.csv} (heatmaps for the predicted
 * class) by outcome and by class, with Student's intervals; the pointing game, a share, with Wilson's.
 */
public final class RunMetrics {
    private static final String LIFT = "insideMask.lift";
    private static final String POINTING = "pointing";
    private static final Map<String, ToDoubleFunction<Localisation>> MEASURES = measures();

    private final List<RecordedMetric> metrics = new ArrayList<>();

    private RunMetrics() {}

    private static Map<String, ToDoubleFunction<Localisation>> measures() {
        Map<String, ToDoubleFunction<Localisation>> measures = new LinkedHashMap<>();
        measures.put(LIFT, Localisation::massLift);
        measures.put("insideMask.share", Localisation::massAccuracy);
        measures.put("border.share", Localisation::borderMass);
        measures.put(POINTING, Localisation::pointingGame);
        measures.put("entropy", Localisation::entropy);
        return measures;
    }

    /** Of a folder with the results of an evaluation and, where there was one, of an audit. */
    public static List<RecordedMetric> of(RunFolder run) throws IOException {
        RunMetrics all = new RunMetrics();
        Metrics figures = MetricsFile.read(run.metrics());
        all.accuracy(Split.VAL, figures.val());
        all.accuracy(Split.TEST, figures.test());
        all.accuracy(Split.NEW, figures.arrived());
        all.confidence(PredictionsFile.read(run.predictions()));
        if (Files.isRegularFile(run.localisation())) {
            all.localisation(LocalisationFile.read(run.localisation()), PredictionsFile.read(run.predictions()));
        }
        return all.metrics;
    }

    private void accuracy(Split split, SplitMetrics m) {
        if (m == null) {
            return;
        }
        add(split, null, "top1", m.top1());
        add(split, null, "top5", m.top5());
        add(split, null, "balancedAccuracy", m.balancedAccuracy());
        add(split, null, "macroF1", m.macroF1());
        add(split, null, "logLoss", m.logLoss());
        add(split, null, "ece", m.ece());
        for (SplitMetrics.ClassMetrics each : m.classes()) {
            add(split, each.name(), "recall", each.recall());
            add(split, each.name(), "precision", each.precision());
        }
    }

    private void confidence(List<Prediction> predictions) {
        for (Split split : Split.values()) {
            double[] values = predictions.stream()
                    .filter(p -> p.split() == split)
                    .mapToDouble(Prediction::pPredicted)
                    .toArray();
            if (values.length > 0) {
                add(split, null, "confidence", mean(values));
            }
        }
    }

    /** With Student's interval. */
    private static Figure mean(double[] values) {
        Interval interval = StudentT.interval(values);
        return new Figure(
                Arrays.stream(values).average().orElseThrow(), interval.low(), interval.high(), values.length);
    }

    private static Figure share(double[] zeroOrOne) {
        int hits = (int) Arrays.stream(zeroOrOne).sum();
        Interval interval = Wilson.interval(hits, zeroOrOne.length);
        return new Figure((double) hits / zeroOrOne.length, interval.low(), interval.high(), zeroOrOne.length);
    }

    /** Only the lift can be above 1. */
    private static Figure bounded(String name, Figure f) {
        Interval interval = new Interval(f.low(), f.high()).within(0, name.equals(LIFT) ? Double.POSITIVE_INFINITY : 1);
        return new Figure(f.value(), interval.low(), interval.high(), f.n());
    }

    private void add(Split split, String ofClass, String name, Figure f) {
        if (f != null) {
            metrics.add(new RecordedMetric(
                    split.text(), Optional.ofNullable(ofClass), name, f.value(), f.low(), f.high(), f.n()));
        }
    }

    private void localisation(List<Localisation> localisation, List<Prediction> predictions) {
        Map<String, Prediction> byPath = new HashMap<>();
        predictions.forEach(p -> byPath.put(p.path(), p));
        for (Split split : Split.values()) {
            List<Localisation> rows = localisation.stream()
                    .filter(a ->
                            a.split() == split && a.target() == MapTarget.PREDICTED && byPath.containsKey(a.path()))
                    .toList();
            Predicate<Localisation> labelled =
                    a -> !byPath.get(a.path()).label().isEmpty();
            Predicate<Localisation> correct = a -> byPath.get(a.path()).correct();
            means(split, null, "attention.all.", rows);
            means(
                    split,
                    null,
                    "attention.correct.",
                    rows.stream().filter(labelled.and(correct)).toList());
            means(
                    split,
                    null,
                    "attention.wrong.",
                    rows.stream().filter(labelled.and(correct.negate())).toList());
            Map<String, List<Localisation>> classes = new LinkedHashMap<>();
            rows.stream().filter(labelled).forEach(a -> classes.computeIfAbsent(
                            byPath.get(a.path()).label(), label -> new ArrayList<>())
                    .add(a));
            classes.forEach((label, ofClass) -> means(split, label, "attention.all.", ofClass));
        }
    }

    /** Those that exist for any of the images. */
    private void means(Split split, String ofClass, String group, List<Localisation> rows) {
        MEASURES.forEach((name, measure) -> {
            double[] values = rows.stream()
                    .mapToDouble(measure)
                    .filter(v -> !Double.isNaN(v))
                    .toArray();
            if (values.length > 0) {
                add(split, ofClass, group + name, name.equals(POINTING) ? share(values) : bounded(name, mean(values)));
            }
        });
    }
}
