package org.gazecheck.train;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.stream.Stream;
import org.gazecheck.config.TrainSettings;
import org.gazecheck.config.TrainSettings.FeatureKind;
import org.gazecheck.network.LinearHead;
import org.gazecheck.progress.Progress;
import org.junit.jupiter.api.Test;

class ProbeTest {
    private static final int CLASSES = 3;
    private static final int WIDTH = 6;

    @Test
    void aFittedHeadWorksOnTheBackbonesFeatures() throws IOException {
        for (FeatureKind kind : FeatureKind.values()) {
            Probe.Fitted fitted = fit(kind, List.of(1e-4));
            assertTrue(fitted.chosen().val().top1() > 0.95, kind + ": " + fitted.chosen());
            assertEquals(kind == FeatureKind.PLAIN, fitted.head() instanceof LinearHead);
            assertEquals(fitted.chosen().val(), Probe.score(fitted.head(), examples(200, 2)));
        }
    }

    /** The head on raw features and the regression on transformed ones are the same function. */
    @Test
    void scalingIsFoldedIntoTheWeights() throws IOException {
        Probe.Examples examples = examples(5, 1);
        for (FeatureKind kind : FeatureKind.values()) {
            ProbeFeatures space = ProbeFeatures.of(kind, examples.rows(), 5, WIDTH);
            double[] solution =
                    new SplittableRandom(4).doubles(CLASSES * WIDTH + CLASSES).toArray();
            float[] transformed = new float[WIDTH];
            space.transformed(examples.rows()).read(0, transformed, 0);
            float[] expected = new float[CLASSES];
            for (int c = 0; c < CLASSES; c++) {
                double sum = solution[CLASSES * WIDTH + c];
                for (int k = 0; k < WIDTH; k++) {
                    sum += solution[c * WIDTH + k] * transformed[k];
                }
                expected[c] = (float) sum;
            }
            float[] first = new float[WIDTH];
            examples.rows().read(0, first, 0);
            assertArrayEquals(expected, space.head(solution, CLASSES).logits(first), 1e-5f);
        }
    }

    @Test
    void strengthsAreTriedFromTheStrongestAndTheBestOnValIsTaken() throws IOException {
        Probe.Fitted fitted = fit(FeatureKind.PLAIN, List.of(1e-5, 10.0, 1e-3));
        List<Double> order =
                fitted.candidates().stream().map(Probe.Candidate::l2).toList();
        assertEquals(List.of(10.0, 1e-3, 1e-5), order);
        for (Probe.Candidate candidate : fitted.candidates()) {
            assertTrue(!candidate.val().betterThan(fitted.chosen().val()));
        }
    }

    @Test
    void equalAccuracyIsDecidedByLogLoss() throws IOException {
        assertTrue(new Score(0.5, 1).betterThan(new Score(0.4, 0.5)));
        assertTrue(new Score(0.5, 1).betterThan(new Score(0.5, 1.1)));
        assertTrue(!new Score(0.5, 1).betterThan(new Score(0.5, 1)));
        assertTrue(!new Score(0.5, Double.NaN).betterThan(new Score(0.5, 1)));
    }

    @Test
    void whatIsChosenAtAnEndOfWhatWasTriedIsTold() {
        assertEquals(List.of(), trained(1e-3, 4, 9).atTheEdge());
        assertEquals(
                List.of(
                        "the L2 strength chosen on val, 1.0E-5, is the smallest of train.probe.l2: others beyond it may be"
                                + " better"),
                trained(1e-5, 4, 9).atTheEdge());
        List<String> both = trained(10, 9, 9).atTheEdge();
        assertTrue(both.get(0).contains("is the largest of train.probe.l2"), both.toString());
        assertEquals(
                "the best epoch is the last of 9: more of them (train.finetune.epochs) may be better", both.get(1));
    }

    private static TrainedModel trained(double chosen, int bestEpoch, int epochs) {
        Score score = new Score(0.5, 1);
        List<Probe.Candidate> tried = Stream.of(10.0, 1e-3, 1e-5)
                .map(l2 -> new Probe.Candidate(l2, score, 1, true))
                .toList();
        return new TrainedModel(
                Tiny.network(),
                new Probe.Candidate(chosen, score, 1, true),
                tried,
                Optional.of(new TrainedModel.Finetuning(bestEpoch, epochs, score)),
                true);
    }

    private static Probe.Fitted fit(FeatureKind kind, List<Double> l2) throws IOException {
        TrainSettings.Probe recipe = new TrainSettings.Probe(kind, 0.1, new ArrayList<>(l2), 200);
        return Probe.fit(examples(300, 1), examples(200, 2), CLASSES, recipe, Progress.SILENT);
    }

    /** Class c has more of feature c. */
    private static Probe.Examples examples(int n, long seed) {
        SplittableRandom random = new SplittableRandom(seed);
        float[] features = new float[n * WIDTH];
        int[] labels = new int[n];
        for (int i = 0; i < n; i++) {
            labels[i] = random.nextInt(CLASSES);
            for (int k = 0; k < WIDTH; k++) {
                features[i * WIDTH + k] = (float) (random.nextDouble() + (k == labels[i] ? 1 : 0));
            }
        }
        return new Probe.Examples(FeatureRows.of(features, WIDTH), WIDTH, labels);
    }
}
