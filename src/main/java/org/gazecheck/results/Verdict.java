package org.gazecheck.results;

import java.time.Instant;

/** What a reviewer said about an image or a finding, a line of a verdicts file. */
public sealed interface Verdict permits ImageVerdict, FindingVerdict {
    /** Verdicts with equal subjects are about the same: an image's bytes, or a finding of one run. */
    String subject();

    /** The image's path; of a finding {@code finding:} and its id. */
    String path();

    /** The verdict itself as files have it, such as {@code label-wrong}. */
    String word();

    /** In the reviewer's own words; may be empty. */
    String comment();

    String reviewer();

    Instant time();

    /** {@link RunId} of the run that was looked at. */
    String run();

    /** Whether it was given to settle what reviewers contradicted each other about: it stands for all that was said before it. */
    boolean adjudicates();
}
