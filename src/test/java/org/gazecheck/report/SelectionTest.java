package org.gazecheck.report;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.gazecheck.results.Prediction;
import org.gazecheck.results.Split;
import org.junit.jupiter.api.Test;

class SelectionTest {
    private final List<Prediction> predictions = SyntheticRun.small().predictions();

    @Test
    void errorsAreTheMostConfidentOfTestThenOfVal() {
        Selection all = Selection.of(predictions, 100, 100, 1);
        assertEquals(8, all.errors().size());
        List<Prediction> errors = all.errors().stream().map(predictions::get).toList();
        assertTrue(errors.stream().noneMatch(Prediction::correct));
        for (int i = 1; i < errors.size(); i++) {
            Prediction before = errors.get(i - 1);
            Prediction after = errors.get(i);
            assertTrue(before.split() == Split.TEST || after.split() == Split.VAL);
            assertTrue(before.split() != after.split() || before.pPredicted() >= after.pPredicted());
        }
        Selection three = Selection.of(predictions, 3, 2, 1);
        assertEquals(all.errors().subList(0, 3), three.errors());
        assertEquals(8, three.allErrors());
    }

    @Test
    void correctPredictionsAreSpreadOverTheClassesAndFollowTheSeed() {
        List<Integer> sample = Selection.of(predictions, 0, 3, 1).correct();
        long classes = predictions.stream()
                .filter(p -> p.split() == Split.TEST)
                .map(Prediction::label)
                .distinct()
                .count();
        assertEquals(3, classes, "val takes every fourth image, which is the fourth class");
        assertEquals(
                3,
                sample.stream()
                        .map(row -> predictions.get(row).label())
                        .distinct()
                        .count());
        assertEquals(sample, Selection.of(predictions, 0, 3, 1).correct());
        assertNotEquals(
                Selection.of(predictions, 0, 20, 1).correct(),
                Selection.of(predictions, 0, 20, 2).correct());
    }

    @Test
    void equalConfidenceIsRankedByTheSecondClass() {
        List<Prediction> certain = Stream.of(1e-9f, 1e-30f, 0f, 1e-20f)
                .map(second -> new Prediction(
                        "a/" + second + ".jpg",
                        "",
                        Split.TEST,
                        "rose",
                        "daisy",
                        second,
                        1,
                        2,
                        List.of(new Prediction.Ranked(0, 1), new Prediction.Ranked(1, second))))
                .toList();
        assertEquals(List.of(2, 1, 3, 0), Selection.of(certain, 4, 0, 1).errors());
    }

    @Test
    void theSampleDoesNotDependOnTheOrderOfTheRows() {
        List<Prediction> reversed = new ArrayList<>(predictions);
        Collections.reverse(reversed);
        assertEquals(paths(predictions), paths(reversed));
    }

    private static List<String> paths(List<Prediction> rows) {
        return Selection.of(rows, 5, 7, 3).correct().stream()
                .map(row -> rows.get(row).path())
                .collect(Collectors.toList());
    }
}
