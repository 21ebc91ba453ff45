package org.gazecheck.report;

import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.gazecheck.ReferenceData;
import org.gazecheck.image.Framing;
import org.gazecheck.image.ImageDecoder;
import org.gazecheck.image.Normalisation;
import org.gazecheck.image.Preprocessing;
import org.gazecheck.progress.Progress;
import org.gazecheck.results.Split;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** A report over real images, left in {@code target/report-preview} to be looked at. */
@Tag("reference")
class ReportPreviewTest {
    private static final int IMAGES = 600;

    /** With it the 7,169 predictions of the whole of Flowers 102 take 120 MB. */
    private static final long MOST_BYTES = 19_500;

    private static final Path PREVIEW = Path.of("target/report-preview");

    @Test
    void aPredictionTakesLessThanTwentyKilobytes() throws IOException {
        Path data = ReferenceData.path("flowers102");
        List<String> classes = Files.readAllLines(data.resolve("class_names.txt"));
        List<Path> images = images(data.resolve("jpg"));
        SyntheticRun run = new SyntheticRun(classes, 320);
        for (int i = 0; i < images.size(); i++) {
            run.add(
                    i % 3 == 2 ? Split.VAL : Split.TEST,
                    "jpg/" + images.get(i).getFileName(),
                    i % classes.size(),
                    i % 19 == 0);
        }
        run.images = path -> Framing.frame(
                new ImageDecoder(10_000_000)
                        .decode(Files.exists(data.resolve(path)) ? data.resolve(path) : images.get(0)),
                Preprocessing.at(320, Normalisation.TORCHVISION));
        ReportWriter.write(run.full(), PREVIEW, Progress.SILENT);
        ReportWriter.write(run.bare(), PREVIEW.resolveSibling("report-preview-bare"), Progress.SILENT);
        long bytes;
        try (Stream<Path> files = Files.walk(PREVIEW)) {
            bytes = files.mapToLong(f -> f.toFile().length()).sum();
        }
        assertTrue(bytes < IMAGES * MOST_BYTES, bytes + " bytes");
    }

    private static List<Path> images(Path folder) throws IOException {
        try (Stream<Path> files = Files.list(folder)) {
            return files.sorted().limit(IMAGES).toList();
        }
    }
}
