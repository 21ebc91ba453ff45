package org.gazecheck.gate;

import java.util.Arrays;
import java.util.Locale;
import org.gazecheck.metric.Metric;
import org.gazecheck.metric.Unit;
import org.gazecheck.results.Figure;

/** Figures in sentences. */
final class Wording {
    private static final int FURTHER_DIGITS = 4;

    private Wording() {}

    /** {@code 94.5 %} for what lies from 0 to 1, {@code true} or {@code false}, else up to four digits. */
    static String amount(Metric metric, double value) {
        if (metric.unit() == Unit.TRUTH) {
            return value == 0 ? "false" : "true";
        }
        return metric.inPercent() ? fixed(100 * value, 1) + " %" : plain(value);
    }

    /** {@link #amount}, to so many digits that it is not the same as others. */
    static String amountApart(Metric metric, double value, double... others) {
        return metric.inPercent() ? apart(100, value, 1, others) + " %" : apart(1, value, decimals(value), others);
    }

    /** {@link #difference}, to so many digits that it is not the same as others. */
    static String differenceApart(Metric metric, double value, double... others) {
        return sign(value)
                + (metric.inPercent()
                        ? apart(100, value, 1, others) + " points"
                        : apart(1, value, decimals(value), others));
    }

    private static String apart(int scale, double value, int decimals, double... others) {
        for (int more = decimals; more < decimals + FURTHER_DIGITS; more++) {
            double digit = Math.pow(10, -more);
            if (Arrays.stream(others).allMatch(other -> Math.abs(value - other) * scale > digit)) {
                return fixed(scale * value, more);
            }
        }
        return fixed(scale * value, decimals + FURTHER_DIGITS);
    }

    /** {@code 94.5 % (95 % interval 93.5 % to 95.4 %, 2,087 images)}. */
    static String figure(Metric metric, Figure figure) {
        if (!metric.isNoisy()) {
            return amount(metric, figure.value());
        }
        return amount(metric, figure.value()) + " (95 % interval " + amount(metric, figure.low()) + " to "
                + amount(metric, figure.high()) + ", " + images(figure.n()) + ")";
    }

    /** {@code -12.0 points}, or in the figure's own unit. */
    static String difference(Metric metric, double value) {
        return metric.inPercent() ? sign(value) + fixed(100 * value, 1) + " points" : signed(value);
    }

    static String signed(double value) {
        return sign(value) + plain(value);
    }

    private static String sign(double value) {
        return value > 0 ? "+" : "";
    }

    static String images(int n) {
        return String.format(Locale.ROOT, "%,d %s", n, n == 1 ? "image" : "images");
    }

    static String count(int n, String one, String many) {
        return String.format(Locale.ROOT, "%,d %s", n, n == 1 ? one : many);
    }

    /** {@code p = 0.00012}. */
    static String p(double p) {
        return p < 1e-12 ? "p < 1e-12" : "p = " + plain(p);
    }

    /** Three significant digits at most below 1000. */
    static String plain(double value) {
        if (!Double.isFinite(value)) {
            return "none";
        }
        double size = Math.abs(value);
        if (size == 0 || size >= 1000) {
            return fixed(value, 0);
        }
        if (size < 1e-4) {
            return String.format(Locale.ROOT, "%.1e", value);
        }
        return withoutZeros(fixed(value, decimals(value)));
    }

    private static int decimals(double value) {
        return value == 0 ? 0 : Math.max(0, 2 - (int) Math.floor(Math.log10(Math.abs(value))));
    }

    private static String withoutZeros(String text) {
        return text.contains(".") ? text.replaceAll("0+$", "").replaceAll("\\.$", "") : text;
    }

    private static String fixed(double value, int decimals) {
        return Double.isFinite(value) ? String.format(Locale.ROOT, "%." + decimals + "f", value) : "none";
    }
}
