package org.gazecheck.notify;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.gazecheck.io.AtomicFile;
import org.gazecheck.results.Figure;
import org.gazecheck.results.GateOutcome;
import org.gazecheck.results.GateVerdict;
import org.jspecify.annotations.Nullable;

/**
 * A night for Prometheus, as a file for the node exporter's textfile collector.
 *
 * @param name of the configuration, the label {@code night} of every sample
 * @param lastRun when the last night ended, whatever came of it
 * @param lastSuccess when the last night ended with exit code 0; null where none did
 * @param seconds how long the last night took
 * @param figures what it measured; those that do not exist are left out
 * @param verdict of the gates; null where it did not come to them
 */
public record NightMetrics(
        String name,
        Instant lastRun,
        @Nullable Instant lastSuccess,
        NightOutcome outcome,
        int exitCode,
        double seconds,
        List<NamedFigure> figures,
        @Nullable GateVerdict verdict) {
    private static final String LAST_SUCCESS = "gazecheck_night_last_success_timestamp_seconds";
    private static final Pattern SUCCESS_LINE = Pattern.compile("(?m)^" + LAST_SUCCESS + "\\{.*} (\\d{1,11})$");

    public NightMetrics {
        figures = List.copyOf(figures);
    }

    /** @param of the class that it is of; null for all images together */
    public record NamedFigure(String name, @Nullable String of, Figure figure) {}

    /**
     * Written whole or not at all.
     *
     * @throws IllegalArgumentException if the file's name does not end in {@code .prom}, which the collector wants, or a
     *     figure appears twice
     */
    public void write(Path file) throws IOException {
        if (!file.getFileName().toString().endsWith(".prom")) {
            throw new IllegalArgumentException(file + ": the textfile collector reads files that end in .prom only");
        }
        AtomicFile.write(file, text());
    }

    /** What the file of an earlier night has, for a night that knows nothing else of those before it. */
    public static Optional<Instant> lastSuccess(Path file) throws IOException {
        if (!Files.isRegularFile(file)) {
            return Optional.empty();
        }
        Matcher line = SUCCESS_LINE.matcher(Files.readString(file));
        return line.find() ? Optional.of(Instant.ofEpochSecond(Long.parseLong(line.group(1)))) : Optional.empty();
    }

    String text() {
        StringBuilder text = new StringBuilder();
        text.append(single(
                "gazecheck_night_last_run_timestamp_seconds",
                "When the last night ended, whatever its outcome.",
                lastRun.getEpochSecond()));
        if (lastSuccess != null) {
            String help = "When the last night ended with exit code 0.";
            text.append(single(LAST_SUCCESS, help, lastSuccess.getEpochSecond()));
        }
        text.append(single("gazecheck_night_exit_code", "Exit code of the last night.", exitCode));
        text.append(single("gazecheck_night_duration_seconds", "How long the last night took.", seconds));
        MetricFamily outcomes = new MetricFamily("gazecheck_night_outcome", "1 for the last night's outcome, else 0.");
        for (NightOutcome each : NightOutcome.values()) {
            outcomes.add(each == outcome ? 1 : 0, "night", name, "outcome", each.text());
        }
        text.append(outcomes.text());
        if (verdict != null) {
            MetricFamily gates = new MetricFamily("gazecheck_gates", "Gates of the last night by outcome.");
            for (GateOutcome each : GateOutcome.values()) {
                gates.add(verdict.count(each), "night", name, "outcome", each.text());
            }
            text.append(gates.text());
        }
        return text.append(figureFamilies()).toString();
    }

    private String single(String metric, String help, double value) {
        return new MetricFamily(metric, help).add(value, "night", name).text();
    }

    private String figureFamilies() {
        MetricFamily value = new MetricFamily("gazecheck_figure", "What the last night measured.");
        MetricFamily low = new MetricFamily("gazecheck_figure_low", "Lower end of the 95 % interval.");
        MetricFamily high = new MetricFamily("gazecheck_figure_high", "Upper end of the 95 % interval.");
        MetricFamily images = new MetricFamily("gazecheck_figure_images", "Images behind the figure.");
        for (NamedFigure each : figures) {
            Figure figure = each.figure();
            String[] labels = {"night", name, "figure", each.name(), "class", Objects.requireNonNullElse(each.of(), "")
            };
            value.add(figure.value(), labels);
            low.add(figure.low(), labels);
            high.add(figure.high(), labels);
            images.add(figure.n(), labels);
        }
        return value.text() + low.text() + high.text() + images.text();
    }
}
