package org.gazecheck.results;

import com.fasterxml.jackson.annotation.JsonValue;
import java.util.List;
import java.util.Locale;

/**
 * One statement of the audit with its evidence, an entry of {@code findings.json}.
 *
 * @param id stable over runs: kind and subject
 * @param effect size of the effect in the unit that {@code text} names
 * @param low lower end of the effect's 95 % interval
 * @param high upper end of the effect's 95 % interval
 * @param p two-sided p-value, null when no test was made
 * @param q p-value corrected for the number of findings tested, null when no test was made
 * @param n images behind it
 * @param evidence paths of images that show it
 * @param advice what to do about it
 */
public record Finding(
        String id,
        String kind,
        String subject,
        Severity severity,
        String text,
        double effect,
        double low,
        double high,
        Double p,
        Double q,
        int n,
        List<String> evidence,
        String advice) {

    /** How much a finding matters. */
    public enum Severity {
        INFO,
        LOW,
        MEDIUM,
        HIGH;

        /** As it is written in files: lower case. */
        @JsonValue
        public String text() {
            return name().toLowerCase(Locale.ROOT);
        }
    }
}
