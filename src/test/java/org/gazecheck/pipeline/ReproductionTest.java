package org.gazecheck.pipeline;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.gazecheck.config.ConfigurationReader;
import org.gazecheck.data.DataException;
import org.gazecheck.io.Hashes;
import org.gazecheck.progress.Progress;
import org.gazecheck.results.ManifestFile;
import org.gazecheck.results.RunFolder;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A few small drawings, learned and learned again. */
@Tag("slow")
class ReproductionTest {
    @TempDir
    private static Path work;

    private static RunFolder recorded;

    @BeforeAll
    static void runOnce() throws Exception {
        Path yaml = Files.writeString(
                work.resolve("tiny.yaml"),
                """
                data: {source: demo, drawn: {train: 6, val: 3, test: 3, size: 64}}
                model: {architecture: demo, size: 64}
                train:
                  recipe: finetune
                  views: {crops: 0}
                  probe: {maxIterations: 20, l2: [1e-6]}
                  finetune: {from: all, views: 0, epochs: 2, batch: 8, warmup: 2}
                evaluate: {bootstrap: 100}
                """);
        recorded = new RunFolder(work.resolve("run"));
        List<String> settings = List.of(
                "data.dir=" + work.resolve("flowers"),
                "output.dir=" + recorded.root(),
                "cache.dir=" + work.resolve("cache"));
        try (Pipeline pipeline = Pipeline.open(ConfigurationReader.read(yaml, settings), Progress.SILENT)) {
            pipeline.runTo(Stage.REPORT);
        }
    }

    @Test
    void onThisMachineEverythingIsEqualBitForBitAndTheRecordedRunIsUntouched() throws Exception {
        Map<String, String> before = contents(recorded.root());
        Path output = work.resolve("equal");

        Comparison comparison = reproduce(recorded, output);

        assertEquals(List.of(), comparison.machine());
        assertEquals(Optional.empty(), comparison.differing());
        assertTrue(comparison.kept());
        assertEquals(before, contents(recorded.root()));
        assertFalse(Files.exists(output.resolve("cache")));
        Map<String, String> after = contents(output);
        for (String file : List.of(
                "dataset.csv",
                "model.onnx",
                "predictions.csv",
                "probabilities.npy",
                "metrics.json",
                "localisation.csv",
                "properties.csv",
                "findings.json")) {
            assertEquals(before.get(file), after.get(file), file);
        }
        var finished = ManifestFile.read(new RunFolder(output).manifest()).stages();
        assertTrue(reproduce(recorded, output).kept());
        assertEquals(
                finished, ManifestFile.read(new RunFolder(output).manifest()).stages());
    }

    @Test
    void aChangedRecordIsToldWithItsFirstStage() throws Exception {
        RunFolder changed = copy("changed");
        Files.writeString(
                changed.predictions(), Files.readString(changed.predictions()).replaceFirst("daisy", "poppy"));
        Files.writeString(changed.findings(), Files.readString(changed.findings()) + "\n");

        Comparison comparison = reproduce(changed, work.resolve("of-changed"));

        assertEquals(Optional.of("evaluate (predictions.csv)"), comparison.differing());
        assertFalse(comparison.kept());
    }

    @Test
    void imagesOfAnotherContentEndItBeforeTraining() throws Exception {
        RunFolder changed = copy("other-data");
        var manifest = Files.readString(changed.manifest());
        String hash = ManifestFile.read(changed.manifest())
                .stages()
                .get("prepare")
                .outputs()
                .get("dataset.csv");
        Files.writeString(changed.manifest(), manifest.replace(hash, "0".repeat(64)));
        Path output = work.resolve("of-other-data");

        DataException e = assertThrows(DataException.class, () -> reproduce(changed, output));

        assertTrue(e.getMessage().contains("--set data.dir="), e.getMessage());
        assertFalse(Files.exists(output.resolve("model.zip")));
    }

    @Test
    void anUnfinishedRunAndAFolderOfOtherThingsAreRefused() throws Exception {
        RunFolder half = copy("half");
        var manifest = ManifestFile.read(half.manifest());
        var stages = new TreeMap<>(manifest.stages());
        stages.remove("audit");
        ManifestFile.write(half.manifest(), manifest.withStages(stages));

        IOException unfinished = assertThrows(IOException.class, () -> reproduce(half, work.resolve("of-half")));
        assertTrue(unfinished.getMessage().contains("the stage 'audit' is not done"), unfinished.getMessage());
        IOException itself = assertThrows(IOException.class, () -> reproduce(recorded, recorded.root()));
        assertTrue(itself.getMessage().contains("--output"), itself.getMessage());
    }

    private static Comparison reproduce(RunFolder run, Path output) throws Exception {
        return Reproduction.of(run.root(), output, List.of()).run(Progress.SILENT, false);
    }

    private static RunFolder copy(String name) throws IOException {
        Path target = work.resolve(name);
        try (Stream<Path> walk = Files.walk(recorded.root())) {
            for (Path file : walk.toList()) {
                Files.copy(file, target.resolve(recorded.root().relativize(file).toString()));
            }
        }
        return new RunFolder(target);
    }

    private static Map<String, String> contents(Path folder) throws IOException {
        Map<String, String> contents = new TreeMap<>();
        try (Stream<Path> walk = Files.walk(folder)) {
            for (Path file : walk.filter(Files::isRegularFile).toList()) {
                contents.put(folder.relativize(file).toString(), Hashes.sha256(file));
            }
        }
        return contents;
    }
}
