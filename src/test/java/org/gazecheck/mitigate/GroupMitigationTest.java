package org.gazecheck.mitigate;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.gazecheck.config.Configuration;
import org.gazecheck.config.ConfigurationReader;
import org.gazecheck.data.Dataset;
import org.gazecheck.data.ImageGroups;
import org.gazecheck.network.HellingerHead;
import org.gazecheck.network.LinearHead;
import org.gazecheck.progress.Progress;
import org.gazecheck.results.MitigationTraining;
import org.gazecheck.results.MitigationTraining.Choice;
import org.gazecheck.results.RunFolder;
import org.gazecheck.results.Split;
import org.gazecheck.stats.Randomness;
import org.gazecheck.store.Store;
import org.gazecheck.train.Tiny;
import org.gazecheck.train.TrainingInputs;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class GroupMitigationTest {
    @TempDir
    private Path work;

    @Test
    void theStrengthIsChosenByTheWorstCellOfValAndTheSameSeedGivesTheSameHead() throws Exception {
        Dataset dataset = Tiny.dataset(work.resolve("images"));
        Map<String, String> of = new HashMap<>();
        int next = 0;
        for (Dataset.Item item : dataset.items()) {
            if (next++ % 7 != 3) {
                of.put(item.path(), next % 4 == 0 ? "few" : "many");
            }
        }
        HeadMitigation.Chosen chosen = train(dataset, new ImageGroups(of));
        assertEquals(
                List.of(0.1, 0.01, 0.001, 1e-4, 1e-6),
                chosen.choices().stream().map(Choice::l2).toList());
        Choice best = chosen.choices().stream()
                .max(Comparator.comparingDouble(Choice::worst)
                        .thenComparing(Choice::mean)
                        .thenComparing(
                                Comparator.comparingDouble(Choice::logLoss).reversed()))
                .orElseThrow();
        assertEquals(best, chosen.choice());
        List<MitigationTraining.Cell> cells =
                chosen.cells().described(dataset.classes(), chosen.head(), chosen.cells(), chosen.head());
        assertEquals(
                dataset.of(Split.VAL).stream()
                        .filter(item -> of.containsKey(item.path()))
                        .count(),
                cells.stream().mapToInt(MitigationTraining.Cell::n).sum());
        assertEquals(
                chosen.choice().worst(),
                cells.stream().mapToDouble(MitigationTraining.Cell::after).min().orElseThrow());
        HeadMitigation.Chosen again = train(dataset, new ImageGroups(of));
        assertArrayEquals(chosen.head().weight(), again.head().weight());
        assertArrayEquals(chosen.head().bias(), again.head().bias());
    }

    @Test
    void headsAreAveragedWeightByWeight() {
        LinearHead mean = (LinearHead) GroupMitigation.mean(List.of(
                new LinearHead(new float[] {1, 2}, new float[] {0, 4}),
                new LinearHead(new float[] {3, -2}, new float[] {1, 0})));
        assertArrayEquals(new float[] {2, 0}, mean.weight());
        assertArrayEquals(new float[] {0.5f, 2}, mean.bias());
        assertTrue(
                GroupMitigation.mean(List.of(new HellingerHead(new float[2], new float[2], 1e-6f)))
                        instanceof HellingerHead);
    }

    private HeadMitigation.Chosen train(Dataset dataset, ImageGroups groups) throws Exception {
        Configuration configuration = ConfigurationReader.of(
                "tiny",
                List.of(
                        "data.source=folder",
                        "data.dir=" + work,
                        "output.dir=" + work,
                        "cache.dir=" + work,
                        "model.architecture=demo",
                        "model.size=" + Tiny.SIZE,
                        "train.recipe=probe",
                        "train.views.crops=1",
                        "train.probe.l2=[1e-4, 1e-6]",
                        "train.probe.maxIterations=10"));
        Randomness randomness = new Randomness(1);
        Store store = new Store(work.resolve("cache"));
        return new GroupMitigation(
                        groups, new GroupSamples(dataset.of(Split.TRAIN), groups, randomness), Progress.SILENT)
                .train(new TrainingInputs(
                        dataset, Tiny.network(), configuration, store, new RunFolder(work.resolve("run")), randomness));
    }
}
