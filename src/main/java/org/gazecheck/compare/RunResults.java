package org.gazecheck.compare;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import org.gazecheck.metric.MeasuredImage;
import org.gazecheck.results.DataQualityFile;
import org.gazecheck.results.DataQualityRow;
import org.gazecheck.results.DatasetFile;
import org.gazecheck.results.DatasetRow;
import org.gazecheck.results.Finding;
import org.gazecheck.results.FindingsFile;
import org.gazecheck.results.ImageProperties;
import org.gazecheck.results.Localisation;
import org.gazecheck.results.LocalisationFile;
import org.gazecheck.results.ManifestFile;
import org.gazecheck.results.MapTarget;
import org.gazecheck.results.Mitigation;
import org.gazecheck.results.MitigationFile;
import org.gazecheck.results.Prediction;
import org.gazecheck.results.PredictionsFile;
import org.gazecheck.results.PropertiesFile;
import org.gazecheck.results.ResultsException;
import org.gazecheck.results.RunFolder;
import org.gazecheck.results.RunManifest;
import org.gazecheck.results.StageOutputs;
import org.gazecheck.results.UnfinishedRunException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What is compared of a run. Maps by path are empty where the audit did not write the file.
 *
 * @param predictions rows as in {@code features.npy}
 * @param localisation of heatmaps for the predicted class
 * @param findings empty where there was no audit
 */
public record RunResults(
        RunFolder folder,
        RunManifest manifest,
        List<DatasetRow> dataset,
        List<Prediction> predictions,
        Map<String, Localisation> localisation,
        Map<String, ImageProperties> properties,
        Map<String, DataQualityRow> dataQuality,
        Optional<List<Finding>> findings) {
    private static final Logger LOG = LoggerFactory.getLogger(RunResults.class);

    /**
     * Reads a run that was evaluated; what only the audit writes may be absent.
     *
     * @throws IOException when it is no such run, or its files are not what its stages wrote; the message says what to do
     */
    public static RunResults read(Path run) throws IOException {
        RunFolder folder = new RunFolder(run);
        if (!Files.isRegularFile(folder.manifest())) {
            throw UnfinishedRunException.noRun(run, "run.json");
        }
        RunManifest manifest = ManifestFile.read(folder.manifest());
        if (!manifest.stages().containsKey("evaluate")) {
            throw UnfinishedRunException.withoutStage(run, "evaluate");
        }
        StageOutputs.of(folder, manifest).require(StageOutputs.compared(folder));
        boolean audited = manifest.stages().containsKey("audit");
        Map<String, Localisation> localisation = new HashMap<>();
        if (audited && Files.isRegularFile(folder.localisation())) {
            LocalisationFile.read(folder.localisation()).stream()
                    .filter(a -> a.target() == MapTarget.PREDICTED)
                    .forEach(a -> localisation.put(a.path(), a));
        }
        return new RunResults(
                folder,
                manifest,
                DatasetFile.read(folder.dataset()),
                PredictionsFile.read(folder.predictions()),
                localisation,
                audited ? rows(folder.properties(), PropertiesFile::read, ImageProperties::path) : Map.of(),
                audited ? rows(folder.dataQuality(), DataQualityFile::read, DataQualityRow::path) : Map.of(),
                audited ? Optional.of(FindingsFile.read(folder.findings()).findings()) : Optional.empty());
    }

    /** What reads a table. */
    private interface Reader<T> {
        List<T> read(Path file) throws IOException;
    }

    private static <T> Map<String, T> rows(Path file, Reader<T> reader, Function<T, String> path) throws IOException {
        Map<String, T> rows = new LinkedHashMap<>();
        if (Files.isRegularFile(file)) {
            reader.read(file).forEach(row -> rows.put(path.apply(row), row));
        }
        return rows;
    }

    /** What became of an earlier run's shortcuts, where this run mends that very run. A file of an older version says nothing. */
    Optional<Mitigation> mends(RunResults earlier) throws IOException {
        if (!StageOutputs.of(folder, manifest).holds(folder.mitigation())) {
            return Optional.empty();
        }
        Mitigation mitigation;
        try {
            mitigation = MitigationFile.read(folder.mitigation());
        } catch (ResultsException e) {
            LOG.warn("what the mending came to is left out of the comparison", e);
            return Optional.empty();
        }
        String archive = earlier.folder.archive().getFileName().toString();
        return earlier.manifest.stages().values().stream().anyMatch(stage -> mitigation
                        .training()
                        .model()
                        .equals(stage.outputs().get(archive)))
                ? Optional.of(mitigation)
                : Optional.empty();
    }

    /** All that is known of an image. */
    MeasuredImage image(Prediction prediction) {
        String path = prediction.path();
        return new MeasuredImage(prediction, localisation.get(path), properties.get(path), dataQuality.get(path));
    }

    /** Whether the image has a label: new images may come without. */
    static boolean labelled(Prediction prediction) {
        return !prediction.label().isEmpty();
    }

    /** Whether both were evaluated with the same network. */
    boolean sameModel(RunResults other) {
        return manifest.modelHash().isPresent() && manifest.modelHash().equals(other.manifest.modelHash());
    }
}
