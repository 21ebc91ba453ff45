package org.gazecheck.results;

import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;

/**
 * A known failure that is not to alert for a while. It stays in every output.
 *
 * @param of the failure's id: a finding's, or a rule with or without what of it fails
 * @param until the last day on which it holds, in UTC
 * @param reason why; not blank
 * @param who not blank
 * @param at when it was said
 */
public record Acknowledgement(String of, LocalDate until, String reason, String who, Instant at) {
    /** @throws IllegalArgumentException if something is blank, or it ends before it begins */
    public Acknowledgement {
        if (of.isBlank()) {
            throw new IllegalArgumentException("an acknowledgement needs the id of what is acknowledged");
        }
        if (reason.isBlank()) {
            throw new IllegalArgumentException("an acknowledgement needs a reason, for whoever reads it next");
        }
        who = Reviewer.named(who);
        if (until.isBefore(at.atZone(ZoneOffset.UTC).toLocalDate())) {
            throw new IllegalArgumentException("an acknowledgement until " + until + " has already expired");
        }
    }

    /** Whether it holds on a day, in UTC. */
    public boolean holdsOn(LocalDate day) {
        return !day.isAfter(until);
    }
}
