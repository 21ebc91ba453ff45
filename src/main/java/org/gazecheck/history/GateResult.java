package org.gazecheck.history;

import java.util.Locale;

/**
 * What became of one rule.
 *
 * @param rule as it is written in the configuration
 * @param why in plain words, with numbers
 */
public record GateResult(String rule, Verdict verdict, String why) {
    /** What a rule says of a run. */
    public enum Verdict {
        PASSED,
        WARNED,
        FAILED,
        NOT_APPLICABLE;

        /** As it is written in files: lower case, words joined by hyphens. */
        public String text() {
            return name().toLowerCase(Locale.ROOT).replace('_', '-');
        }

        /** @throws IllegalArgumentException if there is no such verdict */
        public static Verdict of(String text) {
            return valueOf(text.toUpperCase(Locale.ROOT).replace('-', '_'));
        }
    }
}
