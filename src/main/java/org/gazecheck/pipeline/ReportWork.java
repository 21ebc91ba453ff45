package org.gazecheck.pipeline;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.gazecheck.config.Computation;
import org.gazecheck.data.Dataset;
import org.gazecheck.evaluate.Evaluator;
import org.gazecheck.failure.FailureKind;
import org.gazecheck.failure.GazecheckException;
import org.gazecheck.image.Preprocessing;
import org.gazecheck.image.RgbImage;
import org.gazecheck.io.Hashes;
import org.gazecheck.report.Baseline;
import org.gazecheck.report.Counterfactuals;
import org.gazecheck.report.ImageMaps;
import org.gazecheck.report.ImageSource;
import org.gazecheck.report.ReportInput;
import org.gazecheck.report.ReportWriter;
import org.gazecheck.report.Review;
import org.gazecheck.report.StoredHeatmaps;
import org.gazecheck.results.CounterfactualsFile;
import org.gazecheck.results.CroppedMarksFile;
import org.gazecheck.results.DataQualityFile;
import org.gazecheck.results.DatasetFile;
import org.gazecheck.results.Embedding;
import org.gazecheck.results.EmbeddingFile;
import org.gazecheck.results.EmbeddingSummaryFile;
import org.gazecheck.results.EpochsFile;
import org.gazecheck.results.FindingsFile;
import org.gazecheck.results.HeatmapClustersFile;
import org.gazecheck.results.HeatmapQualityFile;
import org.gazecheck.results.InterventionsFile;
import org.gazecheck.results.LocalisationFile;
import org.gazecheck.results.MetricsFile;
import org.gazecheck.results.Mitigation;
import org.gazecheck.results.MitigationFile;
import org.gazecheck.results.NeighboursFile;
import org.gazecheck.results.Prediction;
import org.gazecheck.results.PredictionsFile;
import org.gazecheck.results.PropertiesFile;
import org.gazecheck.results.RunFolder;
import org.gazecheck.results.RunId;
import org.gazecheck.results.SignatureFile;
import org.gazecheck.review.MergedVerdicts;
import org.gazecheck.review.ReviewSample;
import org.gazecheck.review.ReviewedRun;

/** From everything before to {@code index.html}. */
final class ReportWork implements StageWork {
    @Override
    public List<String> inputs(Run run) throws IOException {
        return List.of(
                run.identity(Computation.REPORT),
                run.outputs(Stage.PREPARE),
                run.outputs(Stage.TRAIN),
                run.outputs(Stage.EVALUATE),
                run.outputs(Stage.AUDIT),
                "verdicts " + ReviewedRun.state(run.folder()),
                "signature " + hash(run.folder().signature()),
                "before " + EarlierAnswers.state(run),
                "baseline " + baseline(run).state(),
                "warnings " + run.manifest().warnings() + run.manifest().assumptions());
    }

    private static String hash(Path file) throws IOException {
        return Files.exists(file) ? Hashes.sha256(file) : "none";
    }

    @Override
    public List<Path> execute(Run run) throws IOException {
        write(run, input -> ReportWriter.write(input, run.folder().root(), run.progress()));
        return List.of(run.folder().report());
    }

    /** What is written from everything that the run holds. */
    interface Output {
        void write(ReportInput input) throws IOException;
    }

    static void write(Run run, Output output) throws IOException {
        RunFolder folder = run.folder();
        WrittenFiles written = WrittenFiles.of(run, Stage.TRAIN, Stage.AUDIT);
        RunModel model = run.model();
        List<Prediction> predictions = PredictionsFile.read(folder.predictions());
        String method = Evaluator.method(model.network());
        Optional<Mitigation> mitigation = written.read(folder.mitigation(), MitigationFile::read);
        try (StoredHeatmaps maps = StoredHeatmaps.open(folder, method, model.layer(), predictions.size());
                ReportMasks masks = ReportMasks.open(run, model.preprocessing(), predictions);
                EarlierAnswers earlier = EarlierAnswers.open(run, mitigation, method, model.layer())) {
            ReportInput input = new ReportInput(
                    run.configuration().name(),
                    run.configuration(),
                    run.manifest().classes(),
                    MetricsFile.read(folder.metrics()),
                    predictions,
                    maps,
                    images(run, model.preprocessing()),
                    masks,
                    LocalisationFile.read(folder.localisation()),
                    PropertiesFile.read(folder.properties()),
                    written.rows(folder.dataQuality(), DataQualityFile::read),
                    written.rows(folder.heatmapClusters(), HeatmapClustersFile::read),
                    FindingsFile.read(folder.findings()),
                    written.read(folder.interventions(), InterventionsFile::read),
                    new Counterfactuals(
                            written.rows(folder.counterfactuals(), CounterfactualsFile::read),
                            written.rows(folder.crops(), CroppedMarksFile::read),
                            name -> Files.readAllBytes(
                                    folder.counterfactualImages().resolve(name))),
                    written.read(folder.heatmapQuality(), HeatmapQualityFile::read),
                    written.rows(folder.epochs(), EpochsFile::read),
                    review(run, predictions),
                    run.manifest().warnings(),
                    DatasetFile.read(folder.dataset()),
                    Provenances.ofReport(run),
                    mitigation,
                    earlier.run(),
                    imageMaps(written, folder),
                    baseline(run));
            output.write(input);
        }
    }

    private static Baseline baseline(Run run) {
        try {
            return Baseline.beside(
                    run.folder().root(),
                    run.configuration().name(),
                    run.manifest().modelHash());
        } catch (IOException e) {
            run.progress().message("warning: " + e.getMessage() + ": the report shows no baseline");
            return Baseline.NONE;
        }
    }

    private static Optional<ImageMaps> imageMaps(WrittenFiles written, RunFolder folder) throws IOException {
        Optional<Embedding> summary = written.read(folder.embeddingSummary(), EmbeddingSummaryFile::read);
        return summary.isEmpty()
                ? Optional.empty()
                : Optional.of(new ImageMaps(
                        summary.get(),
                        written.rows(folder.embedding(), EmbeddingFile::read),
                        written.rows(folder.neighbours(), NeighboursFile::read)));
    }

    private static Review review(Run run, List<Prediction> predictions) throws IOException {
        RunFolder folder = run.folder();
        String id = RunId.of(folder);
        MergedVerdicts verdicts = ReviewedRun.verdicts(folder, List.of());
        return new Review(
                id,
                ReviewSample.of(predictions, run.configuration().review(), run.randomness()),
                verdicts,
                Files.exists(folder.signature())
                        ? Optional.of(SignatureFile.read(folder.signature()))
                        : Optional.empty());
    }

    private static ImageSource images(Run run, Preprocessing preprocessing) {
        String version = run.outputs(Stage.PREPARE) + "\n" + preprocessing;
        Map<String, String> judged = run.dataset().items().stream()
                .collect(Collectors.toMap(Dataset.Item::path, Dataset.Item::sha256, (one, same) -> one));
        return new ImageSource() {
            @Override
            public RgbImage framed(String path) throws IOException {
                byte[] file = run.images().open(path);
                String hash = Hashes.sha256(file);
                if (!judged.getOrDefault(path, hash).equals(hash)) {
                    throw new GazecheckException(
                            FailureKind.INVALID_DATA, "changed since the run looked at it, by its SHA-256");
                }
                return run.images().frame(file, preprocessing);
            }

            @Override
            public Optional<String> version() {
                return Optional.of(version);
            }
        };
    }
}
