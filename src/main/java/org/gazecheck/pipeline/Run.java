package org.gazecheck.pipeline;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeMap;
import org.gazecheck.config.Computation;
import org.gazecheck.config.Configuration;
import org.gazecheck.config.Identities;
import org.gazecheck.data.DataException;
import org.gazecheck.data.Dataset;
import org.gazecheck.data.Datasets;
import org.gazecheck.data.GivenMasks;
import org.gazecheck.data.ImageLoader;
import org.gazecheck.data.Sources;
import org.gazecheck.network.Engine;
import org.gazecheck.network.engine.Calibration;
import org.gazecheck.progress.Progress;
import org.gazecheck.results.Assumption;
import org.gazecheck.results.DatasetFile;
import org.gazecheck.results.DatasetRow;
import org.gazecheck.results.ManifestFile;
import org.gazecheck.results.MaskListFile;
import org.gazecheck.results.RunFolder;
import org.gazecheck.results.RunManifest;
import org.gazecheck.results.RunManifest.StageState;
import org.gazecheck.results.Split;
import org.gazecheck.stats.Randomness;
import org.gazecheck.store.Store;
import org.jspecify.annotations.Nullable;

/** What the stages of one run share. */
final class Run {
    private final Configuration configuration;
    private final Identities identities;
    private final RunFolder folder;
    private final Progress progress;
    private final Store store;
    private final Randomness randomness;
    private final ImageLoader images;
    private RunManifest manifest;
    private @Nullable Dataset dataset;
    private @Nullable RunModel external;
    private boolean calibrated;

    Run(Configuration configuration, Identities identities, RunFolder folder, RunManifest manifest, Progress progress) {
        this.configuration = configuration;
        this.identities = identities;
        this.folder = folder;
        this.manifest = manifest;
        this.progress = progress;
        this.store =
                new Store(configuration.cache().dir(), configuration.cache().maxSize());
        this.randomness = new Randomness(configuration.seed());
        this.images = ImageLoader.of(configuration.data());
    }

    Configuration configuration() {
        return configuration;
    }

    /** What outputs of a computation depend on of program and configuration. */
    String identity(Computation computation) {
        return identities.of(configuration, computation);
    }

    RunFolder folder() {
        return folder;
    }

    Progress progress() {
        return progress;
    }

    Store store() {
        return store;
    }

    Randomness randomness() {
        return randomness;
    }

    /** Opens the images of the data set. */
    ImageLoader images() {
        return images;
    }

    RunManifest manifest() {
        return manifest;
    }

    /** The record of a finished stage. */
    Optional<StageState> state(Stage stage) {
        return Optional.ofNullable(manifest.stages().get(stage.text()));
    }

    /** Records a stage as done, or as not done where the state is empty. */
    void record(Stage stage, Optional<StageState> state) throws IOException {
        Map<String, StageState> stages = new LinkedHashMap<>();
        for (Stage each : Stage.values()) {
            (each == stage ? state : state(each)).ifPresent(its -> stages.put(each.text(), its));
        }
        update(manifest.withStages(stages));
    }

    /** States with which meaning a stage uses what could be meant otherwise: in the manifest and to the person at the console. */
    void assume(Stage stage, List<Assumption> assumptions) throws IOException {
        List<Assumption> all = new ArrayList<>();
        for (Stage each : Stage.values()) {
            all.addAll(each == stage ? assumptions : assumptionsOf(each));
        }
        update(manifest.withAssumptions(all));
        assumptions.forEach(assumption -> progress.message("assumed: " + assumption.text()));
    }

    private List<Assumption> assumptionsOf(Stage stage) {
        return manifest.assumptions().stream()
                .filter(assumption -> assumption.stage().equals(stage.text()))
                .toList();
    }

    /** Replaces the manifest, on disk too. */
    void update(RunManifest changed) throws IOException {
        manifest = changed;
        ManifestFile.write(folder.manifest(), manifest);
    }

    /** The checked data set; there after the first stage. */
    Dataset dataset() {
        return Objects.requireNonNull(dataset, "the data set is there after the first stage");
    }

    /** Takes the data set from {@code dataset.csv}. */
    void reuseData() throws IOException {
        List<DatasetRow> rows = DatasetFile.read(folder.dataset());
        dataset = Datasets.of(rows, manifest.classes(), masks(), images);
    }

    private GivenMasks masks() throws IOException {
        Optional<Path> its = Sources.masks(configuration.data());
        if (its.isEmpty()) {
            return GivenMasks.NONE;
        }
        if (!Files.exists(folder.masks())) {
            throw new DataException("the run folder " + folder.root() + " does not say how its masks are read"
                    + " (masks.json is missing): prepare it again with 'gazecheck prepare'");
        }
        return GivenMasks.of(its.get(), MaskListFile.read(folder.masks()));
    }

    /**
     * What stages depend on of an earlier one: the hashes of its outputs, in order of their names. A model that was trained
     * here holds the names of its classes; those of any other are in none of its outputs. Masks change the audit alone, which
     * asks for them itself.
     */
    String outputs(Stage stage) {
        Map<String, String> outputs = new TreeMap<>(manifest.outputs(stage.text()));
        outputs.remove(folder.masks().getFileName().toString());
        boolean named = stage == Stage.TRAIN && !RunModel.isTrained(configuration);
        return stage.text() + " " + outputs + (named ? " classes " + manifest.classes() : "");
    }

    /** How many images a split has. */
    int count(Split split) {
        return dataset().of(split).size();
    }

    Engine engine() {
        return Engine.of(configuration.compute().inference());
    }

    /** The file of the network that is evaluated and audited. */
    Path modelFile() {
        Path its = configuration.external().model();
        Path other = configuration.model().run();
        return its != null ? its : (other != null ? new RunFolder(other) : folder).archive();
    }

    /** The network that is evaluated and audited; an external one is read once. */
    RunModel model() throws IOException {
        if (!RunModel.isExternal(configuration)) {
            return RunModel.trained(modelFile());
        }
        if (external == null) {
            external = RunModel.external(
                    modelFile(), configuration, manifest.classes().size());
        }
        return external;
    }

    /** States this machine's speed, once. */
    void calibrate() throws IOException {
        if (!calibrated) {
            String speed = String.format(
                    Locale.ROOT,
                    "%.1f images/s (ResNet-50 forward, 224 px, batch 8, %s)",
                    Calibration.imagesPerSecond(
                            engine(), configuration.compute().threads()),
                    engine());
            update(manifest.with("Calibration", speed));
            progress.message("calibration: " + speed);
            calibrated = true;
        }
    }
}
