package org.gazecheck.train;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import org.deeplearning4j.nn.api.Model;
import org.deeplearning4j.optimize.api.BaseTrainingListener;
import org.gazecheck.config.TrainSettings;
import org.gazecheck.data.Dataset;
import org.gazecheck.data.KeptImages;
import org.gazecheck.network.dl4j.TrainableNetwork;
import org.gazecheck.progress.Progress;
import org.gazecheck.results.Epoch;
import org.gazecheck.results.EpochsFile;
import org.gazecheck.results.Split;
import org.gazecheck.stats.Randomness;
import org.gazecheck.store.Encoding;
import org.gazecheck.store.Store;
import org.gazecheck.store.Table;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FinetunerTest {
    @TempDir
    Path temporary;

    private Dataset dataset;

    private static final class Killed extends RuntimeException {
        private static final long serialVersionUID = 1;
    }

    @BeforeEach
    void drawImages() throws IOException {
        dataset = Tiny.dataset(temporary.resolve("images"));
    }

    @Test
    void twoEpochsTwiceGiveTheSameBytes() throws IOException {
        for (String from : List.of("all", "layer2")) {
            TrainSettings.Finetune recipe = Tiny.finetune(from, 2);
            assertArrayEquals(
                    train(recipe, "a-" + from, Integer.MAX_VALUE), train(recipe, "b-" + from, Integer.MAX_VALUE));
        }
    }

    @Test
    void aTrainingKilledInItsSecondEpochEndsAsOneThatWasNot() throws IOException {
        for (String from : List.of("all", "layer2")) {
            TrainSettings.Finetune recipe = averagedAndMixed(Tiny.finetune(from, 3));
            float[] whole = train(recipe, "whole-" + from, Integer.MAX_VALUE);
            assertThrows(Killed.class, () -> train(recipe, "killed-" + from, 9));
            assertEquals(
                    1,
                    EpochsFile.read(temporary.resolve("killed-" + from + "/train.csv"))
                            .size());
            assertArrayEquals(whole, train(recipe, "killed-" + from, Integer.MAX_VALUE));
            List<Epoch> expected = withoutTimes(temporary.resolve("whole-" + from + "/train.csv"));
            assertEquals(3, expected.size());
            assertEquals(expected, withoutTimes(temporary.resolve("killed-" + from + "/train.csv")));
        }
    }

    @Test
    void aFinishedTrainingIsNotDoneAgain() throws IOException {
        TrainSettings.Finetune recipe = Tiny.finetune("all", 2);
        float[] first = train(recipe, "run", Integer.MAX_VALUE);
        assertArrayEquals(first, train(recipe, "run", 0));
    }

    @Test
    void aDamagedCheckpointIsNotTrusted() throws IOException {
        TrainSettings.Finetune recipe = Tiny.finetune("all", 2);
        float[] first = train(recipe, "run", Integer.MAX_VALUE);
        Path file = temporary.resolve("run/checkpoints/latest.bin");
        byte[] bytes = Files.readAllBytes(file);
        bytes[bytes.length / 2] ^= 1;
        Files.write(file, bytes);
        assertThrows(Killed.class, () -> train(recipe, "run", 1), "it must begin again");
        assertArrayEquals(first, train(recipe, "run", Integer.MAX_VALUE));
    }

    @Test
    void aCheckpointOfAnotherRecipeIsNotGoneOnFrom() throws IOException {
        train(Tiny.finetune("all", 2), "run", Integer.MAX_VALUE);
        assertThrows(Killed.class, () -> train(Tiny.finetune("all", 3), "run", 1));
    }

    @Test
    void coloursAreLearned() throws IOException {
        TrainSettings.Finetune f = Tiny.finetune("all", 8);
        TrainSettings.Finetune fast = new TrainSettings.Finetune(
                "all", 2, 8, 8, TrainSettings.Optimizer.ADAMW, 1e-2, 3e-2, 0, 4, 0.1, 0, 0, 0, f.diskLimit());
        train(fast, "run", Integer.MAX_VALUE);
        List<Epoch> epochs = EpochsFile.read(temporary.resolve("run/train.csv"));
        assertEquals(8, epochs.size());
        assertTrue(epochs.get(7).trainLoss() < 0.7 * epochs.get(0).trainLoss(), epochs.toString());
        double best = epochs.stream().mapToDouble(Epoch::valTop1).max().orElseThrow();
        assertTrue(best > 0.9, epochs.toString());
        Epoch lastBest = epochs.stream().filter(Epoch::best).reduce((a, b) -> b).orElseThrow();
        assertEquals(best, lastBest.valTop1());
    }

    @Test
    void aLossThatRunsAwayStopsWithAdvice() {
        TrainSettings.Finetune f = Tiny.finetune("all", 30);
        TrainSettings.Finetune wild = new TrainSettings.Finetune(
                "all", 2, 30, 8, TrainSettings.Optimizer.SGD, 1e4, 1e4, 0, 0, 0.1, 0, 0, 0, f.diskLimit());
        IOException e = assertThrows(DivergedException.class, () -> train(wild, "run", Integer.MAX_VALUE));
        assertTrue(e.getMessage().contains("train.finetune.learningRate"), e.getMessage());
    }

    @Test
    void patienceEndsATrainingThatDoesNotImprove() throws IOException {
        TrainSettings.Finetune f = Tiny.finetune("all", 30);
        TrainSettings.Finetune still = new TrainSettings.Finetune(
                "all", 2, 30, 8, TrainSettings.Optimizer.SGD, 0, 0, 0, 0, 0.1, 0, 0, 3, f.diskLimit());
        train(still, "run", Integer.MAX_VALUE);
        assertEquals(4, EpochsFile.read(temporary.resolve("run/train.csv")).size());
    }

    private static TrainSettings.Finetune averagedAndMixed(TrainSettings.Finetune f) {
        return new TrainSettings.Finetune(
                f.from(),
                f.views(),
                f.epochs(),
                f.batch(),
                f.optimizer(),
                f.learningRate(),
                f.headLearningRate(),
                f.weightDecay(),
                f.warmup(),
                f.smoothing(),
                0.4,
                0.9,
                f.patience(),
                f.diskLimit());
    }

    private static List<Epoch> withoutTimes(Path file) throws IOException {
        List<Epoch> epochs = new ArrayList<>();
        for (Epoch e : EpochsFile.read(file)) {
            epochs.add(new Epoch(e.epoch(), e.trainLoss(), e.valLoss(), e.valTop1(), e.learningRate(), 0, e.best()));
        }
        return epochs;
    }

    /** Trains in a folder; dies when {@code lastStep} is reached. */
    private float[] train(TrainSettings.Finetune recipe, String folder, int lastStep) throws IOException {
        TrainableNetwork network = TrainableNetwork.from(Tiny.network(), recipe.from());
        float[] before = network.parameters().dup().data().asFloat();
        network.graph().setListeners(new BaseTrainingListener() {
            @Override
            public void iterationDone(Model model, int iteration, int epoch) {
                if (iteration >= lastStep) {
                    throw new Killed();
                }
            }
        });
        Path run = temporary.resolve(folder);
        try (Table table = activations()) {
            BatchSource source = recipe.from().equals("all")
                    ? new FreshImages(
                            new KeptImages<>(
                                    1 << 16, item -> dataset.images().load(item.path()), image -> image.rgb().length),
                            dataset.of(Split.TRAIN),
                            dataset.of(Split.VAL),
                            Tiny.views())
                    : new CachedActivations(
                            table,
                            new int[] {4, 8, 8},
                            dataset.of(Split.TRAIN),
                            dataset.of(Split.VAL),
                            View.list(false, recipe.views()),
                            Tiny.views(),
                            new Randomness(1));
            Batches batches = new Batches(source, recipe, Tiny.CLASSES, new Randomness(1));
            Checkpoint checkpoint = new Checkpoint(run.resolve("checkpoints"), recipe.toString());
            new Finetuner(network, source, recipe, batches, checkpoint, run.resolve("train.csv"), Progress.SILENT)
                    .train();
        }
        float[] after = network.parameters().dup().data().asFloat();
        assertFalse(recipe.learningRate() > 0 && java.util.Arrays.equals(before, after), "nothing was trained");
        return after;
    }

    private Table activations() throws IOException {
        Table table = new Store(temporary.resolve("store")).open("activations", "random", Encoding.FLOAT16, 4 * 8 * 8);
        SplittableRandom random = new SplittableRandom(8);
        List<String> keys = new ArrayList<>();
        for (Dataset.Item item : dataset.items()) {
            View.list(false, 2).forEach(view -> keys.add(Tiny.views().key(item, view)));
        }
        table.compute(
                keys,
                1000,
                (indices, out) -> {
                    for (int i = 0; i < out.length; i++) {
                        out[i] = (float) random.nextDouble();
                    }
                },
                steps -> {});
        return table;
    }
}
