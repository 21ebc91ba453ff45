package org.gazecheck.compare;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import org.gazecheck.results.DatasetRow;
import org.gazecheck.results.Prediction;
import org.gazecheck.results.Split;

/**
 * Rows of both runs that new images are compared over: the new ones, and those of the earlier run.
 *
 * @param before rows of the earlier run's predictions
 * @param now rows of the later run's predictions
 */
record ComparedImages(Optional<Split> split, List<Integer> before, List<Integer> now) {
    /** @param seen bytes of images that are not new although the earlier run does not have them */
    static ComparedImages of(RunResults reference, RunResults later, Set<String> seen) {
        Optional<Split> split = List.of(Split.TEST, Split.VAL).stream()
                .filter(s -> reference.predictions().stream().anyMatch(p -> p.split() == s))
                .findFirst();
        Set<String> known = new HashSet<>(seen);
        reference.dataset().stream().map(DatasetRow::sha256).forEach(known::add);
        Predicate<Prediction> comparable =
                p -> p.split() != Split.TRAIN && (p.split() != Split.VAL || split.equals(Optional.of(Split.VAL)));
        return new ComparedImages(
                split,
                rows(reference.predictions(), p -> split.equals(Optional.of(p.split()))),
                split.isEmpty()
                        ? List.of()
                        : rows(later.predictions(), comparable.and(p -> !known.contains(p.sha256()))));
    }

    /** The first of images with the same bytes stands for all of them. */
    private static List<Integer> rows(List<Prediction> predictions, Predicate<Prediction> wanted) {
        Set<String> seen = new HashSet<>();
        List<Integer> rows = new ArrayList<>();
        for (int i = 0; i < predictions.size(); i++) {
            if (wanted.test(predictions.get(i)) && seen.add(predictions.get(i).sha256())) {
                rows.add(i);
            }
        }
        return rows;
    }
}
