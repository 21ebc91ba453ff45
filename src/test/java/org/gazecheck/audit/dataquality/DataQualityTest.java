package org.gazecheck.audit.dataquality;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import org.gazecheck.audit.dataquality.DataQualityInputs.HashedImage;
import org.gazecheck.progress.Progress;
import org.gazecheck.results.DataQualityRow;
import org.gazecheck.results.Finding;
import org.gazecheck.results.Finding.Severity;
import org.gazecheck.results.Findings;
import org.gazecheck.results.Prediction;
import org.gazecheck.results.Split;
import org.gazecheck.stats.Randomness;
import org.junit.jupiter.api.Test;

class DataQualityTest {
    @Test
    void duplicatesAcrossSplitsCostAccuracyAndTwoLabelsAreGrave() {
        List<HashedImage> images = new ArrayList<>();
        List<Prediction> predictions = new ArrayList<>();
        SplittableRandom random = new SplittableRandom(2);
        float[][] features = new float[60][16];
        for (int i = 0; i < 60; i++) {
            Split split = i < 40 ? Split.TRAIN : Split.TEST;
            images.add(new HashedImage(i + ".jpg", "sha" + i, split, "a", random.nextLong()));
            for (int k = 0; k < 16; k++) {
                features[i][k] = (float) random.nextDouble();
            }
            if (split == Split.TEST) {
                boolean right = i < 50;
                predictions.add(new Prediction(
                        i + ".jpg", "sha" + i, split, "a", right ? "a" : "b", 0.5f, 0.6f, right ? 1 : 2, List.of()));
            }
        }
        same(images, features, 3, 41, "sha3", "a", 0);
        same(images, features, 4, 42, "other", "b", 0xfff);
        same(images, features, 55, 56, "other still", "a", 0xfff0000L);
        images.set(
                57,
                new HashedImage(
                        "57.jpg", "sha57", Split.TEST, "a", images.get(5).hash()));
        float[] apart = new float[16];
        apart[0] = 1;
        features[57] = apart;
        Duplicates duplicates = Duplicates.of(images, features, new SplittableRandom(4));
        assertTrue(duplicates.nearDistinguished());
        List<Finding> findings = DuplicateFindings.of(inputs(images, predictions, features), duplicates)
                .findings();
        assertEquals(
                List.of("duplicates:train and test", "duplicates:within test"),
                findings.stream().map(Finding::id).toList(),
                "a hash alone is no duplicate");
        Finding leak = findings.get(0);
        assertEquals(Severity.HIGH, leak.severity());
        assertEquals(2.0 / 20, leak.effect(), 1e-12);
        assertEquals(List.of("3.jpg", "41.jpg", "4.jpg", "42.jpg"), leak.evidence());
        assertEquals(
                "2 of 20 images of test are there already in train (1 pair of equal files, 1 nearly equal); 1 pair has"
                        + " two labels; without them top-1 on test is 44.44 % instead of 50.00 %.",
                leak.text());
        assertEquals(1.0 / 20, findings.get(1).effect(), 1e-12);
    }

    /** Hashes of one motif, and features of which every other one is alike: what is near is so by chance. */
    @Test
    void imagesThatAreAllAlikeAreNotCalledDuplicatesButEqualFilesAre() {
        SplittableRandom random = new SplittableRandom(5);
        List<HashedImage> images = new ArrayList<>();
        float[][] features = new float[80][2];
        for (int i = 0; i < 80; i++) {
            long few = LongStream.generate(random::nextLong).limit(4).reduce(-1, (a, b) -> a & b);
            long motif = 0xf0f0f0f0f0f0f0f0L ^ few;
            images.add(new HashedImage(i + ".jpg", i == 7 ? "sha3" : "sha" + i, Split.TRAIN, "a", motif));
            features[i][i % 2] = 1;
        }
        Duplicates found = Duplicates.of(images, features, random);
        assertFalse(found.nearDistinguished());
        assertTrue(found.near() > 300, found.near() + " near");
        assertEquals(found.near(), found.byChance(), 0.15 * found.near());
        assertEquals(List.of(new Duplicates.Link(3, 7, true, 1)), found.links());
    }

