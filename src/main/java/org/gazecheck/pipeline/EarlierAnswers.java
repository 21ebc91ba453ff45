package org.gazecheck.pipeline;

import java.io.Closeable;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.gazecheck.io.Hashes;
import org.gazecheck.report.EarlierRun;
import org.gazecheck.report.HeatmapSource;
import org.gazecheck.report.StoredHeatmaps;
import org.gazecheck.results.ManifestFile;
import org.gazecheck.results.MapTarget;
import org.gazecheck.results.Mitigation;
import org.gazecheck.results.Prediction;
import org.gazecheck.results.PredictionsFile;
import org.gazecheck.results.ResultsException;
import org.gazecheck.results.RunFolder;
import org.gazecheck.results.StageOutputs;

/** What the report of a mended run shows of the run that it mends, which may be gone or another one by now. */
final class EarlierAnswers implements Closeable {
    private final EarlierRun run;
    private final Optional<StoredHeatmaps> heatmaps;

    private EarlierAnswers(EarlierRun run, Optional<StoredHeatmaps> heatmaps) {
        this.run = run;
        this.heatmaps = heatmaps;
    }

    /**
     * @param mitigation of the mended run; empty where it mends none
     * @param method of the heatmaps beside which those before are shown
     * @param layer of these
     */
    static EarlierAnswers open(Run run, Optional<Mitigation> mitigation, String method, String layer)
            throws IOException {
        Path mended = run.configuration().mitigation().run();
        if (mitigation.isEmpty() || mended == null) {
            return new EarlierAnswers(EarlierRun.NONE, Optional.empty());
        }
        RunFolder other = new RunFolder(mended);
        Optional<StageOutputs> outputs = outputs(other);
        if (outputs.isEmpty()
                || !outputs.get().holds(other.archive())
                || !outputs.get().holds(other.predictions())
                || !Hashes.sha256(other.archive())
                        .equals(mitigation.get().training().model())) {
            return without("They are not shown: " + mended + ", which this run mends, is gone, or is no longer what was"
                    + " mended.");
        }
        List<Prediction> predictions = PredictionsFile.read(other.predictions());
        for (MapTarget target : MapTarget.values()) {
            if (!outputs.get().holds(other.map(method, layer, target))) {
                return new EarlierAnswers(
                        new EarlierRun(
                                predictions,
                                HeatmapSource.NONE,
                                "Heatmaps before are not shown: " + mended
                                        + ", which this run mends, has none of this run's method (" + method + " at "
                                        + layer
                                        + ") in maps, or no longer those that it wrote."),
                        Optional.empty());
            }
        }
        StoredHeatmaps heatmaps = StoredHeatmaps.open(other, method, layer, predictions.size());
        return new EarlierAnswers(new EarlierRun(predictions, heatmaps, ""), Optional.of(heatmaps));
    }

    private static EarlierAnswers without(String missing) {
        return new EarlierAnswers(new EarlierRun(List.of(), HeatmapSource.NONE, missing), Optional.empty());
    }

    private static Optional<StageOutputs> outputs(RunFolder other) throws IOException {
        if (!Files.isRegularFile(other.manifest())) {
            return Optional.empty();
        }
        try {
            return Optional.of(StageOutputs.of(other, ManifestFile.read(other.manifest())));
        } catch (ResultsException e) {
            return Optional.empty();
        }
    }

    EarlierRun run() {
        return run;
    }

    /** What is shown depends on. */
    static String state(Run run) throws IOException {
        Path mended = run.configuration().mitigation().run();
        if (mended == null) {
            return "none";
        }
        RunFolder other = new RunFolder(mended);
        List<Path> files = new ArrayList<>(List.of(other.archive(), other.predictions()));
        if (Files.isDirectory(other.maps())) {
            try (Stream<Path> maps = Files.list(other.maps())) {
                maps.filter(Files::isRegularFile).sorted().forEach(files::add);
            }
        }
        StringBuilder state = new StringBuilder();
        for (Path file : files) {
            state.append(file.getFileName())
                    .append(' ')
                    .append(Files.isRegularFile(file) ? Hashes.sha256(file) : "none")
                    .append(' ');
        }
        return state.append(Files.isRegularFile(other.manifest())).toString();
    }

    @Override
    public void close() throws IOException {
        if (heatmaps.isPresent()) {
            heatmaps.get().close();
        }
    }
}
