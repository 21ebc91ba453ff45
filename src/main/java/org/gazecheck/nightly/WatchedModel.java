package org.gazecheck.nightly;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.gazecheck.config.Configuration;
import org.gazecheck.config.ConfigurationException;
import org.gazecheck.config.ConfigurationReader;
import org.gazecheck.io.Folders;
import org.gazecheck.io.Hashes;
import org.gazecheck.pipeline.Pipeline;
import org.gazecheck.pipeline.Stage;
import org.gazecheck.progress.Progress;
import org.gazecheck.results.ManifestFile;
import org.gazecheck.results.RunFolder;
import org.gazecheck.results.RunManifest;
import org.gazecheck.results.StageOutputs;
import org.gazecheck.results.UnfinishedRunException;

/**
 * The run whose model is watched, whole and up to date.
 *
 * @param run its folder
 * @param configuration of it
 * @param id of its results: equal for equal results, whatever became of the folder meanwhile
 */
record WatchedModel(RunFolder run, Configuration configuration, String id) {
    private static final List<String> NEEDED = List.of("prepare", "train", "evaluate", "audit");
    private static final int ID_LENGTH = 16;

    /**
     * Brings it up to date where a configuration is given, training included where there is no model yet.
     *
     * @param given a configuration file, or the folder of a finished run
     * @throws IOException when it is neither, or what the run's stages wrote was changed since
     */
    static WatchedModel of(Path given, Progress progress) throws IOException {
        if (Files.isRegularFile(given)) {
            Configuration configuration = ConfigurationReader.read(given, List.of());
            try (Pipeline pipeline = Pipeline.open(configuration, progress)) {
                pipeline.runTo(Stage.REPORT);
            }
            return of(new RunFolder(configuration.output().dir()), configuration);
        }
        RunFolder run = new RunFolder(given);
        if (!Files.isRegularFile(run.manifest()) || !Files.isRegularFile(run.configuration())) {
            throw new ConfigurationException(List.of(NightChecks.notARun(given)));
        }
        return of(run, ConfigurationReader.read(run.configuration(), List.of("output.dir=" + given)));
    }

    private static WatchedModel of(RunFolder run, Configuration configuration) throws IOException {
        RunManifest manifest = ManifestFile.read(run.manifest());
        Map<String, String> results = new TreeMap<>();
        for (String stage : NEEDED) {
            if (!manifest.stages().containsKey(stage)) {
                throw UnfinishedRunException.withoutStage(run.root(), stage);
            }
            results.putAll(manifest.stages().get(stage).outputs());
        }
        StageOutputs outputs = StageOutputs.of(run, manifest);
        outputs.require(List.of(run.archive(), run.external()));
        outputs.require(StageOutputs.compared(run));
        return new WatchedModel(
                run, configuration, Hashes.sha256(results.toString()).substring(0, ID_LENGTH));
    }

    /** Keeps the results that later nights compare with, whatever becomes of the run; once. */
    Path keep(NightsFolder nights) throws IOException {
        Path kept = nights.model(id);
        if (Files.isDirectory(kept)) {
            return kept;
        }
        Files.createDirectories(nights.models());
        Path copy = kept.resolveSibling("." + id + ".part");
        Folders.delete(copy);
        Files.createDirectory(copy);
        Stream<Path> files =
                Stream.concat(Stream.of(run.manifest(), run.configuration()), StageOutputs.compared(run).stream());
        for (Path file : files.toList()) {
            if (Files.isRegularFile(file)) {
                Files.copy(file, copy.resolve(file.getFileName()));
            }
        }
        RunFolder copied = new RunFolder(copy);
        StageOutputs.of(copied, ManifestFile.read(copied.manifest())).require(StageOutputs.compared(copied));
        Files.move(copy, kept, StandardCopyOption.ATOMIC_MOVE);
        return kept;
    }
}
