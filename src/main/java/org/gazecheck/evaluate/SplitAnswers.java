package org.gazecheck.evaluate;

import java.util.List;
import java.util.OptionalDouble;
import org.gazecheck.data.Dataset;
import org.gazecheck.results.SplitMetrics;
import org.gazecheck.stats.Bootstrap;
import org.jspecify.annotations.Nullable;

/** What the figures of a split are made of, with and without temperature: of its labelled images, in their order. */
final class SplitAnswers {
    private final OptionalDouble temperature;
    private final Answers answers;
    private final Answers raw;
    private int given;

    SplitAnswers(List<Dataset.Item> items, int classes, OptionalDouble temperature) {
        int[] labels = items.stream()
                .filter(Dataset.Item::labelled)
                .mapToInt(Dataset.Item::label)
                .toArray();
        this.temperature = temperature;
        this.answers = Answers.to(labels, classes);
        this.raw = temperature.isPresent() ? Answers.to(labels, classes) : answers;
    }

    /**
     * The next image; without a label it counts for nothing.
     *
     * @param scores [classes]
     * @param log [classes], overwritten
     */
    void add(Dataset.Item item, float[] scores, double[] log) {
        if (item.labelled()) {
            answers.give(given, scores, temperature.orElse(1), log);
            if (temperature.isPresent()) {
                raw.give(given, scores, 1, log);
            }
            given++;
        }
    }

    /** Null where the split has no labelled images. */
    @Nullable
    SplitMetrics metrics(List<String> classes, Bootstrap bootstrap) {
        return given == 0 ? null : MetricsCalculator.of(answers, raw, classes, temperature, bootstrap);
    }
}
