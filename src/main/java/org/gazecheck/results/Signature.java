package org.gazecheck.results;

import java.time.Instant;
import java.util.Arrays;
import java.util.Locale;

/**
 * {@code signature.json}: who decided what about a run. It states a decision; it is no cryptographic seal.
 *
 * @param reviewer without blanks around it
 * @param comment not blank unless the run was accepted without conditions
 * @param run {@link RunId} of what was signed
 */
public record Signature(
        Decision decision, String reviewer, Instant time, String comment, String run, Reviewed reviewed) {

    /** What becomes of a run. */
    public enum Decision {
        ACCEPT("accepted"),
        REJECT("rejected"),
        ACCEPT_WITH_CONDITIONS("accepted with conditions");

        private final String past;

        Decision(String past) {
            this.past = past;
        }

        /** As it is written in files: lower case, with hyphens. */
        public String text() {
            return name().toLowerCase(Locale.ROOT).replace('_', '-');
        }

        /** In a sentence, such as "accepted with conditions". */
        public String past() {
            return past;
        }

        /** @throws IllegalArgumentException if there is no such decision */
        public static Decision of(String text) {
            return Arrays.stream(values())
                    .filter(decision -> decision.text().equals(text))
                    .findFirst()
                    .orElseThrow(() -> new IllegalArgumentException(
                            "'" + text + "' is not a decision: accept, reject or accept-with-conditions"));
        }
    }

    /**
     * How much of what must be reviewed was reviewed.
     *
     * @param findings those of high severity
     * @param errors the sampled errors
     * @param correct the sampled correct predictions
     */
    public record Reviewed(Share findings, Share errors, Share correct) {
        public boolean complete() {
            return findings.complete() && errors.complete() && correct.complete();
        }
    }

    /** So many of so many. */
    public record Share(int judged, int required) {
        boolean complete() {
            return judged >= required;
        }
    }

    /** @throws IllegalArgumentException that says which component is wrong */
    public Signature {
        reviewer = requireWords(decision, reviewer, comment);
        RunId.require(run);
    }

    /**
     * What a decision needs to be said with it.
     *
     * @return the reviewer without blanks around the name
     */
    static String requireWords(Decision decision, String reviewer, String comment) {
        String name = Reviewer.named(reviewer);
        if (decision != Decision.ACCEPT && comment.isBlank()) {
            throw new IllegalArgumentException("comment is empty: "
                    + (decision == Decision.REJECT ? "say why the run is rejected" : "say what the conditions are"));
        }
        return name;
    }

    /** Whether what was signed is what the run is now; otherwise the signature is void. */
    public boolean validFor(String runId) {
        return run.equals(runId);
    }
}
