package org.gazecheck.results;

import java.util.List;
import org.gazecheck.results.Prediction.Ranked;
import org.jspecify.annotations.Nullable;

/**
 * What a model says about an image whose class is not known.
 *
 * @param path as it was asked for
 * @param ranking the classes, best first; empty when the image could not be read
 * @param error why it could not be read; null when it could
 */
public record Answer(String path, List<Ranked> ranking, @Nullable String error) {
    public Answer {
        ranking = List.copyOf(ranking);
    }
}
