package org.gazecheck.serve;

import static org.gazecheck.review.Reviews.prediction;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.OptionalDouble;
import java.util.stream.IntStream;
import org.gazecheck.results.Finding;
import org.gazecheck.results.Findings;
import org.gazecheck.results.FindingsFile;
import org.gazecheck.results.ImageVerdict;
import org.gazecheck.results.ManifestFile;
import org.gazecheck.results.Prediction;
import org.gazecheck.results.PredictionsFile;
import org.gazecheck.results.RunFolder;
import org.gazecheck.results.RunId;
import org.gazecheck.results.RunManifest;
import org.gazecheck.results.Split;
import org.gazecheck.results.Statement;
import org.gazecheck.review.Reviews;

/** A run folder with what a server needs: roses taken for daisies, a finding, and a page that is none. */
public final class ReviewableRun {
    public static final String PAGE = "<!DOCTYPE html><title>a page</title>";

    private ReviewableRun() {}

    public static RunFolder write(Path root, int images) throws IOException {
        RunFolder run = new RunFolder(root);
        Files.createDirectories(root.resolve("assets/photographs"));
        Files.writeString(run.report(), PAGE);
        Files.writeString(root.resolve("assets/report.js"), "'use strict';\n");
        Files.writeString(root.resolve("assets/photographs/00ff.jpg"), "jpeg");
        Files.writeString(run.configuration(), "secret: 1\n");
        PredictionsFile.write(
                run.predictions(),
                IntStream.range(0, images).mapToObj(ReviewableRun::image).toList());
        Finding finding = new Finding.Outliers(
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
        FindingsFile.write(run.findings(), new Findings(List.of(finding), List.of()));
        ManifestFile.write(run.manifest(), RunManifest.empty("x").withData(List.of("daisy", "rose"), List.of()));
        return run;
    }

    static Prediction image(int i) {
        return prediction(i + ".png", Split.TEST, "rose", "daisy");
    }

    static ImageVerdict verdict(
            RunFolder run, String reviewer, int image, ImageVerdict.Judgement judgement, Instant time)
            throws IOException {
        return Reviews.verdict(reviewer, image(image), judgement, "", time, RunId.of(run));
    }
}
