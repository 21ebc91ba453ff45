package org.gazecheck.evaluate;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.Function;
import org.gazecheck.config.ExpectSettings;
import org.gazecheck.results.Figure;
import org.gazecheck.results.Metrics;
import org.gazecheck.results.SplitMetrics;
import org.gazecheck.results.SplitMetrics.Uncalibrated;
import org.jspecify.annotations.Nullable;

/** The figures of a run as a table for the console, with what was expected of them. */
public final class ResultTable {
    private static final String LINE = "%-22s  %-24s  %-24s";

    private ResultTable() {}

    /**
     * Lines without line ends at the end, 80 columns at most.
     *
     * @param expect figures that were stated, if any were
     */
    public static String of(Metrics metrics, @Nullable ExpectSettings expect) {
        List<String> lines = new ArrayList<>();
        lines.add(line("", column("val", metrics.val()), column("test", metrics.test())));
        lines.add(row("top-1", metrics, m -> percent(m.top1())));
        lines.add(row("top-5", metrics, m -> percent(m.top5())));
        lines.add(row("balanced accuracy", metrics, m -> percent(m.balancedAccuracy())));
        lines.add(row("macro F1", metrics, m -> percent(m.macroF1())));
        lines.add(row("log loss", metrics, m -> plain(m.logLoss())));
        lines.add(row("calibration error", metrics, m -> percent(m.ece())));
        if (calibrated(metrics.val()) || calibrated(metrics.test())) {
            lines.add(row("temperature", metrics, m -> calibrated(m) ? format("%.3f", m.temperature()) : "none"));
            lines.add(row("  log loss before", metrics, m -> before(m, raw -> plain(raw.logLoss()))));
            lines.add(row("  cal. error before", metrics, m -> before(m, raw -> percent(raw.ece()))));
        }
        if (expect != null) {
            expected(lines, "val", metrics.val(), expect.val());
            expected(lines, "test", metrics.test(), expect.test());
        }
        return String.join("\n", lines);
    }

    private static void expected(
            List<String> lines, String split, @Nullable SplitMetrics found, ExpectSettings.@Nullable Figures figures) {
        if (figures == null || figures.top1() == null) {
            return;
        }
        double expected = figures.top1();
        String stated = format("expected: %s top-1 at least %.2f %%: ", split, 100 * expected);
        if (found == null) {
            lines.add(stated + "not measured");
        } else {
            double points = 100 * (found.top1().value() - expected);
            lines.add(stated
                    + (points >= 0 ? "reached" : "BELOW")
                    + format(" (%.2f %%, %+.2f points)", 100 * found.top1().value(), points));
        }
    }

    private static String column(String name, @Nullable SplitMetrics split) {
        return split == null ? "" : name + " (" + split.top1().n() + " images)";
    }

    private static String row(String name, Metrics metrics, Function<SplitMetrics, String> cell) {
        return line(
                name,
                metrics.val() == null ? "" : cell.apply(metrics.val()),
                metrics.test() == null ? "" : cell.apply(metrics.test()));
    }

    private static String line(String name, String val, String test) {
        return format(LINE, name, val, test).stripTrailing();
    }

    private static String before(SplitMetrics split, Function<Uncalibrated, String> cell) {
        Uncalibrated raw = split.uncalibrated();
        return raw == null ? "" : cell.apply(raw);
    }

    private static boolean calibrated(@Nullable SplitMetrics split) {
        return split != null && split.uncalibrated() != null;
    }

    private static String percent(Figure f) {
        return format("%6.2f %% (%.2f to %.2f)", 100 * f.value(), 100 * f.low(), 100 * f.high());
    }

    private static String plain(Figure f) {
        return format("%6.4f   (%.4f to %.4f)", f.value(), f.low(), f.high());
    }

    private static String format(String format, Object... values) {
        return String.format(Locale.ROOT, format, values);
    }
}
