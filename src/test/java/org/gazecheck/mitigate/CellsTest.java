package org.gazecheck.mitigate;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import org.gazecheck.data.Dataset;
import org.gazecheck.network.LinearHead;
import org.gazecheck.results.Calibration;
import org.gazecheck.results.MitigationTraining;
import org.gazecheck.results.Split;
import org.gazecheck.stats.Randomness;
import org.junit.jupiter.api.Test;

class CellsTest {
    /** Two classes, one feature: the second is called above 0. */
    private static final LinearHead HEAD = new LinearHead(new float[] {-1, 1}, new float[2]);

    @Test
    void theScoreIsThatOfTheWorstClassThenTheMeanThenTheLogLoss() {
        Cells cells = cells(new float[][] {{-1}, {-1}, {1}, {-1}}, 0, 0, 1, 1);
        Cells.Score score = cells.score(HEAD);
        assertEquals(0.5, score.worst());
        assertEquals(0.75, score.mean());
        double right = Math.log1p(Math.exp(-2));
        assertEquals((right + (right + right + 2) / 2) / 2, score.logLoss(), 1e-6);
        assertTrue(new Cells.Score(0.5, 0.6, 9).betterThan(new Cells.Score(0.4, 0.9, 0)));
        assertTrue(new Cells.Score(0.5, 0.7, 9).betterThan(new Cells.Score(0.5, 0.6, 0)));
        assertTrue(new Cells.Score(0.5, 0.7, 1).betterThan(new Cells.Score(0.5, 0.7, 2)));
        assertFalse(new Cells.Score(0.5, 0.7, 1).betterThan(new Cells.Score(0.5, 0.7, 1)));
    }

    @Test
    void cellsAreDescribedBesideThoseOfAnotherNetwork() {
        Cells before = cells(new float[][] {{-1}, {1}, {1}}, 0, 0, 1);
        Cells after = cells(new float[][] {{-1}, {-1}, {1}}, 0, 0, 1);
        assertEquals(
                List.of(
                        new MitigationTraining.Cell("rose", "as is", 2, 0.5, 1),
                        new MitigationTraining.Cell("lily", "as is", 1, 1, 1)),
                before.described(List.of("rose", "lily"), HEAD, after, HEAD));
    }

    @Test
    void aCellMayBeAClassInAGroup() {
        List<Dataset.Item> items = items(0, 1, 0, 1);
        Cells cells =
                Cells.ofGroups(items, List.of("water", "land", "land", "land"), new float[][] {{1}, {1}, {-1}, {-1}});
        assertEquals(0, cells.score(HEAD).worst());
        assertEquals(0.5, cells.score(HEAD).mean());
        assertEquals(
                List.of(
                        new MitigationTraining.Cell("rose", "land", 1, 1, 1),
                        new MitigationTraining.Cell("rose", "water", 1, 0, 0),
                        new MitigationTraining.Cell("lily", "land", 2, 0.5, 0.5)),
                cells.described(List.of("rose", "lily"), HEAD, cells, HEAD));
    }

    @Test
    void theTemperatureIsThatOfTheLeastLossWhereEveryClassCountsTheSame() {
        SplittableRandom random = new SplittableRandom(3);
        float[][] features = new float[120][];
        int[] labels = new int[120];
        for (int i = 0; i < labels.length; i++) {
            labels[i] = i < 100 ? 0 : 1;
            double right = 4 * random.nextDouble() - (labels[i] == 0 ? 0.3 : 1.5);
            features[i] = new float[] {(float) (labels[i] == 0 ? -right : right)};
        }
        Calibration found = cells(features, labels).calibration(HEAD, new Randomness(1));
        double best = 0;
        for (double t = 0.1; t < 20; t += 0.001) {
            best = best == 0 || loss(features, labels, t) < loss(features, labels, best) ? t : best;
        }
        assertEquals(best, found.fitted(), 2e-3);
        assertEquals(120, found.gain().n());
        assertEquals("val by class and state", found.images());
        assertEquals(
                "val by class and group",
                Cells.ofGroups(items(labels), Collections.nCopies(120, "land"), features)
                        .calibration(HEAD, new Randomness(1))
                        .images());
    }

    /** The mean over both classes of the mean of {@code log(1 + exp(-2 f / T))}, with {@code f} the feature towards the class. */
    private static double loss(float[][] features, int[] labels, double temperature) {
        double[] sum = new double[2];
        for (int i = 0; i < labels.length; i++) {
            double towards = labels[i] == 1 ? features[i][0] : -features[i][0];
            sum[labels[i]] += Math.log1p(Math.exp(-2 * towards / temperature));
        }
        return sum[0] / 100 + sum[1] / 20;
    }

    private static List<Dataset.Item> items(int... labels) {
        return IntStream.range(0, labels.length)
                .mapToObj(i -> new Dataset.Item(i + ".png", Split.VAL, labels[i], "", Optional.empty()))
                .toList();
    }

    private static Cells cells(float[][] features, int... labels) {
        return Cells.of(items(labels), features, List.of(), new float[0][]);
    }
}
