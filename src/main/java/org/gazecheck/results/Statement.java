package org.gazecheck.results;

import java.util.List;
import java.util.OptionalDouble;
import org.jspecify.annotations.Nullable;

/**
 * What a finding says, whatever it is about.
 *
 * @param severity by the rule that {@code docs/audit-methods.md} gives for the kind
 * @param text one sentence in plain words with its numbers
 * @param effect size of the effect in the unit that {@code text} names
 * @param low lower end of the effect's 95 % interval; NaN where there is none
 * @param high upper end of the effect's 95 % interval; NaN where there is none
 * @param p two-sided p-value; empty when no test was made
 * @param q p-value corrected for the number of tests; empty when no test was made
 * @param n images behind it
 * @param evidence paths of images that show it, the clearest first
 * @param advice what to do about it
 */
public record Statement(
        Finding.Severity severity,
        String text,
        double effect,
        double low,
        double high,
        OptionalDouble p,
        OptionalDouble q,
        int n,
        List<String> evidence,
        String advice) {
    public Statement {
        evidence = List.copyOf(evidence);
    }

    /** The same numbers and evidence in other words. */
    public Statement saying(String otherText, String otherAdvice) {
        return new Statement(severity, otherText, effect, low, high, p, q, n, evidence, otherAdvice);
    }

    /** The same at another severity. */
    public Statement of(Finding.Severity other) {
        return new Statement(other, text, effect, low, high, p, q, n, evidence, advice);
    }

    static OptionalDouble optional(@Nullable Double value) {
        return value == null ? OptionalDouble.empty() : OptionalDouble.of(value);
    }

    static @Nullable Double nullable(OptionalDouble value) {
        return value.isPresent() ? Double.valueOf(value.getAsDouble()) : null;
    }
}
