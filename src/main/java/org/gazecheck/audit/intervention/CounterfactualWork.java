package org.gazecheck.audit.intervention;

import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.gazecheck.data.Dataset;

/** Computes rows of {@link CounterfactualRow} elsewhere than in this program, which draws the pairs and keeps the rows. */
@FunctionalInterface
public interface CounterfactualWork {
    /**
     * A counterfactual image without a row.
     *
     * @param object the image that it is of; empty for a background alone
     * @param background the image that it is of; empty for an object alone
     */
    record Wanted(String key, Optional<Dataset.Item> object, Optional<Dataset.Item> background) {}

    /**
     * @param features whether rows are of logits and pooled features, or of logits
     * @return by key, all that are wanted
     */
    Map<String, float[]> rows(boolean features, List<Wanted> wanted) throws IOException;
}
