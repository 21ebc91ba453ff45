package org.gazecheck.evaluate;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.Optional;
import org.gazecheck.data.Dataset;
import org.gazecheck.results.Prediction;
import org.gazecheck.results.Prediction.Ranked;
import org.gazecheck.results.Split;
import org.junit.jupiter.api.Test;

class PredictionsTest {
    private static final List<String> SIX = List.of("a", "b", "c", "d", "e", "f");

    @Test
    void theFiveBestClassesComeInOrder() {
        Logits logits = new Logits(1, 6, new float[] {1, 6, 3, 2, 5, 4});
        float[] p = logits.probabilities(1);
        Prediction prediction =
                Predictions.of(logits, p, List.of(item("x.png", 2)), SIX).get(0);
        assertEquals(
                List.of(1, 4, 5, 2, 3),
                prediction.top5().stream().map(Ranked::index).toList());
        assertEquals("x.png", prediction.path());
        assertEquals("sha of x.png", prediction.sha256());
        assertEquals(Split.TEST, prediction.split());
        assertEquals("c", prediction.label());
        assertEquals("b", prediction.predicted());
        assertEquals(p[2], prediction.pLabel());
        assertEquals(p[1], prediction.pPredicted());
        assertEquals(4, prediction.rank());
        assertFalse(prediction.correct());
    }

    @Test
    void withThreeClassesThereAreThree() {
        Logits logits = new Logits(1, 3, new float[] {1, 3, 2});
        Prediction prediction = Predictions.of(
                        logits, logits.probabilities(1), List.of(item("x", 1)), List.of("a", "b", "c"))
                .get(0);
        assertEquals(
                List.of(1, 2, 0), prediction.top5().stream().map(Ranked::index).toList());
        assertTrue(prediction.correct());
    }

    @Test
    void ofEqualScoresTheLowerClassIsPredicted() {
        Logits logits = new Logits(2, 3, new float[] {0, 2, 2, 0, 2, 2});
        List<Prediction> predictions = Predictions.of(
                logits, logits.probabilities(1), List.of(item("x", 1), item("y", 2)), List.of("a", "b", "c"));
        assertEquals("b", predictions.get(0).predicted());
        assertTrue(predictions.get(0).correct());
        assertEquals("b", predictions.get(1).predicted());
        assertEquals(2, predictions.get(1).rank());
    }

    @Test
    void ranksFollowScoresWhereProbabilitiesRoundToTheSame() {
        Logits logits = new Logits(1, 3, new float[] {-200, 0, -199});
        float[] p = logits.probabilities(1);
        assertEquals(p[0], p[2], "both probabilities vanish");
        Prediction prediction = Predictions.of(logits, p, List.of(item("x", 0)), List.of("a", "b", "c"))
                .get(0);
        assertEquals(
                List.of(1, 2, 0), prediction.top5().stream().map(Ranked::index).toList());
        assertEquals(3, prediction.rank());
    }

    @Test
    void asManyImagesAsScoresAreNeeded() {
        Logits logits = new Logits(1, 6, new float[6]);
        assertThrows(IllegalArgumentException.class, () -> Predictions.of(logits, new float[6], List.of(), SIX));
    }

    private static Dataset.Item item(String path, int label) {
        return new Dataset.Item(path, Split.TEST, label, "sha of " + path, Optional.empty());
    }
}
