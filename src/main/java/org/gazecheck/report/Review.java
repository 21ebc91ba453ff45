package org.gazecheck.report;

import java.util.Optional;
import org.gazecheck.results.Findings;
import org.gazecheck.results.Signature;
import org.gazecheck.review.MergedVerdicts;
import org.gazecheck.review.RequiredItems;
import org.gazecheck.review.ReviewSample;

/**
 * What people said about a run, and what they must still see.
 *
 * @param run {@link org.gazecheck.results.RunId} of the run
 * @param sample predictions that must be seen before the run is accepted
 * @param verdicts that lie in the run folder
 * @param signature valid or void; empty where nobody signed
 */
public record Review(String run, ReviewSample sample, MergedVerdicts verdicts, Optional<Signature> signature) {
    /** What must be seen before the run is accepted, and what of it was. */
    RequiredItems required(Findings findings) {
        return RequiredItems.of(findings, sample, verdicts, run);
    }
}
