package org.gazecheck.history;

import java.time.Instant;
import java.time.LocalDate;

/**
 * A finding that somebody knows of and that shall wake nobody for a while.
 *
 * @param finding its id, kind and subject
 * @param until the last day, in UTC, on which it is silent
 * @param given when it was said
 */
public record Acknowledgement(String finding, LocalDate until, String reason, Instant given) {
    public Acknowledgement {
        if (finding.isBlank() || reason.isBlank()) {
            throw new IllegalArgumentException("an acknowledgement needs a finding and a reason");
        }
    }

    /** Whether it still silences the finding. */
    public boolean holdsOn(LocalDate day) {
        return !day.isAfter(until);
    }
}
