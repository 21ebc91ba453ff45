package org.gazecheck.review;

import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import org.gazecheck.results.Verdict;

/** Which verdicts on the same count: an adjudication stands for all that was said before it, the latest of several. */
final class Adjudication {
    private Adjudication() {}

    /** @param said on the same, in any order */
    static <V extends Verdict> List<V> standing(List<V> said) {
        Optional<V> settled = said.stream().filter(Verdict::adjudicates).max(Comparator.comparing(Verdict::time));
        return settled.map(adjudication -> said.stream()
                        .filter(verdict ->
                                verdict.equals(adjudication) || verdict.time().isAfter(adjudication.time()))
                        .toList())
                .orElse(said);
    }
}
