package org.gazecheck.results;

import java.util.List;
import org.gazecheck.results.Prediction.Ranked;

/**
 * What a model says about an image whose class is not known.
 *
 * @param path as it was asked for
 * @param ranking the classes, best first; empty when the image could not be read
 * @param error why it could not be read; empty when it could
 */
public record Answer(String path, List<Ranked> ranking, String error) {
    public Answer {
        ranking = List.copyOf(ranking);
    }

    public static Answer of(String path, List<Ranked> ranking) {
        return new Answer(path, ranking, "");
    }

    public static Answer failed(String path, String error) {
        return new Answer(path, List.of(), error);
    }
}
