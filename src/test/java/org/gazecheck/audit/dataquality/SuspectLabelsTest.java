package org.gazecheck.audit.dataquality;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.function.IntToDoubleFunction;
import java.util.stream.IntStream;
import org.gazecheck.audit.dataquality.SuspectLabels.Suspect;
import org.gazecheck.results.Prediction;
import org.gazecheck.results.Split;
import org.gazecheck.stats.Randomness;
import org.junit.jupiter.api.Test;

class SuspectLabelsTest {
    private static final int CLASSES = 8;
    private static final int OF_CLASS = 60;
    private static final int ROUNDS = 10;

    /** By hand: class 0 comes first with ratios of 9, 8, 7, 6, 5 and 2, class 1 only twice, with 7 and 2. */
    @Test
    void sureIsWhoIsAsSureAsHalfOfTheImagesThatAreCalledSo() {
        float[][] probabilities = {
            {0.9f, 0.1f, 0},
            {0.8f, 0.1f, 0.1f},
            {0.7f, 0.1f, 0.1f},
            {0.6f, 0.1f, 0.1f},
            {0.5f, 0.1f, 0.1f},
            {0.2f, 0.1f, 0.1f},
            {0.1f, 0.7f, 0.1f},
            {0.1f, 0.2f, 0.1f}
        };
        int[] labels = {0, 1, 2, 0, 1, 1, 0, 0};
        SuspectLabels found = SuspectLabels.of(labels, probabilities, 3);
        double median = (Math.log(7) + Math.log(6)) / 2;
        assertArrayEquals(
                new double[] {median, median, median},
                found.thresholds(),
                1e-6,
                "that of class 0, and of all where fewer than five are called so");
        assertEquals(
                List.of(1, 2, 6),
                found.suspects().stream().map(Suspect::index).toList(),
                "the fifth and sixth are called 0 less surely");
        assertArrayEquals(
                new double[] {-Math.log(8), -Math.log(7), -Math.log(7)},
                found.suspects().stream().mapToDouble(Suspect::logRatio).toArray(),
                1e-6);
    }

    @Test
    void whatIsRoundedToCertaintyIsStillRanked() {
        float[][] probabilities = {{1e-9f, 1}, {1e-30f, 1}, {1e-20f, 1}, {1e-25f, 1}, {0, 1}, {1e-9f, 1}, {1e-8f, 1}};
        List<Suspect> suspects = SuspectLabels.of(new int[] {1, 0, 0, 1, 0, 1, 1}, probabilities, 2)
                .suspects();
        assertEquals(List.of(4, 1, 2), suspects.stream().map(Suspect::index).toList());
        assertTrue(suspects.stream().allMatch(suspect -> Double.isFinite(suspect.logRatio())));
    }

    @Test
    void nobodyIsSuspectedWhoseLabelComesFirst() {
        float[][] probabilities = {{0.5f, 0.5f}, {0.6f, 0.4f}, {0.9f, 0.1f}, {0.4f, 0.6f}};
        assertEquals(
                List.of(),
                SuspectLabels.of(new int[] {1, 0, 0, 1}, probabilities, 2).suspects());
    }

    /** A temperature multiplies all logits, so nothing that is decided by their order moves. */
    @Test
    void anOverconfidentNetworkSuspectsTheSameImages() {
        Drawn drawn = new Drawn(1, 2.8, 0.08);
        List<Integer> calibrated = drawn.suspects(1);
        assertTrue(calibrated.size() > 10, calibrated.toString());
        assertEquals(calibrated, drawn.suspects(3));
        assertEquals(calibrated, drawn.suspects(0.25));
    }

    /**
     * On right labels, of a network that is right on about 94 % and 86 % of the images and three times too sure. By
     * probabilities (the mean over the images of a label, Northcutt et al. 2021, equation 2) the same network accuses four
     * times as many and more.
     */
    @Test
    void rightLabelsAreRarelySuspectedByAnOverconfidentNetwork() {
        for (double distance : new double[] {3.6, 2.8}) {
            double accuracy = 0;
            double suspected = 0;
            double byProbability = 0;
            int classes = 0;
            for (int round = 0; round < ROUNDS; round++) {
                Drawn drawn = new Drawn(round, distance, 0);
                accuracy += drawn.accuracy() / ROUNDS;
                suspected += (double) drawn.suspects(3).size() / drawn.labels.length / ROUNDS;
                byProbability += drawn.suspectedByProbability(3) / ROUNDS;
                classes += drawn.findings(3);
            }
            String seen = String.format(
                    "accuracy %.3f: %.4f suspected, %.4f by probability, %d of %d classes",
                    accuracy, suspected, byProbability, classes, ROUNDS * CLASSES);
            assertTrue(Math.abs(accuracy - (distance > 3 ? 0.94 : 0.86)) < 0.03, seen);
            assertTrue(suspected < (distance > 3 ? 0.003 : 0.02), seen);
            assertTrue(byProbability > 4 * suspected, seen);
            assertTrue(classes <= (distance > 3 ? 1 : 20), seen);
        }
    }

