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
import java.util.stream.Collectors;
import org.gazecheck.metric.MeasuredImage;
import org.gazecheck.metric.Metric;
import org.gazecheck.metric.MetricId;
import org.gazecheck.metric.MetricRegistry;
import org.gazecheck.metric.MetricSet;
import org.gazecheck.metric.Source.OfImages;
import org.gazecheck.metric.Source.OfSplit;
import org.gazecheck.results.Figure;
import org.gazecheck.results.Localisation;
import org.gazecheck.results.LocalisationFile;
import org.gazecheck.results.MapTarget;
import org.gazecheck.results.Metrics;
import org.gazecheck.results.MetricsFile;
import org.gazecheck.results.MitigationFile;
import org.gazecheck.results.Prediction;
import org.gazecheck.results.PredictionsFile;
import org.gazecheck.results.RunFolder;
import org.gazecheck.results.SplitMetrics;
import org.gazecheck.stats.Interval;
import org.gazecheck.stats.StudentT;
import org.gazecheck.stats.Wilson;

/**
 * The figures of a run: those of {@code metrics.json}, and means over images (heatmaps for the predicted class) by outcome
 * and by class, with Student's intervals; shares with Wilson's.
 */
public final class RunMetrics {
    private final List<RecordedMetric> metrics = new ArrayList<>();

    private RunMetrics() {}

    /** Of a folder with the results of an evaluation and, where there was one, of an audit. */
    public static List<RecordedMetric> of(RunFolder run) throws IOException {
        RunMetrics all = new RunMetrics();
        Metrics figures = MetricsFile.read(run.metrics());
        List<MeasuredImage> images = images(run);
        for (MetricId id : MetricId.all()) {
            if (!id.metric().isFigure()) {
                continue;
            }
            if (id.metric().source() instanceof OfSplit source) {
                id.set().split().flatMap(figures::of).ifPresent(evaluated -> all.ofSplit(id, source, evaluated));
            } else if (id.metric().source() instanceof OfImages source) {
                all.ofImages(
                        id,
                        source,
                        images.stream()
                                .filter(image -> isOf(id, image.prediction()))
                                .toList());
            }
        }
        if (Files.isRegularFile(run.mitigation())) {
            boolean recommended = MitigationFile.read(run.mitigation()).recommended();
            all.add(
                    MetricId.of(MetricSet.MITIGATION, MetricRegistry.RECOMMENDED),
                    Optional.of(new Figure(recommended ? 1 : 0, Double.NaN, Double.NaN, 0)));
        }
        return all.metrics;
    }

    /** In the order of the predictions. */
    private static List<MeasuredImage> images(RunFolder run) throws IOException {
        Map<String, Localisation> heatmaps = new HashMap<>();
        if (Files.isRegularFile(run.localisation())) {
            LocalisationFile.read(run.localisation()).stream()
                    .filter(row -> row.target() == MapTarget.PREDICTED)
                    .forEach(row -> heatmaps.put(row.path(), row));
        }
        return PredictionsFile.read(run.predictions()).stream()
                .map(p -> new MeasuredImage(p, heatmaps.get(p.path()), null, null))
                .toList();
    }

    private static boolean isOf(MetricId id, Prediction prediction) {
        boolean ofSet = id.set().split().equals(Optional.of(prediction.split()));
        return ofSet
                && switch (id.detail()) {
                    case ALL -> true;
                    case CORRECT -> prediction.correct();
                    case WRONG -> prediction.wrong();
                };
    }

    private void ofSplit(MetricId id, OfSplit source, SplitMetrics evaluated) {
        add(id, source.figure().apply(evaluated));
        evaluated
                .classes()
                .forEach(each -> add(id.ofClass(each.name()), source.ofClass().apply(each)));
    }

    private void ofImages(MetricId id, OfImages source, List<MeasuredImage> images) {
        add(id, figure(id.metric(), source, images));
        if (id.isByClass()) {
            images.stream()
                    .filter(image -> image.prediction().labelled())
                    .collect(Collectors.groupingBy(
                            image -> image.prediction().label(), LinkedHashMap::new, Collectors.toList()))
                    .forEach((label, ofClass) -> add(id.ofClass(label), figure(id.metric(), source, ofClass)));
        }
    }

    /** Of the images that have the value; empty where none has. */
    private static Optional<Figure> figure(Metric metric, OfImages source, List<MeasuredImage> images) {
        double[] values = images.stream()
                .mapToDouble(source.value())
                .filter(v -> !Double.isNaN(v))
                .toArray();
        if (values.length == 0) {
            return Optional.empty();
        }
        boolean share = metric.nature() == Metric.Nature.SHARE;
        double value = share
                ? Arrays.stream(values).sum() / values.length
                : Arrays.stream(values).average().orElseThrow();
        Interval interval = share
                ? Wilson.interval((int) Arrays.stream(values).sum(), values.length)
                : StudentT.interval(values)
                        .within(metric.unit().least(), metric.unit().most());
        return Optional.of(new Figure(value, interval.low(), interval.high(), values.length));
    }

    private void add(MetricId id, Optional<Figure> figure) {
        figure.ifPresent(value -> metrics.add(new RecordedMetric(id, value)));
    }
}
