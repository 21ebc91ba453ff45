package org.gazecheck.pipeline;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.gazecheck.config.Configuration;
import org.gazecheck.config.ConfigurationReader;
import org.gazecheck.config.DataSettings;
import org.gazecheck.config.ExternalSettings;
import org.gazecheck.data.DataException;
import org.gazecheck.failure.GazecheckException;
import org.gazecheck.io.AtomicFile;
import org.gazecheck.io.Folders;
import org.gazecheck.io.Hashes;
import org.gazecheck.network.WeightsException;
import org.gazecheck.network.weights.ResNets;
import org.gazecheck.progress.Progress;
import org.gazecheck.results.ManifestFile;
import org.gazecheck.results.RunFolder;
import org.gazecheck.results.RunManifest;
import org.gazecheck.results.UnfinishedRunException;
import org.jspecify.annotations.Nullable;

/** A recorded run, done again in a folder and with a cache of its own. The recorded one is only read. */
public final class Reproduction {
    private static final String MARK = ".reproduces";

    private final RunFolder recorded;
    private final RunFolder fresh;
    private final RunManifest manifest;
    private final Configuration configuration;

    private Reproduction(RunFolder recorded, RunFolder fresh, RunManifest manifest, Configuration configuration) {
        this.recorded = recorded;
        this.fresh = fresh;
        this.manifest = manifest;
        this.configuration = configuration;
    }

    /**
     * Checks that a run can be done again.
     *
     * @param output the new folder, or one that an earlier attempt at the same run left
     * @param overrides where things lie here, {@code key=value}
     * @throws IOException when the run is not finished, or the folder holds something else
     * @throws DataException when there is no data
     * @throws WeightsException when the weights are missing or other ones
     */
    public static Reproduction of(Path run, Path output, List<String> overrides) throws IOException {
        RunFolder recorded = new RunFolder(run);
        if (!Files.isRegularFile(recorded.configuration()) || !Files.isRegularFile(recorded.manifest())) {
            throw UnfinishedRunException.noRun(run, "config.yaml and run.json");
        }
        RunManifest manifest = ManifestFile.read(recorded.manifest());
        for (Stage stage : Stage.values()) {
            if (!manifest.stages().containsKey(stage.text())) {
                throw UnfinishedRunException.withoutStage(run, stage.text());
            }
        }
        List<String> settings = new ArrayList<>(overrides);
        settings.add("output.dir=" + output);
        settings.add("cache.dir=" + output.resolve("cache"));
        Configuration configuration = ConfigurationReader.read(recorded.configuration(), settings);
        Reproduction reproduction = new Reproduction(recorded, new RunFolder(output), manifest, configuration);
        reproduction.checkInputs();
        reproduction.claim();
        return reproduction;
    }

    private void checkInputs() throws IOException {
        DataSettings data = configuration.data();
        if (data.source() != DataSettings.Source.DEMO && !Files.isDirectory(data.dir())) {
            throw new DataException("there is no data folder " + data.dir() + ": give --set data.dir=FOLDER");
        }
        if (data.masks() != null && data.source() != DataSettings.Source.DEMO && !Files.isDirectory(data.masks())) {
            throw new DataException("there is no mask folder " + data.masks() + ": give --set data.masks=FOLDER");
        }
        checkExternal(configuration.external());
        checkMended(configuration.mitigation().run());
        Path weights = configuration.model().weights();
        if (weights == null) {
            return;
        }
        if (!Files.isRegularFile(weights)) {
            throw new WeightsException("there is no weights file " + weights + ": give --set model.weights=FILE");
        }
        String stated = manifest.facts().get(Provenances.WEIGHTS_HASH);
        String here = "sha256 " + Hashes.sha256(weights);
        if (stated == null) {
            stated = manifest.facts().get("Backbone");
            here = "sha256 " + ResNets.load(weights, configuration.model()).hash();
        }
        if (!here.equals(stated)) {
            throw new WeightsException(weights + " holds other weights than the run had: " + here + ", the run had "
                    + stated + ". Give --set model.weights=FILE");
        }
    }

    private void checkMended(@Nullable Path run) throws IOException {
        if (run == null) {
            return;
        }
        MendedRun mended = new MendedRun(new RunFolder(run));
        mended.require();
        String here = "sha256 " + Hashes.sha256(mended.folder().archive());
        if (!here.equals(manifest.facts().get(Provenances.MENDED_HASH))) {
            throw new WeightsException(run + " has another model than the run that was mended: " + here + ", that had "
                    + manifest.facts().get(Provenances.MENDED_HASH) + ". Give --set mitigation.run=FOLDER");
        }
        Path groups = configuration.mitigation().groups();
        if (groups != null) {
            checkGroups(groups);
        }
    }

    private void checkGroups(Path groups) throws IOException {
        if (!Files.isRegularFile(groups)) {
            throw new DataException("there is no " + groups + ": give --set mitigation.groups=FILE");
        }
        String here = "sha256 " + Hashes.sha256(groups);
        if (!here.equals(manifest.facts().get(Provenances.GROUPS_HASH))) {
            throw new DataException(groups + " holds other groups than the run had: " + here + ", the run had "
                    + manifest.facts().get(Provenances.GROUPS_HASH) + ". Give --set mitigation.groups=FILE");
        }
    }

    private void checkExternal(ExternalSettings external) throws IOException {
        if (external.model() == null) {
            return;
        }
        if (!Files.isRegularFile(external.model())
                || external.labels() == null
                || !Files.isRegularFile(external.labels())) {
            throw new WeightsException("there is no " + external.model() + " or no " + external.labels()
                    + ": give --set external.model=FILE and --set external.labels=FILE");
        }
        String here = "sha256 " + Hashes.sha256(external.model());
        if (!here.equals(manifest.facts().get(Provenances.MODEL_HASH))) {
            throw new WeightsException(
                    external.model() + " is another model than the run had: " + here + ", the run had "
                            + manifest.facts().get(Provenances.MODEL_HASH) + ". Give --set external.model=FILE");
        }
    }

    private void claim() throws IOException {
        Path mark = fresh.root().resolve(MARK);
        String run = recorded.root().toRealPath() + "\n";
        if (Files.isRegularFile(mark) && Files.readString(mark).equals(run)) {
            return;
        }
        if (Files.exists(fresh.root())) {
            try (Stream<Path> files = Files.list(fresh.root())) {
                if (files.findAny().isPresent()) {
                    throw new GazecheckException(fresh.root() + " holds something else than a reproduction of "
                            + recorded.root() + ": give --output DIR with a new folder");
                }
            }
        }
        Files.createDirectories(fresh.root());
        AtomicFile.write(mark, run);
    }

    /**
     * Does the run, or what is left of it.
     *
     * @throws DataException when the images are not those of the recorded run; nothing is trained then
     */
    public Comparison run(Progress progress, boolean keepCache) throws IOException {
        try (Pipeline pipeline = Pipeline.open(configuration, progress)) {
            pipeline.runTo(Stage.PREPARE);
            String then = manifest.dataHash().orElseThrow();
            String now = ManifestFile.read(fresh.manifest()).dataHash().orElseThrow();
            if (!now.equals(then)) {
                throw new DataException("the images in " + configuration.data().dir()
                        + " are not those of the run: dataset.csv has sha256 " + now + ", the run's " + then
                        + ". Compare the two, or give --set data.dir=FOLDER");
            }
            pipeline.runTo(Stage.REPORT);
            if (!keepCache) {
                deleteCache();
            }
        }
        return Comparison.of(recorded, fresh);
    }

    private void deleteCache() throws IOException {
        Folders.delete(configuration.cache().dir());
    }
}
