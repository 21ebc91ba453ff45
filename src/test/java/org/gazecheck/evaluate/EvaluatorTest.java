package org.gazecheck.evaluate;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.SplittableRandom;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.gazecheck.config.ConfigurationReader;
import org.gazecheck.data.Dataset;
import org.gazecheck.data.ImageLoader;
import org.gazecheck.image.Png;
import org.gazecheck.image.Preprocessing;
import org.gazecheck.image.RgbImage;
import org.gazecheck.io.Hashes;
import org.gazecheck.io.Npy;
import org.gazecheck.network.Block;
import org.gazecheck.network.BuiltInNetwork;
import org.gazecheck.network.TinyNetworks;
import org.gazecheck.progress.Progress;
import org.gazecheck.results.Calibration;
import org.gazecheck.results.Figure;
import org.gazecheck.results.Metrics;
import org.gazecheck.results.MetricsFile;
import org.gazecheck.results.PredictionsFile;
import org.gazecheck.results.RunFolder;
import org.gazecheck.results.Split;
import org.gazecheck.stats.Bootstrap;
import org.gazecheck.stats.Purpose;
import org.gazecheck.stats.Randomness;
import org.gazecheck.store.Store;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A few images of noise, and a network with random weights. */
class EvaluatorTest {
    private static final int SIZE = 32;
    private static final Figure GAIN = new Figure(0.2, 0.1, 0.3, 40);

    @TempDir
    private Path work;

    @Test
    void theTemperatureThatTheTrainingGaveIsTakenInPlaceOfOneOnVal() throws Exception {
        Calibration given = new Calibration(0.5, GAIN, null, Calibration.BY_CLASS_AND_STATE);
        Metrics metrics = evaluated(Optional.of(given), 0.5);
        assertEquals(given, metrics.calibration());
        assertEquals(0.5, metrics.val().temperature());
    }

    @Test
    void whatTheTrainingRefusedIsNotTaken() throws Exception {
        Calibration refused = new Calibration(0.5, GAIN, "it does not help", Calibration.BY_CLASS_AND_STATE);
        Metrics metrics = evaluated(Optional.of(refused), 1);
        assertEquals(refused, metrics.calibration());
        assertNull(metrics.val().uncalibrated());
    }

    @Test
    void whereTheTrainingGaveNoneItIsFittedOnVal() throws Exception {
        Calibration fitted = evaluated(Optional.empty(), 1).calibration();
        assertEquals("val", fitted.images());
        assertEquals("val has fewer than 10 images", fitted.refusal());
    }

    @Test
    void filesAreThoseOfAllScoresAtOnce_whetherOrNotTheyFitInMemory() throws Exception {
        EvaluationInputs inputs = inputs(Optional.empty(), 24);
        double temperature = Evaluator.evaluate(inputs, Long.MAX_VALUE, Progress.SILENT);
        Map<String, byte[]> atOnce = files(inputs.folder());
        assertEquals(temperature, Evaluator.evaluate(inputs, 0, Progress.SILENT));
        Map<String, byte[]> rowByRow = files(inputs.folder());
        assertEquals(atOnce.keySet(), rowByRow.keySet());
        assertTrue(atOnce.keySet().containsAll(List.of("predictions.csv", "probabilities.npy", "metrics.json")));
        atOnce.forEach((name, bytes) -> assertArrayEquals(bytes, rowByRow.get(name), name));

        List<Dataset.Item> items = inputs.dataset().items();
        int[] labels = items.stream().mapToInt(Dataset.Item::label).toArray();
        Logits logits;
        try (ScoredImages scored = new ScoredImages(inputs)) {
            logits = Logits.of(scored.logits(items));
        }
        Calibration calibration =
                TemperatureScaling.choose(logits, labels, inputs.randomness().of(Purpose.TEMPERATURE.stream(), 0));
        OptionalDouble taken = calibration.refusal() == null ? OptionalDouble.of(temperature) : OptionalDouble.empty();
        float[] probabilities = logits.probabilities(temperature);
        assertArrayEquals(probabilities, (float[])
                Npy.read(inputs.folder().probabilities()).data());
        assertEquals(
                Predictions.of(logits, probabilities, items, inputs.dataset().classes()),
                PredictionsFile.read(inputs.folder().predictions()));
        Metrics metrics = MetricsFile.read(inputs.folder().metrics());
        assertEquals(calibration, metrics.calibration());
        assertEquals(
                MetricsCalculator.of(
                        logits,
                        labels,
                        inputs.dataset().classes(),
                        taken,
                        new Bootstrap(100, inputs.randomness(), Purpose.METRICS.about("val"))),
                metrics.val());
    }

    private static Map<String, byte[]> files(RunFolder folder) throws IOException {
        Map<String, byte[]> files = new TreeMap<>();
        try (Stream<Path> all = Files.walk(folder.predictions().getParent())) {
            for (Path file : all.filter(Files::isRegularFile).toList()) {
                files.put(file.getFileName().toString(), Files.readAllBytes(file));
            }
        }
        return files;
    }

    private Metrics evaluated(Optional<Calibration> given, double temperature) throws Exception {
        EvaluationInputs inputs = inputs(given, 6);
        assertEquals(temperature, Evaluator.evaluate(inputs, Progress.SILENT));
        return MetricsFile.read(inputs.folder().metrics());
    }

    private EvaluationInputs inputs(Optional<Calibration> given, int count) throws Exception {
        Map<String, byte[]> images = new HashMap<>();
        List<Dataset.Item> items = new ArrayList<>();
        SplittableRandom random = new SplittableRandom(1);
        for (int i = 0; i < count; i++) {
            byte[] rgb = new byte[3 * SIZE * SIZE];
            random.nextBytes(rgb);
            byte[] file = Png.encode(new RgbImage(SIZE, SIZE, rgb));
            images.put(i + ".png", file);
            items.add(new Dataset.Item(i + ".png", Split.VAL, i % 3, Hashes.sha256(file), Optional.empty()));
        }
        BuiltInNetwork network = TinyNetworks.linear(Block.BASIC, 3);
        return new EvaluationInputs(
                new Dataset(new ImageLoader(images::get, SIZE * SIZE), List.of("a", "b", "c"), items),
                network,
                Preprocessing.at(SIZE, network.normalisation()),
                OptionalDouble.empty(),
                given,
                ConfigurationReader.of(
                        "noise",
                        List.of(
                                "data.source=folder",
                                "data.dir=noise",
                                "model.architecture=demo",
                                "compute.threads=1",
                                "evaluate.bootstrap=100")),
                new Store(work.resolve("cache")),
                new RunFolder(work.resolve("run")),
                new Randomness(1));
    }
}
