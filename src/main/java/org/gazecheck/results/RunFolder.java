package org.gazecheck.results;

import java.io.IOException;
import java.nio.file.Path;
import org.gazecheck.io.FolderLock;
import org.gazecheck.io.OwnFile;

/** Where everything lies in a run folder. */
public record RunFolder(Path root) {
    /**
     * Locks the folder for writing, making it if need be.
     *
     * @throws org.gazecheck.io.LockedException when another process works in it
     * @throws org.gazecheck.failure.GazecheckException when something in it is a link: nothing is written through one
     */
    public FolderLock lock() throws IOException {
        FolderLock lock = FolderLock.of(root);
        try {
            requireOwn();
            return lock;
        } catch (IOException | RuntimeException e) {
            lock.close();
            throw e;
        }
    }

    /** Refuses a folder that holds links, pipes or devices, at any depth. */
    public void requireOwn() throws IOException {
        OwnFile.requireAllBelow(root);
    }

    public Path manifest() {
        return root.resolve("run.json");
    }

    public Path configuration() {
        return root.resolve("config.yaml");
    }

    public Path dataset() {
        return root.resolve("dataset.csv");
    }

    /** The masks that were given, and how they are read; there only where some were. */
    public Path masks() {
        return root.resolve("masks.json");
    }

    public Path archive() {
        return root.resolve("model.zip");
    }

    public Path onnx() {
        return root.resolve("model.onnx");
    }

    public Path otherRunModel() {
        return root.resolve("other-run-model.json");
    }

    public Path external() {
        return root.resolve("external.json");
    }

    /** How a mended run was trained; there only in one. */
    public Path mitigationTraining() {
        return root.resolve("mitigation-training.json");
    }

    /** A mended run beside the one that it mends; there only in one. */
    public Path mitigation() {
        return root.resolve("mitigation.json");
    }

    public Path epochs() {
        return root.resolve("train.csv");
    }

    public Path checkpoints() {
        return root.resolve("checkpoints");
    }

    public Path predictions() {
        return root.resolve("predictions.csv");
    }

    public Path probabilities() {
        return root.resolve("probabilities.npy");
    }

    /** What the network makes of the images before its head [n, d], rows as in {@code predictions.csv}. */
    public Path features() {
        return root.resolve("features.npy");
    }

    /** How the evaluation scores an image, and of which model. */
    public Path scoring() {
        return root.resolve("scoring.json");
    }

    public Path metrics() {
        return root.resolve("metrics.json");
    }

    public Path maps() {
        return root.resolve("maps");
    }

    /** Raw maps [n, h, w], rows as in {@code predictions.csv}. */
    public Path map(String method, String layer, MapTarget target) {
        return maps().resolve(method + "_" + layer + "_" + target.text() + ".npy");
    }

    public Path localisation() {
        return root.resolve("localisation.csv");
    }

    public Path heatmapQuality() {
        return root.resolve("heatmap-quality.json");
    }

    public Path properties() {
        return root.resolve("properties.csv");
    }

    public Path dataQuality() {
        return root.resolve("data-quality.csv");
    }

    /** Images that are decided in the same place. */
    public Path heatmapClusters() {
        return root.resolve("heatmap-clusters.csv");
    }

    /** Images of segments in which accuracy is lower. */
    public Path weakSegments() {
        return root.resolve("weak-segments.csv");
    }

    /** Where the images lie on two maps, by features and by heatmap. */
    public Path embedding() {
        return root.resolve("embedding.csv");
    }

    /** What these maps are worth. */
    public Path embeddingSummary() {
        return root.resolve("embedding.json");
    }

    /** The images most like each, by features and by heatmap. */
    public Path neighbours() {
        return root.resolve("neighbours.csv");
    }

    public Path findings() {
        return root.resolve("findings.json");
    }

    /** Findings of the parts of the audit, from which {@link #findings} is made. */
    public Path partFindings() {
        return root.resolve("audit");
    }

    public Path findingsOf(String part) {
        return partFindings().resolve(part + ".json");
    }

    public Path interventions() {
        return root.resolve("interventions.json");
    }

    /** Which counterfactual images lie in {@link #counterfactualImages}. */
    public Path counterfactuals() {
        return root.resolve("counterfactuals.csv");
    }

    /** What the patches and objects in these are; its images lie beside theirs. */
    public Path crops() {
        return root.resolve("crops.csv");
    }

    public Path counterfactualImages() {
        return root.resolve("counterfactuals");
    }

    public Path report() {
        return root.resolve("index.html");
    }

    /** What reviewers said, where it is kept with the run. */
    public Path verdicts() {
        return root.resolve("verdicts.csv");
    }

    /** What reviewers said to {@code gazecheck serve}. */
    public Path verdictsDatabase() {
        return root.resolve("verdicts.sqlite");
    }

    /** Views of the report that people keep. */
    public Path savedViews() {
        return root.resolve("views.json");
    }

    public Path signature() {
        return root.resolve("signature.json");
    }

    /** The report as one file, where one was asked for. */
    public Path singleFile() {
        return root.resolve("report.html");
    }

    /** What a night looked at; there only in the folder of a night. */
    public Path night() {
        return root.resolve("night.json");
    }

    /** What the gates came to. */
    public Path gates() {
        return root.resolve("gates.json");
    }

    public Path log() {
        return root.resolve("gazecheck.log");
    }
}