    /** Pairs that are near in everything; whether they are told depends on how many join two labels. */
    @Test
    void nearPairsOfTwoLabelsAreNoDuplicatesWhenThereAreMany() {
        for (int mixed : new int[] {2, 5}) {
            List<HashedImage> images = new ArrayList<>();
            float[][] features = new float[24][24];
            SplittableRandom random = new SplittableRandom(7);
            for (int pair = 0; pair < 12; pair++) {
                long hash = random.nextLong();
                for (int k = 0; k < 2; k++) {
                    int i = 2 * pair + k;
                    String label = k == 1 && pair < mixed ? "b" : "a";
                    images.add(new HashedImage(i + ".jpg", "sha" + i, Split.TRAIN, label, hash));
                    features[i][2 * pair] = 1;
                }
            }
            Duplicates found = Duplicates.of(images, features, random);
            assertEquals(12, found.near());
            assertEquals(mixed, found.twoLabels());
            assertEquals(mixed == 2 ? 12 : 0, found.links().size());
        }
    }

    /** Two classes; a network that guesses is no witness against labels. */
    @Test
    void aNetworkThatIsMostlyWrongSuspectsNoLabel() {
        for (boolean guesses : new boolean[] {false, true}) {
            List<Prediction> predictions = new ArrayList<>();
            float[][] probabilities = new float[40][];
            for (int i = 0; i < 40; i++) {
                boolean right = guesses ? i % 5 == 0 : i % 5 > 0;
                predictions.add(new Prediction(
                        i + ".jpg",
                        "sha" + i,
                        Split.TEST,
                        "a",
                        right ? "a" : "b",
                        0.5f,
                        0.6f,
                        right ? 1 : 2,
                        List.of()));
                probabilities[i] = right ? new float[] {0.8f, 0.2f} : new float[] {0.1f, 0.9f};
            }
            predictions.add(new Prediction("b.jpg", "shab", Split.TEST, "b", "b", 0.5f, 0.6f, 1, List.of()));
            float[][] all = Arrays.copyOf(probabilities, 41);
            all[40] = new float[] {0.3f, 0.7f};
            DataQualityInputs inputs = new DataQualityInputs(
                    List.of("a", "b"), predictions, all, List.of(), new float[0][], new Randomness(1));
            Findings found = LabelFindings.of(inputs, LabelFindings.suspects(inputs));
            assertEquals(
                    guesses ? List.of() : List.of("label-issues:a"),
                    found.findings().stream().map(Finding::id).toList());
        }
    }

    /** The network was measured before they arrived: if it contradicts most of them, something is wrong with them. */
    @Test
    void mostLabelsOfNewImagesContradictedIsOneFinding() {
        assertEquals(List.of(), newImages(14, 10), "10 of 14 are not most by more than chance");
        assertEquals(List.of(), newImages(3, 3));
        Finding finding = newImages(14, 13).get(0);
        assertEquals("label-issues:new images", finding.id());
        assertEquals(Finding.Severity.HIGH, finding.severity());
        assertTrue(
                finding.text().startsWith("The network contradicts the labels of 13 of 14 new images (92.9 %)"),
                finding.text());
        assertEquals(12, finding.evidence().size());
        assertEquals("12.jpg", finding.evidence().get(0), "the one that is contradicted most");
    }

    /** Of which the first are contradicted, each by more than the one before it. */
    private static List<Finding> newImages(int n, int contradicted) {
        List<Prediction> predictions = new ArrayList<>();
        float[][] probabilities = new float[n][];
        for (int i = 0; i < n; i++) {
            boolean right = i >= contradicted;
            float p = 0.8f + 0.01f * i;
            predictions.add(new Prediction(
                    i + ".jpg",
                    "sha" + i,
                    Split.NEW,
                    "a",
                    right ? "a" : "b",
                    right ? p : 1 - p,
                    p,
                    right ? 1 : 2,
                    List.of()));
            probabilities[i] = right ? new float[] {p, 1 - p} : new float[] {1 - p, p};
        }
        DataQualityInputs inputs = new DataQualityInputs(
                List.of("a", "b"), predictions, probabilities, List.of(), new float[0][], new Randomness(1));
        return LabelFindings.of(inputs, LabelFindings.suspects(inputs)).findings();
    }

    /** Makes {@code to} the same image as {@code from}, but for the hash's bits in {@code flipped}. */
    private static void same(
            List<HashedImage> images, float[][] features, int from, int to, String sha, String label, long flipped) {
        HashedImage of = images.get(to);
        images.set(
                to,
                new HashedImage(
                        of.path(), sha, of.split(), label, images.get(from).hash() ^ flipped));
        features[to] = features[from].clone();
    }

