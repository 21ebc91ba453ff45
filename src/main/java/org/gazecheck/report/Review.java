package org.gazecheck.report;

import java.util.Optional;
import org.gazecheck.results.Signature;
import org.gazecheck.review.ReviewSample;
import org.gazecheck.review.ReviewSummary;

/**
 * What people said about a run, and what they must still see.
 *
 * @param run {@link org.gazecheck.results.RunId} of the run
 * @param sample predictions that must be seen before the run is accepted
 * @param summary of the verdicts that lie in the run folder; empty where there are none
 * @param signature valid or void; empty where nobody signed
 */
public record Review(String run, ReviewSample sample, Optional<ReviewSummary> summary, Optional<Signature> signature) {}
