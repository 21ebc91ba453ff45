package org.gazecheck.report;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.stream.IntStream;
import org.gazecheck.results.Findings;
import org.gazecheck.results.ImageVerdict;
import org.gazecheck.results.Prediction;
import org.gazecheck.results.Signature;
import org.gazecheck.review.Conflict;
import org.gazecheck.review.MergedVerdicts;
import org.gazecheck.review.RequiredItems;
import org.gazecheck.review.ReviewSample;

/**
 * What people said about a run, and what they must still see.
 *
 * @param run {@link org.gazecheck.results.RunId} of the run
 * @param sample predictions that must be seen before the run is accepted
 * @param verdicts that lie in the run folder
 * @param signature valid or void; empty where nobody signed
 */
public record Review(String run, ReviewSample sample, MergedVerdicts verdicts, Optional<Signature> signature) {
    /** What must be seen before the run is accepted, and what of it was. */
    RequiredItems required(Findings findings) {
        return RequiredItems.of(findings, sample, verdicts, run);
    }

    /** Rows of the predictions that some verdict says something about. */
    List<Integer> judged(List<Prediction> predictions) {
        return rows(predictions, said -> !said.isEmpty());
    }

    /** Rows of the predictions about which reviewers contradict each other. */
    List<Integer> disputed(List<Prediction> predictions) {
        return rows(predictions, Conflict::between);
    }

    private List<Integer> rows(List<Prediction> predictions, Predicate<List<ImageVerdict>> wanted) {
        Map<String, List<ImageVerdict>> byImage = verdicts.byImage();
        return IntStream.range(0, predictions.size())
                .filter(row -> {
                    Prediction p = predictions.get(row);
                    return wanted.test(byImage.getOrDefault(p.sha256(), List.of()).stream()
                            .filter(verdict -> verdict.holdsFor(p))
                            .toList());
                })
                .boxed()
                .toList();
    }
}