    /** The median halves them, whatever the share of wrong labels is. */
    @Test
    void halfOfTheWrongLabelsAreFoundFrom5To25PerCent() {
        for (double noise : new double[] {0.05, 0.1, 0.25}) {
            int wrong = 0;
            int found = 0;
            int others = 0;
            int classes = 0;
            for (int round = 0; round < ROUNDS; round++) {
                Drawn drawn = new Drawn(round, 3.2, noise);
                classes += drawn.findings(3);
                wrong += (int) IntStream.range(0, drawn.labels.length)
                        .filter(drawn::mislabelled)
                        .count();
                for (int i : drawn.suspects(3)) {
                    found += drawn.mislabelled(i) ? 1 : 0;
                    others += drawn.mislabelled(i) ? 0 : 1;
                }
            }
            String seen = String.format(
                    "noise %.2f: %d of %d found, %d right ones beside, %d of %d classes",
                    noise, found, wrong, others, classes, ROUNDS * CLASSES);
            assertEquals(0.5, (double) found / wrong, 0.08, seen);
            assertTrue(others < (noise > 0.05 ? 0.2 : 0.4) * found, seen);
            assertTrue(classes >= (noise > 0.05 ? 0.85 : 0.35) * ROUNDS * CLASSES, seen);
        }
    }

    /** The folders of two classes were exchanged: no image of either label is called what it is labelled. */
    @Test
    void twoExchangedFoldersAreFound() {
        Drawn drawn = new Drawn(1, 3.6, 0);
        for (int i = 0; i < drawn.labels.length; i++) {
            drawn.labels[i] = drawn.truth[i] < 2 ? 1 - drawn.truth[i] : drawn.truth[i];
        }
        assertEquals(2, drawn.findings(3));
        assertEquals(OF_CLASS, drawn.suspects(3).size(), 4, "half of both classes");
    }

    /** Gaussian classes of unit spread and the logits that belong to them; a part of the images is harder than the rest. */
    private static final class Drawn {
        private final int[] truth = new int[CLASSES * OF_CLASS];
        private final int[] labels = new int[truth.length];
        private final double[][] logits = new double[truth.length][CLASSES];

        /**
         * @param distance of each class's centre from the origin, in units of spread
         * @param noise share of the labels that are drawn anew among the other classes
         */
        Drawn(long seed, double distance, double noise) {
            SplittableRandom random = new SplittableRandom(seed);
            for (int i = 0; i < truth.length; i++) {
                truth[i] = i % CLASSES;
                labels[i] =
                        random.nextDouble() < noise ? (truth[i] + 1 + random.nextInt(CLASSES - 1)) % CLASSES : truth[i];
                double spread = Math.exp(0.3 * random.nextGaussian());
                for (int c = 0; c < CLASSES; c++) {
                    logits[i][c] = distance * (spread * random.nextGaussian() + (c == truth[i] ? distance : 0));
                }
            }
        }

        boolean mislabelled(int i) {
            return labels[i] != truth[i];
        }

        double accuracy() {
            float[][] probabilities = probabilities(1);
            return IntStream.range(0, truth.length)
                            .filter(i -> first(probabilities[i]) == truth[i])
                            .count()
                    / (double) truth.length;
        }

        /** @param sure what the logits are multiplied by; 1 is calibrated but for the spread */
        float[][] probabilities(double sure) {
            float[][] probabilities = new float[truth.length][CLASSES];
            for (int i = 0; i < truth.length; i++) {
                double largest =
                        IntStream.range(0, CLASSES).mapToDouble(at(i)).max().orElseThrow();
                double sum = IntStream.range(0, CLASSES)
                        .mapToDouble(at(i))
                        .map(z -> Math.exp(sure * (z - largest)))
                        .sum();
                for (int c = 0; c < CLASSES; c++) {
                    probabilities[i][c] = (float) (Math.exp(sure * (logits[i][c] - largest)) / sum);
                }
            }
            return probabilities;
        }

        private IntToDoubleFunction at(int i) {
            return c -> logits[i][c];
        }

        List<Integer> suspects(double sure) {
            return SuspectLabels.of(labels, probabilities(sure), CLASSES).suspects().stream()
                    .map(Suspect::index)
                    .sorted()
                    .toList();
        }

        int findings(double sure) {
            float[][] probabilities = probabilities(sure);
            List<String> names =
                    IntStream.range(0, CLASSES).mapToObj(c -> "c" + c).toList();
            List<Prediction> predictions = new ArrayList<>();
            for (int i = 0; i < labels.length; i++) {
                int first = first(probabilities[i]);
                predictions.add(new Prediction(
                        i + ".jpg",
                        "sha" + i,
                        Split.TEST,
                        names.get(labels[i]),
                        names.get(first),
                        probabilities[i][labels[i]],
                        probabilities[i][first],
                        first == labels[i] ? 1 : 2,
                        List.of()));
            }
            DataQualityInputs inputs = new DataQualityInputs(
                    names, predictions, probabilities, List.of(), new float[0][], new Randomness(1));
            return LabelFindings.of(inputs, LabelFindings.suspects(inputs))
                    .findings()
                    .size();
        }

        /** The share of images that confident learning by probabilities accuses. */
        double suspectedByProbability(double sure) {
            float[][] probabilities = probabilities(sure);
            double[] means = new double[CLASSES];
            for (int i = 0; i < labels.length; i++) {
                means[labels[i]] += probabilities[i][labels[i]] / OF_CLASS;
            }
            return IntStream.range(0, labels.length)
                            .filter(i -> {
                                int first = first(probabilities[i]);
                                return first != labels[i] && probabilities[i][first] >= means[first];
                            })
                            .count()
                    / (double) labels.length;
        }

        private static int first(float[] row) {
            int first = 0;
            for (int c = 1; c < row.length; c++) {
                first = row[c] > row[first] ? c : first;
            }
            return first;
        }
    }
}
