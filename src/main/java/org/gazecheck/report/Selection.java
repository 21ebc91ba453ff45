package org.gazecheck.report;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import java.util.stream.IntStream;
import org.gazecheck.results.Prediction;
import org.gazecheck.results.Split;
import org.gazecheck.stats.Purpose;
import org.gazecheck.stats.Randomness;

/**
 * Which predictions the galleries show: the most confident errors, and a sample of correct predictions, and of those without a
 * label, spread over the classes. Test comes first; val fills what test leaves free.
 *
 * @param errors rows of the predictions
 * @param correct rows of the predictions that are not wrong: correct, or without a label
 * @param allErrors how many errors there are
 * @param allCorrect how many predictions are not wrong
 */
record Selection(List<Integer> errors, List<Integer> correct, int allErrors, int allCorrect) {
    private static final List<Split> ORDER = List.of(Split.TEST, Split.VAL, Split.NEW);

    /** As many as {@code most} in all. */
    static Selection of(List<Prediction> predictions, int most, long seed) {
        int errors =
                (int) Math.min(most, predictions.stream().filter(p -> p.wrong()).count());
        return of(predictions, errors, most - errors, seed);
    }

    static Selection of(List<Prediction> predictions, int errors, int correct, long seed) {
        List<Integer> wrong = new ArrayList<>();
        List<Integer> right = new ArrayList<>();
        for (Split split : ORDER) {
            wrong.addAll(mostConfident(rows(predictions, split, p -> p.wrong()), predictions));
            right.addAll(spread(rows(predictions, split, p -> !p.wrong()), predictions, new Randomness(seed)));
        }
        return new Selection(first(errors, wrong), first(correct, right), wrong.size(), right.size());
    }

    private static List<Integer> rows(List<Prediction> predictions, Split split, Predicate<Prediction> wanted) {
        return IntStream.range(0, predictions.size())
                .filter(row -> predictions.get(row).split() == split && wanted.test(predictions.get(row)))
                .boxed()
                .toList();
    }

    private static List<Integer> mostConfident(List<Integer> rows, List<Prediction> predictions) {
        return rows.stream()
                .sorted(Comparator.comparingDouble(
                                (Integer row) -> -predictions.get(row).pPredicted())
                        .thenComparingDouble(row -> -predictions.get(row).margin()))
                .toList();
    }

    /** In turns one image of every class, classes and images in seeded order. */
    private static List<Integer> spread(List<Integer> rows, List<Prediction> predictions, Randomness randomness) {
        Map<Integer, Long> draws = new LinkedHashMap<>();
        Map<String, Long> turns = new LinkedHashMap<>();
        for (int row : rows) {
            Prediction p = predictions.get(row);
            draws.put(
                    row,
                    randomness
                            .of(Purpose.GALLERY_IMAGE.stream(), 0, p.path(), p.sha256())
                            .nextLong());
            turns.computeIfAbsent(p.label(), label -> randomness
                    .of(Purpose.GALLERY_CLASS.stream(), 0, label, "")
                    .nextLong());
        }
        List<Integer> drawn =
                rows.stream().sorted(Comparator.comparing(draws::get)).toList();
        Map<String, Integer> seen = new LinkedHashMap<>();
        Map<Integer, Integer> rounds = new LinkedHashMap<>();
        for (int row : drawn) {
            rounds.put(row, seen.merge(predictions.get(row).label(), 1, Integer::sum));
        }
        return drawn.stream()
                .sorted(Comparator.comparing((Integer row) -> rounds.get(row))
                        .thenComparing(row -> turns.get(predictions.get(row).label())))
                .toList();
    }

    private static List<Integer> first(int n, List<Integer> rows) {
        return List.copyOf(rows.subList(0, Math.min(n, rows.size())));
    }
}
