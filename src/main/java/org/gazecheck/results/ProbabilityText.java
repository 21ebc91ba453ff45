package org.gazecheck.results;

import java.util.Locale;

/** A probability in words for people. A softmax rules nothing out and is never certain, so neither 0 nor 100 % is said. */
public final class ProbabilityText {
    private ProbabilityText() {}

    /** @return such as {@code 97.3 %}, {@code > 99.9 %}, {@code < 0.1 %} */
    public static String of(double probability) {
        String text = String.format(Locale.ROOT, "%.1f %%", 100 * probability);
        return switch (text) {
            case "100.0 %" -> "> 99.9 %";
            case "0.0 %" -> "< 0.1 %";
            default -> text;
        };
    }
}
