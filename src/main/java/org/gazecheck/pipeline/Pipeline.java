package org.gazecheck.pipeline;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.gazecheck.config.Configuration;
import org.gazecheck.config.ConfigurationReader;
import org.gazecheck.config.ConfigurationWriter;
import org.gazecheck.config.Identities;
import org.gazecheck.io.AtomicFile;
import org.gazecheck.io.FolderLock;
import org.gazecheck.io.Hashes;
import org.gazecheck.io.RunLog;
import org.gazecheck.io.Temporary;
import org.gazecheck.progress.LoggedProgress;
import org.gazecheck.progress.Progress;
import org.gazecheck.report.ReportWriter;
import org.gazecheck.results.ManifestFile;
import org.gazecheck.results.RunFolder;
import org.gazecheck.results.RunManifest;
import org.gazecheck.results.RunManifest.StageState;
import org.gazecheck.results.UnfinishedRunException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** One run: its folder, locked while this is open, and its stages. */
public final class Pipeline implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(Pipeline.class);

    private final RunFolder folder;
    private final Progress progress;
    private final FolderLock lock;
    private final RunLog log;
    private final Run run;

    private Pipeline(Configuration configuration, Identities identities, Progress progress, FolderLock lock)
            throws IOException {
        this.folder = new RunFolder(configuration.output().dir());
        this.progress = new LoggedProgress(progress);
        this.lock = lock;
        this.log = RunLog.attach(folder.log());
        Temporary.sweep(folder.root());
        Temporary.sweep(folder.maps());
        Temporary.sweep(folder.checkpoints());
        Temporary.sweep(folder.partFindings());
        RunManifest manifest = Files.exists(folder.manifest())
                ? ManifestFile.read(folder.manifest())
                : RunManifest.empty(configuration.name());
        this.run = new Run(configuration, identities, folder, manifest, this.progress);
    }

    /**
     * Opens the run folder of a configuration, making it if need be; not where a run that it mends cannot be mended.
     *
     * @throws org.gazecheck.io.LockedException when another process works in it
     */
    public static Pipeline open(Configuration configuration, Progress progress) throws IOException {
        Path mended = configuration.mitigation().run();
        if (mended != null) {
            new MendedRun(new RunFolder(mended)).require(configuration);
        }
        return open(configuration, Identities.CURRENT, progress);
    }

    static Pipeline open(Configuration configuration, Identities identities, Progress progress) throws IOException {
        FolderLock lock = new RunFolder(configuration.output().dir()).lock();
        try {
            return new Pipeline(configuration, identities, progress, lock);
        } catch (IOException | RuntimeException e) {
            lock.close();
            throw e;
        }
    }

    /** Opens an existing run folder with the configuration stored in it. */
    public static Pipeline reopen(Path run, Progress progress) throws IOException {
        return reopen(run, List.of(), progress);
    }

    /** @param overrides of that configuration, {@code key=value} */
    public static Pipeline reopen(Path run, List<String> overrides, Progress progress) throws IOException {
        RunFolder folder = new RunFolder(run);
        if (!Files.isRegularFile(folder.configuration())) {
            throw UnfinishedRunException.noRun(run, "config.yaml");
        }
        List<String> here = new ArrayList<>(overrides);
        here.add("output.dir=" + run);
        return open(ConfigurationReader.read(folder.configuration(), here), Identities.CURRENT, progress);
    }

    /** Walks the stages up to and including {@code last}, skipping what is up to date. */
    public void runTo(Stage last) throws IOException {
        AtomicFile.write(folder.configuration(), ConfigurationWriter.yaml(run.configuration()));
        for (Stage stage : Stage.values()) {
            if (stage.compareTo(last) <= 0) {
                walk(stage, false);
            }
        }
    }

    /**
     * Does a stage of a run again, from what the stages before it left.
     *
     * @throws IOException when one of those is incomplete
     */
    public void redo(Stage stage) throws IOException {
        for (Stage earlier : Stage.values()) {
            if (earlier.compareTo(stage) < 0 && !whole(earlier)) {
                throw UnfinishedRunException.withoutStage(folder.root(), earlier.text());
            }
        }
        run.reuseData();
        AtomicFile.write(folder.configuration(), ConfigurationWriter.yaml(run.configuration()));
        if (stage == Stage.AUDIT) {
            run.update(run.manifest().withParts(Map.of()));
        }
        walk(stage, true);
    }

    /**
     * Writes the report of a finished run as one file.
     *
     * @throws IOException when a stage of the run is incomplete
     */
    public void writeSingleFile(Path file) throws IOException {
        for (Stage stage : Stage.values()) {
            if (!whole(stage)) {
                throw UnfinishedRunException.withoutStage(folder.root(), stage.text());
            }
        }
        run.reuseData();
        ReportWork.write(run, input -> ReportWriter.writeSingleFile(input, file, progress));
        progress.message("report in one file: " + file.toAbsolutePath().normalize());
    }

    private void walk(Stage stage, boolean again) throws IOException {
        StageWork work = StageWork.of(stage, run.configuration());
        String inputs = Hashes.sha256(String.join("\n", work.inputs(run)));
        if (!again && whole(stage) && run.state(stage).map(StageState::inputs).equals(Optional.of(inputs))) {
            work.reuse(run);
            progress.message(work.title().orElse(stage.text()) + ": up to date");
            return;
        }
        LOG.info("stage {} begins", stage.text());
        run.record(stage, Optional.empty());
        run.assume(stage, List.of());
        long began = System.nanoTime();
        long decoded = run.images().decoded();
        List<Path> outputs = work.execute(run);
        double seconds = (System.nanoTime() - began) * 1e-9;
        Map<String, String> hashes = new OutputFiles(folder.root()).hashes(outputs);
        String finished = Instant.now().truncatedTo(ChronoUnit.SECONDS).toString();
        run.record(stage, Optional.of(new StageState("done", inputs, hashes, seconds, finished)));
        work.conclude(run);
        progress.message(
                String.format(Locale.ROOT, "%s: done in %.0f s", work.title().orElse(stage.text()), seconds));
        LOG.info(
                "stage {} ends after {} s, decoded {} images",
                stage.text(),
                seconds,
                run.images().decoded() - decoded);
    }

    private boolean whole(Stage stage) throws IOException {
        return run.state(stage).isPresent()
                && new OutputFiles(folder.root()).whole(run.manifest().outputs(stage.text()));
    }

    @Override
    public void close() throws IOException {
        try (lock) {
            log.close();
        }
    }
}
