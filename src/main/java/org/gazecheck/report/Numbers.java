package org.gazecheck.report;

import java.util.Locale;
import java.util.regex.Pattern;
import org.gazecheck.results.Figure;
import org.gazecheck.results.ProbabilityText;

/** Numbers as the page prints them. */
final class Numbers {
    /** Stands where there is no value. */
    static final String NONE = "–";

    /** A sign behind a number. */
    static final String PERCENT = "\u00a0%";

    private static final Pattern HYPHEN = Pattern.compile("(?<=^|[ (])-(?=\\d)");

    private Numbers() {}

    /** 0.9541 as {@code 95.4 %}, which no line's end parts. */
    static String percent(double share) {
        return Double.isFinite(share) ? fixed(100 * share, 1) + PERCENT : NONE;
    }

    /** Of a softmax. */
    static String softmax(double probability) {
        return Double.isFinite(probability) ? ProbabilityText.of(probability).replace(" ", "\u00a0") : NONE;
    }

    /** A sentence with its numbers as the page has them: percent signs on their number's line, and one sort of minus. */
    static String in(String sentence) {
        return HYPHEN.matcher(sentence.replace(" %", PERCENT)).replaceAll("−");
    }

    /** {@code 94.0–96.6}: the interval of a figure printed by {@link #percent}. */
    static String percentInterval(double low, double high) {
        return interval(100 * low, 100 * high, 1);
    }

    static String percentInterval(Figure figure) {
        return percentInterval(figure.low(), figure.high());
    }

    static String interval(double low, double high, int decimals) {
        return Double.isFinite(low) && Double.isFinite(high)
                ? fixed(low, decimals) + "–" + fixed(high, decimals)
                : NONE;
    }

    /** An interval whose ends may be negative: {@code −1.2 to 3.4}. */
    static String signedInterval(double low, double high, int decimals) {
        return Double.isFinite(low) && Double.isFinite(high)
                ? signed(low, decimals) + " to " + signed(high, decimals)
                : NONE;
    }

    /** {@code +1.2} or {@code −1.2}. */
    static String signed(double value, int decimals) {
        if (!Double.isFinite(value)) {
            return NONE;
        }
        String digits = fixed(Math.abs(value), decimals);
        boolean zero = digits.chars().allMatch(c -> c == '0' || c == '.');
        return zero ? digits : (value < 0 ? "−" : "+") + digits;
    }

    static String fixed(double value, int decimals) {
        if (!Double.isFinite(value)) {
            return NONE;
        }
        String text = String.format(Locale.ROOT, "%." + decimals + "f", value);
        boolean negativeZero = text.startsWith("-") && text.chars().allMatch(c -> c == '-' || c == '0' || c == '.');
        return negativeZero ? text.substring(1) : text.replace('-', '−');
    }

    /** Up to four significant digits, for numbers of unknown size. */
    static String plain(double value) {
        if (!Double.isFinite(value)) {
            return NONE;
        }
        double size = Math.abs(value);
        if (size != 0 && (size < 1e-3 || size >= 1e6)) {
            return String.format(Locale.ROOT, "%.2e", value).replace('-', '−');
        }
        return fixed(value, size >= 100 ? 1 : size >= 10 ? 2 : 3);
    }

    /** {@code p = 0.012} or {@code p < 0.001}. */
    static String probability(String name, double p) {
        return p < 0.001 ? name + " < 0.001" : name + " = " + fixed(p, 3);
    }

    /** {@code 0.012} or {@code < 0.001}. */
    static String probability(double p) {
        return p < 0.001 ? "< 0.001" : fixed(p, 3);
    }

    /** {@code 6,149}. */
    static String count(long n) {
        return String.format(Locale.ROOT, "%,d", n);
    }

    /** {@code 3.2 s}, {@code 4 min 12 s}, {@code 1 h 03 min}. */
    static String duration(double seconds) {
        if (seconds < 60) {
            return fixed(seconds, 1) + " s";
        }
        long whole = Math.round(seconds);
        return whole < 3600
                ? String.format(Locale.ROOT, "%d min %02d s", whole / 60, whole % 60)
                : String.format(Locale.ROOT, "%d h %02d min", whole / 3600, whole % 3600 / 60);
    }

    /** A coordinate of a drawing. */
    static String coordinate(double value) {
        return String.format(Locale.ROOT, "%.2f", value);
    }
}
