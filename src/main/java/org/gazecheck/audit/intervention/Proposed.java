package org.gazecheck.audit.intervention;

import java.io.IOException;
import java.util.List;
import java.util.Optional;

/**
 * What may make the network call images a class, and what it was proposed from. Open until all of it has been tried.
 *
 * @param training drawn from train
 * @param held drawn from val and test
 * @param cells as the network sees them; empty where it has none
 * @param backgrounds empty where too few images can be taken apart
 * @param notSought kinds that were not looked for, each with the reason
 */
record Proposed(
        SegmentedSample training,
        SegmentedSample held,
        Optional<CellSource> cells,
        Optional<Backgrounds> backgrounds,
        List<Candidate> candidates,
        List<String> notSought)
        implements AutoCloseable {
    Proposed {
        candidates = List.copyOf(candidates);
        notSought = List.copyOf(notSought);
    }

    @Override
    public void close() throws IOException {
        if (cells.isPresent()) {
            cells.get().close();
        }
    }
}
