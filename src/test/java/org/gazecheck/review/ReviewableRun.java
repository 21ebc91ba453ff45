package org.gazecheck.review;

import static org.gazecheck.review.Reviews.TIME;
import static org.gazecheck.review.Reviews.prediction;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.stream.IntStream;
import org.gazecheck.io.Hashes;
import org.gazecheck.results.DatasetFile;
import org.gazecheck.results.DatasetRow;
import org.gazecheck.results.Finding;
import org.gazecheck.results.FindingKind;
import org.gazecheck.results.Findings;
import org.gazecheck.results.FindingsFile;
import org.gazecheck.results.ImageVerdict;
import org.gazecheck.results.ManifestFile;
import org.gazecheck.results.Prediction;
import org.gazecheck.results.PredictionsFile;
import org.gazecheck.results.RunFolder;
import org.gazecheck.results.RunId;
import org.gazecheck.results.RunManifest;
import org.gazecheck.results.RunManifest.StageState;
import org.gazecheck.results.Split;
import org.gazecheck.results.Statement;

/** A finished run folder with what reviewers need: roses and daisies, a grave finding, and a page that is none. */
public final class ReviewableRun {
    public static final String PAGE = "<!DOCTYPE html><title>a page</title>";

    /** Must have a verdict before the run is accepted. */
    public static final Finding GRAVE = new Finding(
            FindingKind.OUTLIERS,
            "test",
            new Statement(
                    Finding.Severity.HIGH,
                    "odd ones",
                    1,
                    1,
                    1,
                    OptionalDouble.empty(),
                    OptionalDouble.empty(),
                    1,
                    List.of(),
                    "look"));

    private static final List<String> CLASSES = List.of("daisy", "rose");

    private ReviewableRun() {}

    /** Of so many roses taken for daisies. */
    public static RunFolder write(Path root, int images) throws IOException {
        return write(
                root, IntStream.range(0, images).mapToObj(ReviewableRun::image).toList());
    }

    public static RunFolder write(Path root, List<Prediction> predictions) throws IOException {
        RunFolder run = new RunFolder(root);
        Files.createDirectories(root.resolve("assets/thumbnails"));
        Files.writeString(run.report(), PAGE);
        Files.writeString(root.resolve("assets/report.js"), "'use strict';\n");
        Files.writeString(root.resolve("assets/thumbnails/00ff.jpg"), "jpeg");
        DatasetFile.write(
                run.dataset(),
                predictions.stream()
                        .map(p -> new DatasetRow(p.path(), p.split(), p.label(), 1, 1, p.sha256(), ""))
                        .toList());
        finish(run, predictions, new Findings(List.of(GRAVE), List.of()), CLASSES, "{errors: 2, correct: 1}");
        return run;
    }

    /**
     * Writes what was judged, the configuration, and that the run's stages wrote it.
     *
     * @param review the section of the configuration
     */
    public static void finish(
            RunFolder run, List<Prediction> predictions, Findings findings, List<String> classes, String review)
            throws IOException {
        Files.writeString(
                run.configuration(),
                "# secret: 1\ndata: {source: folder, dir: " + run.root().resolveSibling("images")
                        + "}\nmodel: {architecture: demo}\nseed: 1\nreview: " + review + "\n");
        PredictionsFile.write(run.predictions(), predictions);
        FindingsFile.write(run.findings(), findings);
        finish(run, classes);
    }

    /** States that the run's stages wrote what lies there. */
    public static void finish(RunFolder run) throws IOException {
        finish(run, CLASSES);
    }

    private static void finish(RunFolder run, List<String> classes) throws IOException {
        ManifestFile.write(
                run.manifest(),
                RunManifest.empty("x")
                        .withData(classes, List.of())
                        .withStages(Map.of("evaluate", done(run.predictions()), "audit", done(run.findings()))));
    }

    private static StageState done(Path file) throws IOException {
        return new StageState(
                "done", "", Map.of(file.getFileName().toString(), Hashes.sha256(file)), 1, TIME.toString());
    }

    public static Prediction image(int i) {
        return prediction(i + ".png", Split.TEST, "rose", "daisy");
    }

    public static ImageVerdict verdict(
            RunFolder run, String reviewer, int image, ImageVerdict.Judgement judgement, Instant time)
            throws IOException {
        return Reviews.verdict(reviewer, image(image), judgement, "", time, RunId.of(run));
    }
}
