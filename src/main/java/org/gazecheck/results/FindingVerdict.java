package org.gazecheck.results;

import java.time.Instant;
import java.util.Arrays;
import java.util.Locale;

/**
 * What a reviewer said about a finding of one run. In another run the finding has other numbers behind it, so it does
 * not outlive its run.
 *
 * @param finding {@link Finding#id()}
 * @param comment not blank with {@link Ruling#OTHER}
 * @param reviewer without blanks around it
 */
public record FindingVerdict(
        String finding, Ruling ruling, String comment, String reviewer, Instant time, String run, boolean adjudicates)
        implements Verdict {
    static final String PREFIX = "finding:";

    /** What became of a finding that was looked at. */
    public enum Ruling {
        CONFIRMED,
        REJECTED,
        /** The comment says it. */
        OTHER;

        /** As it is written in files: lower case. */
        public String text() {
            return name().toLowerCase(Locale.ROOT);
        }

        /** @throws IllegalArgumentException if there is no such verdict on a finding */
        public static Ruling of(String text) {
            return Arrays.stream(values())
                    .filter(ruling -> ruling.text().equals(text))
                    .findFirst()
                    .orElseThrow(() -> new IllegalArgumentException(
                            "verdict on a finding is '" + text + "', expected confirmed, rejected or other"));
        }
    }

    /** @throws IllegalArgumentException that says which component is wrong */
    public FindingVerdict {
        Cells.filled("the finding's id", finding);
        if (ruling == Ruling.OTHER && comment.isBlank()) {
            throw new IllegalArgumentException("comment is empty: the verdict other needs one that says what is wrong");
        }
        reviewer = Reviewer.named(reviewer);
        RunId.require(run);
    }

    /** A reviewer's own verdict. */
    public FindingVerdict(String finding, Ruling ruling, String comment, String reviewer, Instant time, String run) {
        this(finding, ruling, comment, reviewer, time, run, false);
    }

    @Override
    public String subject() {
        return subject(run, path());
    }

    static String subject(String run, String path) {
        return run + " " + path;
    }

    @Override
    public String path() {
        return PREFIX + finding;
    }

    @Override
    public String word() {
        return ruling.text();
    }

    /** The path that verdicts on a finding have. */
    public static String path(Finding finding) {
        return PREFIX + finding.id();
    }

    /** Whether it is about this finding in this run. */
    public boolean holdsFor(Finding other, String otherRun) {
        return finding.equals(other.id()) && run.equals(otherRun);
    }
}
