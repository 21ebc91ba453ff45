package org.gazecheck.results;

import java.time.Instant;

/**
 * A reviewer's word that an earlier verdict of theirs does not count any more.
 *
 * @param subject of the verdict, {@link Verdict#subject()}
 * @param time verdicts up to it are withdrawn
 */
public record Withdrawal(String reviewer, String subject, Instant time) {
    public Withdrawal {
        reviewer = Reviewer.named(reviewer);
    }

    /** Whether it takes a verdict back. */
    public boolean covers(Verdict verdict) {
        return reviewer.equals(verdict.reviewer())
                && subject.equals(verdict.subject())
                && !verdict.time().isAfter(time);
    }
}
