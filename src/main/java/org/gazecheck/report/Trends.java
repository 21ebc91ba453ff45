package org.gazecheck.report;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.DoubleStream;
import org.gazecheck.history.RecordedRun;
import org.gazecheck.metric.Metric;
import org.gazecheck.metric.MetricId;
import org.gazecheck.metric.MetricId.Detail;
import org.gazecheck.metric.MetricRegistry;
import org.gazecheck.metric.MetricSet;
import org.gazecheck.report.page.Page.Dot;
import org.gazecheck.report.page.RunsPage.Mark;
import org.gazecheck.report.page.RunsPage.Trend;
import org.gazecheck.report.page.RunsPage.TrendLine;
import org.gazecheck.results.Finding;

/**
 * Figures of one configuration's runs over time, with their intervals as bands. A run without the figure breaks the line.
 *
 * @param runs the oldest first, at least one
 */
record Trends(List<RecordedRun> runs, Optional<RecordedRun> baseline) {
    private static final double LEFT = 48;
    private static final double WIDTH = 500;
    private static final int MANY = 90;

    /** A figure of a run; ends are NaN where there is no interval. */
    private record Value(double value, double low, double high) {}

    private record Line(String name, String style, Function<RecordedRun, Optional<Value>> value) {}

    /** Those for which any run has a figure. */
    List<Trend> all() {
        List<Optional<Trend>> trends = List.of(
                trend(
                        "Top-1 accuracy, %",
                        "of all images of the split; band: 95 % interval", testAndVal(MetricRegistry.TOP1, Detail.ALL)),
                trend(
                        "Top-1 accuracy of new images, %",
                        "of those with labels in each night; band: 95 % interval",
                        List.of(line(MetricId.of(MetricSet.NEW, MetricRegistry.TOP1), "val"))),
                trend("Expected calibration error, %", "lower is better", testAndVal(MetricRegistry.ECE, Detail.ALL)),
                trend(
                        "Localisation, mass lift",
                        "1 is chance; correct predictions, means with 95 % intervals",
                        testAndVal(MetricRegistry.MASS_LIFT, Detail.CORRECT)),
                trend(
                        "Findings",
                        "how many, by severity",
                        List.of(
                                findings(Finding.Severity.HIGH, "grave"),
                                findings(Finding.Severity.MEDIUM, "middling"),
                                findings(Finding.Severity.LOW, "train"))));
        return trends.stream().flatMap(Optional::stream).toList();
    }

    private static List<Line> testAndVal(Metric metric, Detail detail) {
        return List.of(
                line(MetricId.of(MetricSet.TEST, metric).among(detail), "val"),
                line(MetricId.of(MetricSet.VAL, metric).among(detail), "train"));
    }

    private static Line line(MetricId id, String style) {
        double unit = id.metric().inPercent() ? 100 : 1;
        return new Line(id.set().text(), style, run -> run.figure(id)
                .map(f -> new Value(unit * f.value(), unit * f.low(), unit * f.high()))
                .filter(v -> Double.isFinite(v.value())));
    }

    private static Line findings(Finding.Severity severity, String style) {
        return new Line(
                severity.text(),
                style,
                run -> run.metrics().isEmpty()
                        ? Optional.empty()
                        : Optional.of(new Value(
                                run.findings().stream()
                                        .filter(f -> f.severity() == severity)
                                        .count(),
                                Double.NaN,
                                Double.NaN)));
    }

    private Optional<Trend> trend(String title, String hint, List<Line> lines) {
        double[] ends = lines.stream()
                .flatMap(line -> runs.stream().flatMap(run -> line.value().apply(run).stream()))
                .flatMapToDouble(v -> DoubleStream.of(v.value(), v.low(), v.high()))
                .filter(Double::isFinite)
                .sorted()
                .toArray();
        if (ends.length == 0) {
            return Optional.empty();
        }
        TimeAxis time = TimeAxis.over(runs, LEFT, WIDTH);
        Axis axis = Axis.over(ends[0], ends[ends.length - 1]);
        List<TrendLine> drawn = lines.stream()
                .map(line -> line(line, time, axis))
                .filter(line -> !line.dots().isEmpty())
                .toList();
        return Optional.of(new Trend(
                title,
                hint,
                time.ticks(),
                axis.ticks(),
                drawn,
                marks(time),
                runs.size() > MANY ? "1.2" : "2.5",
                description(title, drawn)));
    }

    private static String description(String title, List<TrendLine> lines) {
        StringBuilder text = new StringBuilder(title);
        for (TrendLine line : lines) {
            text.append("; ").append(line.dots().get(line.dots().size() - 1).label());
        }
        return text.toString();
    }

    private TrendLine line(Line line, TimeAxis time, Axis axis) {
        List<String> bands = new ArrayList<>();
        List<String> points = new ArrayList<>();
        List<Dot> dots = new ArrayList<>();
        List<String> upper = new ArrayList<>();
        List<String> lower = new ArrayList<>();
        List<String> middle = new ArrayList<>();
        for (int i = 0; i <= runs.size(); i++) {
            Optional<Value> value =
                    i == runs.size() ? Optional.empty() : line.value().apply(runs.get(i));
            if (value.isEmpty()) {
                if (!middle.isEmpty()) {
                    points.add(String.join(" ", middle));
                }
                if (upper.size() > 1) {
                    Collections.reverse(lower);
                    upper.addAll(lower);
                    bands.add(String.join(" ", upper));
                }
                upper.clear();
                lower.clear();
                middle.clear();
                continue;
            }
            Value v = value.get();
            String x = Numbers.coordinate(time.x(runs.get(i).ended()));
            middle.add(x + "," + Numbers.coordinate(axis.y(v.value())));
            if (Double.isFinite(v.low()) && Double.isFinite(v.high())) {
                upper.add(x + "," + Numbers.coordinate(axis.y(v.high())));
                lower.add(x + "," + Numbers.coordinate(axis.y(v.low())));
            }
            dots.add(new Dot(x, Numbers.coordinate(axis.y(v.value())), label(line, runs.get(i), v)));
        }
        return new TrendLine(line.name(), line.style(), bands, points, dots);
    }

    private static String label(Line line, RecordedRun run, Value v) {
        String interval =
                Double.isFinite(v.low()) ? " (" + Numbers.plain(v.low()) + " to " + Numbers.plain(v.high()) + ")" : "";
        String value = v.value() == Math.rint(v.value()) ? Numbers.fixed(v.value(), 0) : Numbers.plain(v.value());
        return TimeAxis.DAY.format(run.ended()) + ", " + line.name() + ": " + value + interval;
    }

    /** The baseline, and where the model is another one than in the run before. */
    private List<Mark> marks(TimeAxis time) {
        List<Mark> marks = new ArrayList<>();
        Optional<String> before = runs.get(0).model();
        for (int i = 1; i < runs.size(); i++) {
            Optional<String> model = runs.get(i).model();
            if (model.isPresent() && before.isPresent() && !model.equals(before)) {
                marks.add(new Mark(
                        Numbers.coordinate(time.x(runs.get(i).ended())),
                        "other-model",
                        "another model from " + TimeAxis.DAY.format(runs.get(i).ended())));
            }
            before = model.isPresent() ? model : before;
        }
        for (RecordedRun run : runs) {
            if (baseline.map(RecordedRun::id).equals(Optional.of(run.id()))) {
                marks.add(new Mark(
                        Numbers.coordinate(time.x(run.ended())),
                        "best",
                        "baseline, " + TimeAxis.DAY.format(run.ended())));
            }
        }
        return marks;
    }
}
