package org.gazecheck.audit.intervention;

import java.io.IOException;
import java.util.List;
import org.gazecheck.progress.Progress;

/** What a network says about composites: logits, and on demand pooled features. */
interface Scores extends AutoCloseable {
    /**
     * @param what they are, for the progress
     * @return [n][row]: logits [classes], and behind them features where these are asked for
     */
    float[][] of(List<? extends Composite> composites, String what, Progress progress) throws IOException;

    /** [n][classes] of rows. */
    float[][] probabilities(float[][] rows) throws IOException;

    @Override
    void close() throws IOException;

    /** Opens them. */
    interface Source {
        Scores open(boolean withFeatures) throws IOException;
    }
}
