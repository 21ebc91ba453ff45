package org.gazecheck.audit.intervention;

import java.io.IOException;
import java.util.List;
import java.util.Optional;

/** Proposes what may make the network call images a class. */
interface CandidateSource {
    /**
     * @param training images drawn from train
     * @param held images drawn from val and test
     * @param cells as the network sees them; open until all that is proposed has been tried; empty where it has none
     */
    List<Candidate> proposed(List<SegmentedImage> training, List<SegmentedImage> held, Optional<CellSource> cells)
            throws IOException;
}
