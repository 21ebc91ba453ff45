package org.gazecheck.report;

import static org.junit.jupiter.api.Assertions.assertTrue;

import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import javax.imageio.ImageIO;
import org.gazecheck.ReferenceData;
import org.gazecheck.image.RgbImage;
import org.gazecheck.progress.Progress;
import org.gazecheck.results.Split;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** A report of realistic size over real photographs, left in {@code target/report-preview} to be looked at. */
@Tag("reference")
class ReportPreviewTest {
    private static final Path PREVIEW = Path.of("target/report-preview");

    @Test
    void aReportOverThreeThousandPredictionsIsSmall() throws IOException {
        Path data = ReferenceData.path("flowers102");
        List<String> classes = Files.readAllLines(data.resolve("class_names.txt"));
        List<Path> photographs;
        try (Stream<Path> files = Files.list(data.resolve("jpg"))) {
            photographs = files.sorted().limit(3107).toList();
        }
        SyntheticRun run = new SyntheticRun(classes, 320);
        for (int i = 0; i < photographs.size(); i++) {
            run.add(
                    i % 3 == 2 ? Split.VAL : Split.TEST,
                    "jpg/" + photographs.get(i).getFileName(),
                    i % classes.size(),
                    i % 19 == 0);
        }
        run.photographs = path -> framed(data.resolve(path), 320);
        ReportWriter.write(run.full(), PREVIEW, Progress.SILENT);
        ReportWriter.write(run.bare(), PREVIEW.resolveSibling("report-preview-bare"), Progress.SILENT);
        long bytes;
        try (Stream<Path> files = Files.walk(PREVIEW)) {
            bytes = files.mapToLong(f -> f.toFile().length()).sum();
        }
        assertTrue(bytes < 4_000_000, bytes + " bytes");
    }

    private static RgbImage framed(Path file, int size) throws IOException {
        BufferedImage image = ImageIO.read(file.toFile());
        int side = Math.min(image.getWidth(), image.getHeight());
        BufferedImage square = new BufferedImage(size, size, BufferedImage.TYPE_INT_RGB);
        int x = (image.getWidth() - side) / 2;
        int y = (image.getHeight() - side) / 2;
        square.createGraphics().drawImage(image, 0, 0, size, size, x, y, x + side, y + side, null);
        byte[] rgb = new byte[3 * size * size];
        int[] packed = square.getRGB(0, 0, size, size, null, 0, size);
        for (int i = 0; i < packed.length; i++) {
            rgb[3 * i] = (byte) (packed[i] >> 16);
            rgb[3 * i + 1] = (byte) (packed[i] >> 8);
            rgb[3 * i + 2] = (byte) packed[i];
        }
        return new RgbImage(size, size, rgb);
    }
}
