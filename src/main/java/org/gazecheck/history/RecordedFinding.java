package org.gazecheck.history;

import java.util.OptionalDouble;
import org.gazecheck.results.Finding;

/**
 * What is kept of a finding.
 *
 * @param effect in the unit that {@code text} names
 * @param q corrected p-value; empty when no test was made
 * @param n images behind it
 */
public record RecordedFinding(
        String kind, String subject, Finding.Severity severity, String text, double effect, OptionalDouble q, int n) {
    public static RecordedFinding of(Finding finding) {
        return new RecordedFinding(
                finding.kind().id(),
                finding.subject(),
                finding.severity(),
                finding.text(),
                finding.effect(),
                finding.q(),
                finding.n());
    }

    /** As {@link Finding#id()}. */
    public String id() {
        return kind + ":" + subject;
    }
}
