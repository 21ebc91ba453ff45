package org.gazecheck.cli;

import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.gazecheck.history.History;
import org.gazecheck.history.RecordedRun;
import org.gazecheck.history.RecordedSignOff;
import org.gazecheck.io.Printable;
import org.gazecheck.metric.MetricId;
import org.gazecheck.metric.MetricId.Detail;
import org.gazecheck.metric.MetricRegistry;
import org.gazecheck.metric.MetricSet;
import org.gazecheck.results.Figure;
import org.gazecheck.results.Finding;

/** A history on the terminal: a line a run. */
final class HistoryTable {
    private static final DateTimeFormatter TIME =
            DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm", Locale.ROOT).withZone(ZoneOffset.UTC);
    private static final String LINE = "%-16s %-10s %-23s %-8s %-6s %-9s %s";

    private static final MetricId TOP1 = MetricId.of(MetricSet.TEST, MetricRegistry.TOP1);
    private static final MetricId ECE = MetricId.of(MetricSet.TEST, MetricRegistry.ECE);
    private static final MetricId LIFT =
            MetricId.of(MetricSet.TEST, MetricRegistry.MASS_LIFT).among(Detail.CORRECT);

    private HistoryTable() {}

    static String text(History history) {
        List<String> lines = new ArrayList<>();
        lines.add(
                String.format(LINE, "ended (UTC)", "outcome", "test top-1 (95 %)", "error", "lift", "findings", "run"));
        Optional<RecordedRun> baseline = history.baseline();
        history.runs().forEach(run -> lines.add(line(run, baseline.equals(Optional.of(run)), history.signOff(run))));
        long runs = history.runs().size();
        lines.add(runs + (runs == 1 ? " run" : " runs")
                + "; error: expected calibration error on test; lift: mass lift"
                + " of correct test images; findings: grave of all");
        lines.add(baseline.map(run -> "* baseline: " + run.id()
                        + (history.chosen().isPresent() ? ", which was set" : ", the last run whose gates passed"))
                .orElse("no baseline: none is set, and of no run gates passed"));
        return String.join("\n", lines);
    }

    private static String line(RecordedRun run, boolean baseline, Optional<RecordedSignOff> signOff) {
        long grave = run.findings().stream()
                .filter(f -> f.severity() == Finding.Severity.HIGH)
                .count();
        String folder = run.folder().map(name -> " in " + name).orElse("");
        return String.format(
                        LINE,
                        TIME.format(run.ended()),
                        run.outcome().words(),
                        percent(run.figure(TOP1)),
                        run.figure(ECE).map(m -> share(m.value())).orElse("-"),
                        run.figure(LIFT)
                                .map(m -> String.format(Locale.ROOT, "%.2f", m.value()))
                                .orElse("-"),
                        grave + " of " + run.findings().size(),
                        Printable.of(run.name()
                                + folder
                                + signOff.map(signed -> ", " + signed.text()).orElse("")
                                + (baseline ? " *" : "")))
                .stripTrailing();
    }

    private static String percent(Optional<Figure> metric) {
        return metric.map(m ->
                        share(m.value()) + String.format(Locale.ROOT, " (%.1f to %.1f)", 100 * m.low(), 100 * m.high()))
                .orElse("-");
    }

    private static String share(double value) {
        return String.format(Locale.ROOT, "%.1f %%", 100 * value);
    }
}