    @Test
    void anOutlierIsFoundAndTheRestIsNot() {
        SplittableRandom random = new SplittableRandom(3);
        List<HashedImage> images = IntStream.range(0, 200)
                .mapToObj(i -> new HashedImage(
                        i + ".jpg", "sha" + i, i < 150 ? Split.TRAIN : Split.TEST, "a", random.nextLong()))
                .toList();
        float[][] features = new float[200][32];
        for (int i = 0; i < 200; i++) {
            for (int k = 0; k < 32; k++) {
                features[i][k] = (float) (1 + 0.3 * random.nextDouble());
            }
        }
        for (int k = 0; k < 32; k += 2) {
            features[170][k] = 3;
        }
        List<Finding> findings = OutlierFindings.of(
                        images,
                        OutlierFindings.measure(inputs(images, List.of(), features))
                                .orElseThrow())
                .findings();
        assertEquals(
                List.of("outliers:test"), findings.stream().map(Finding::id).toList());
        assertEquals(List.of("170.jpg"), findings.get(0).evidence());
        assertFalse(findings.get(0).text().isEmpty());
    }

    @Test
    void neighboursAreTheNearestFirstAndNeverItself() {
        float[][] features = {{1, 0}, {1, 0.1f}, {1, 1}, {0, 1}, {2, 0}};
        Neighbours found = Neighbours.of(features, new int[] {0, 1, 2, 3}, 2);
        assertArrayEquals(new int[] {1, 2}, found.indices()[0]);
        assertArrayEquals(new int[] {0, 1}, found.indices()[4]);
        assertEquals(1 - Math.sqrt(0.5), found.distances()[0][1], 1e-6);
        assertArrayEquals(new int[] {2, 1}, found.indices()[3]);
        assertEquals(3, Neighbours.of(features, new int[] {0, 1, 2, 3}, 9).indices()[0].length);
    }

    @Test
    void everyImageHasItsLine() {
        List<HashedImage> images = new ArrayList<>();
        float[][] features = new float[50][3];
        SplittableRandom random = new SplittableRandom(8);
        for (int i = 0; i < 50; i++) {
            images.add(new HashedImage(
                    i + ".jpg",
                    i == 49 ? "sha2" : "sha" + i,
                    i < 40 ? Split.TRAIN : Split.TEST,
                    i % 2 == 0 ? "a" : "b",
                    random.nextLong()));
            features[i] = new float[] {random.nextFloat(), random.nextFloat(), random.nextFloat()};
        }
        List<Prediction> predictions = new ArrayList<>();
        float[][] probabilities = new float[10][];
        for (int i = 40; i < 50; i++) {
            boolean mislabelled = i == 41;
            int label = i % 2;
            predictions.add(new Prediction(
                    i + ".jpg", "s", Split.TEST, label == 0 ? "a" : "b", "x", 0, 0, mislabelled ? 2 : 1, List.of()));
            probabilities[i - 40] = label == 0 ^ mislabelled ? new float[] {0.9f, 0.1f} : new float[] {0.1f, 0.9f};
        }
        List<DataQualityRow> rows = DataQuality.of(
                        new DataQualityInputs(
                                List.of("a", "b"), predictions, probabilities, images, features, new Randomness(1)),
                        Progress.SILENT)
                .rows();
        assertEquals("a", rows.get(41).confident());
        assertEquals(Math.log(1.0 / 9), rows.get(41).margin(), 1e-6);
        assertNull(rows.get(40).confident());
        assertEquals(1, rows.get(2).duplicates());
        assertEquals(1, rows.get(49).duplicates());
        assertEquals(48, rows.stream().filter(s -> s.duplicates() == 0).count());
        assertTrue(rows.stream().allMatch(s -> s.nearest().size() == 3));
        assertTrue(Double.isNaN(rows.get(0).margin()));
    }

    /** Directions at right angles lie at distance 1; the last one is the first of train again. */
    @Test
    void outlierDistancesInClosedForm() {
        float[][] features = new float[12][12];
        for (int i = 0; i < 11; i++) {
            features[i][i] = i + 1;
        }
        features[11][0] = 2;
        Outliers outliers = Outliers.of(features, IntStream.range(0, 11).toArray(), new SplittableRandom(1));
        for (int i = 0; i < 11; i++) {
            assertEquals(1, outliers.distances()[i], 1e-6);
        }
        assertEquals(0.9, outliers.distances()[11], 1e-6);
    }

    private static DataQualityInputs inputs(
            List<HashedImage> images, List<Prediction> predictions, float[][] features) {
        return new DataQualityInputs(
                List.of("a", "b"), predictions, new float[predictions.size()][2], images, features, new Randomness(1));
    }
}
