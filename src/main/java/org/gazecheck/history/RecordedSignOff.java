package org.gazecheck.history;

import java.time.Instant;
import org.gazecheck.results.Signature;
import org.gazecheck.results.Signature.Decision;

/**
 * What a person decided about a run, or about the run that a night watched.
 *
 * @param run id in the history
 * @param comment the reason to reject, or the conditions; may be empty where it was accepted
 */
public record RecordedSignOff(String run, Decision decision, String reviewer, Instant time, String comment) {
    public static RecordedSignOff of(String run, Signature signature) {
        return new RecordedSignOff(
                run, signature.decision(), signature.reviewer(), signature.time(), signature.comment());
    }

    public boolean rejected() {
        return decision == Decision.REJECT;
    }

    /** {@code rejected by Ann on 2026-12-24}. */
    public String text() {
        return decision.past() + " by " + reviewer + " on " + time.toString().substring(0, 10);
    }
}
