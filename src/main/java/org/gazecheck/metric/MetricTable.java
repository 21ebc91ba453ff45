package org.gazecheck.metric;

import java.util.Locale;
import java.util.stream.Collectors;
import org.gazecheck.metric.Metric.Better;

/** The registry for people. */
public final class MetricTable {
    private static final String HEAD =
            """
            | id | what | range | better | against a number | each class | between runs | from |
            |---|---|---|---|---|---|---|---|
            """;

    private MetricTable() {}

    /** For {@code docs/metrics.md}: a table in Markdown. */
    public static String markdown() {
        return HEAD + MetricRegistry.all().stream().map(MetricTable::row).collect(Collectors.joining());
    }

    /** For {@code --help}: ids, each with its meaning below. */
    public static String text() {
        return MetricRegistry.all().stream()
                .map(metric -> ids(metric) + "\n    " + metric.title() + "\n")
                .collect(Collectors.joining());
    }

    private static String row(Metric metric) {
        return "| `" + ids(metric) + "` | " + metric.title() + " | " + range(metric) + " | "
                + (metric.better() == Better.NEITHER
                        ? ""
                        : metric.better().name().toLowerCase(Locale.ROOT)) + " | "
                + against(metric) + " | "
                + (metric.places().byClass() ? metric.places().overall() ? "yes" : "only" : "") + " | "
                + metric.comparison().text(metric.sets()) + " | "
                + metric.source().file() + " |\n";
    }

    /** Braces stand for several, as in a shell. */
    private static String ids(Metric metric) {
        String sets = metric.sets().stream().map(MetricSet::text).collect(Collectors.joining(","));
        return (metric.sets().size() == 1 ? sets : "{" + sets + "}") + "." + metric.quantity()
                + (metric.byOutcome() ? "{,.correct,.wrong}" : "");
    }

    private static String range(Metric metric) {
        Unit unit = metric.unit();
        return unit == Unit.NONE
                ? ""
                : unit == Unit.SHARE ? "0 to 1" : unit == Unit.TRUTH ? unit.text() : unit.text() + ", from 0";
    }

    private static String against(Metric metric) {
        return switch (metric.nature()) {
            case SHARE -> "exact";
            case ESTIMATE -> "by interval";
            case COUNT -> metric.equals(MetricRegistry.NEW_FINDINGS) ? "as it is, or `is empty`" : "as it is";
            case TESTS -> "`is none`";
        };
    }
}
