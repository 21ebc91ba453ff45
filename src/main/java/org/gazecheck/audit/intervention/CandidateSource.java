package org.gazecheck.audit.intervention;

import java.util.List;

/** Proposes what may make the network call images a class. */
interface CandidateSource {
    /** @param training images drawn from train */
    List<Candidate> proposed(List<SegmentedImage> training);
}
