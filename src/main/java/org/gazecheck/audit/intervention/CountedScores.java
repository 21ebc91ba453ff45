package org.gazecheck.audit.intervention;

import java.io.IOException;
import java.util.List;
import org.gazecheck.progress.Progress;

/** Scores that are paid for from a budget, those that were kept from earlier too, so that a run that is done again ends alike. */
record CountedScores(Scores scores, Budget budget) implements Scores {
    @Override
    public float[][] of(List<? extends Composite> composites, String what, Progress progress) throws IOException {
        budget.spend(composites.size());
        return scores.of(composites, what, progress);
    }

    @Override
    public float[][] probabilities(float[][] rows) throws IOException {
        return scores.probabilities(rows);
    }

    @Override
    public void close() throws IOException {
        scores.close();
    }
}
