package org.gazecheck.review;

import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.gazecheck.config.ReviewSettings;
import org.gazecheck.results.Prediction;
import org.gazecheck.stats.Purpose;
import org.gazecheck.stats.Randomness;

/**
 * Predictions that must be reviewed before a run is accepted. Drawn by path and content, so that an image stays in the
 * sample whatever else there is; test comes first, val fills what test leaves free.
 *
 * @param errors in the order in which they were drawn
 * @param correct in the order in which they were drawn
 */
public record ReviewSample(List<Prediction> errors, List<Prediction> correct) {
    /** @param randomness of the run's seed */
    public static ReviewSample of(List<Prediction> predictions, ReviewSettings review, Randomness randomness) {
        Map<Prediction, Long> draws = new HashMap<>();
        predictions.forEach(p -> draws.put(
                p,
                randomness
                        .of(Purpose.REVIEW_SAMPLE.stream(), 0, p.path(), p.sha256())
                        .nextLong()));
        List<Prediction> drawn = predictions.stream()
                .sorted(Comparator.comparing(Prediction::split)
                        .reversed()
                        .thenComparing(draws::get)
                        .thenComparing(Prediction::path))
                .toList();
        return new ReviewSample(
                drawn.stream().filter(p -> p.wrong()).limit(review.errors()).toList(),
                drawn.stream()
                        .filter(Prediction::correct)
                        .limit(review.correct())
                        .toList());
    }
}
