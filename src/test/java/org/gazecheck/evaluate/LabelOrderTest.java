package org.gazecheck.evaluate;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SplittableRandom;
import org.gazecheck.io.Hashes;
import org.gazecheck.results.Prediction;
import org.gazecheck.results.Split;
import org.junit.jupiter.api.Test;

class LabelOrderTest {
    private static final List<String> CLASSES = List.of("daisy", "iris", "poppy", "rose", "tulip", "violet");

    private final SplittableRandom random = new SplittableRandom(1);

    /** A network that is right on four of five images, whose classes are called by other names. */
    private List<Prediction> predictions(Split split, int each, Map<String, String> names) {
        List<Prediction> predictions = new ArrayList<>();
        for (String label : CLASSES) {
            for (int i = 0; i < each; i++) {
                String seen = i % 5 == 4 ? CLASSES.get(random.nextInt(CLASSES.size())) : label;
                String predicted = names.getOrDefault(seen, seen);
                String path = split.text() + "/" + label + "/" + i;
                predictions.add(new Prediction(
                        path,
                        Hashes.sha256(path),
                        split,
                        label,
                        predicted,
                        0.9f,
                        0.9f,
                        label.equals(predicted) ? 1 : 2,
                        List.of(new Prediction.Ranked(0, 0.9f), new Prediction.Ranked(1, 0.1f))));
            }
        }
        return predictions;
    }

    @Test
    void allLinesMovedByOne() {
        LabelOrder doubt = LabelOrder.doubt(predictions(
                        Split.TEST,
                        10,
                        Map.of(
                                "daisy", "iris", "iris", "poppy", "poppy", "rose", "rose", "tulip", "tulip", "violet",
                                "violet", "daisy")))
                .orElseThrow();
        assertEquals(6, doubt.calledBy().size());
        assertEquals(30, doubt.images());
        assertTrue(doubt.text().contains("images of daisy are called iris"), doubt.text());
    }

    @Test
    void twoLinesSwapped() {
        Optional<LabelOrder> doubt =
                LabelOrder.doubt(predictions(Split.TEST, 20, Map.of("daisy", "rose", "rose", "daisy")));
        assertEquals(
                Map.of("daisy", "rose", "rose", "daisy"), doubt.orElseThrow().calledBy());
    }

    @Test
    void namesOfClassesWithoutImages() {
        assertTrue(LabelOrder.doubt(predictions(
                        Split.TEST,
                        10,
                        Map.of("daisy", "a", "iris", "b", "poppy", "c", "rose", "d", "tulip", "e", "violet", "f")))
                .isPresent());
    }

    @Test
    void noReasonForDoubt() {
        assertEquals(Optional.empty(), LabelOrder.doubt(List.of()));
        assertEquals(Optional.empty(), LabelOrder.doubt(predictions(Split.TEST, 20, Map.of())), "right");
        assertEquals(
                Optional.empty(),
                LabelOrder.doubt(predictions(Split.TEST, 20, Map.of("daisy", "rose", "iris", "rose"))),
                "classes that are taken for a third");
        assertEquals(
                Optional.empty(),
                LabelOrder.doubt(predictions(Split.TEST, 2, Map.of("daisy", "rose", "rose", "daisy"))),
                "too few");
    }

    @Test
    void whatHoldsInOneSplitOnlyIsTheNetworks() {
        List<Prediction> predictions =
                new ArrayList<>(predictions(Split.TEST, 40, Map.of("daisy", "rose", "rose", "daisy")));
        predictions.addAll(predictions(Split.VAL, 10, Map.of()));
        assertEquals(Optional.empty(), LabelOrder.doubt(predictions));
    }
}
