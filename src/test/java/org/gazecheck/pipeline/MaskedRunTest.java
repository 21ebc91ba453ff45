package org.gazecheck.pipeline;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.awt.image.BufferedImage;
import java.awt.image.IndexColorModel;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import javax.imageio.ImageIO;
import org.gazecheck.config.Configuration;
import org.gazecheck.config.ConfigurationReader;
import org.gazecheck.image.Png;
import org.gazecheck.image.RgbImage;
import org.gazecheck.progress.Progress;
import org.gazecheck.results.LocalisationFile;
import org.gazecheck.results.ManifestFile;
import org.gazecheck.results.RunFolder;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A run with masks whose values are not 0 and 255. */
@Tag("slow")
class MaskedRunTest {
    private static final int SIZE = 32;

    @TempDir
    private Path work;

    private final List<String> told = new ArrayList<>();

    @Test
    void masksAreReadAlikeHoweverTheyAreKeptAndOnlyTheAuditIsDoneAgain() throws Exception {
        List<String> images = draw();
        for (String image : images) {
            write("ones/" + image, mask(new BufferedImage(SIZE, SIZE, BufferedImage.TYPE_BYTE_GRAY), 1, 0));
            write("voids/" + image.replace(".png", "_mask.png"), mask(palette(), 1, 255));
        }
        RunFolder run = run("data.masks=" + work.resolve("ones"));
        for (var row : LocalisationFile.read(run.localisation())) {
            assertEquals(0.25, row.maskArea(), 0.01, row.path());
            assertTrue(Double.isFinite(row.massAccuracy()), row.path());
        }
        assertTrue(
                ManifestFile.read(run.manifest()).assumptions().stream()
                        .anyMatch(assumed -> assumed.id().equals("data.masks")
                                && assumed.text().contains("1 the object")),
                "run.json says how masks are read");
        String page = Files.readString(run.report());
        assertFalse(page.contains("has no masks"), "the report");
        byte[] model = Files.readAllBytes(run.archive());

        run("data.masks=" + work.resolve("ones"));
        assertTrue(told.contains("audit: up to date"), told.toString());

        run("data.masks=" + work.resolve("voids"));
        assertTrue(told.contains("train: up to date") && told.contains("evaluate: up to date"), told.toString());
        assertFalse(told.contains("audit: up to date"), told.toString());
        assertArrayEquals(model, Files.readAllBytes(run.archive()));
        for (var row : LocalisationFile.read(run.localisation())) {
            assertEquals(0.25 / (1 - 4.0 / SIZE), row.maskArea(), 0.01, "the upper rows count for neither");
        }
        assertTrue(
                ManifestFile.read(run.manifest()).assumptions().stream()
                        .anyMatch(assumed -> assumed.id().equals("data.maskNames")),
                "run.json says how masks are named");
    }

    @Test
    void imagesWithoutAMaskAreEstimatedOrLeftOutAsTheSettingSays() throws Exception {
        List<String> images = draw();
        for (String image : images) {
            if (!image.startsWith("test/a")) {
                write("masks/" + image, mask(new BufferedImage(SIZE, SIZE, BufferedImage.TYPE_BYTE_GRAY), 255, 0));
            }
        }
        for (String missing : List.of("leaveOut", "estimate")) {
            RunFolder run = run("data.masks=" + work.resolve("masks"), "data.missingMasks=" + missing);
            assertTrue(
                    ManifestFile.read(run.manifest()).warnings().stream()
                            .anyMatch(warning -> warning.startsWith("2 of 4 images of test have no mask")),
                    missing);
            for (var row : LocalisationFile.read(run.localisation())) {
                boolean measured = !row.path().startsWith("test/a") || missing.equals("estimate");
                assertEquals(measured, !Double.isNaN(row.maskArea()), missing + " " + row.path());
            }
            assertFalse(Files.readString(run.report()).contains("has no masks"), missing);
        }
    }

    private List<String> draw() throws IOException {
        List<String> images = new ArrayList<>();
        int number = 0;
        for (String split : List.of("train", "val", "test")) {
            for (String name : List.of("a", "b")) {
                for (int i = 0; i < 2; i++) {
                    byte[] rgb = new byte[SIZE * SIZE * 3];
                    for (int p = 0; p < SIZE * SIZE; p++) {
                        boolean object = object(p % SIZE, p / SIZE);
                        rgb[3 * p + (name.equals("a") ? 0 : 2)] = (byte) (object ? 220 : 30 + number);
                        rgb[3 * p + 1] = (byte) (object ? 20 : 90);
                    }
                    number++;
                    String path = split + "/" + name + "/" + i + ".png";
                    Path file = work.resolve("images").resolve(path);
                    Files.createDirectories(file.getParent());
                    Files.write(file, Png.encode(new RgbImage(SIZE, SIZE, rgb)));
                    images.add(path);
                }
            }
        }
        return images;
    }

    private static boolean object(int x, int y) {
        return x >= 8 && x < 24 && y >= 8 && y < 24;
    }

    private static BufferedImage palette() {
        byte[] red = new byte[256];
        red[1] = (byte) 128;
        red[255] = (byte) 224;
        IndexColorModel model = new IndexColorModel(8, 256, red, new byte[256], new byte[256]);
        return new BufferedImage(SIZE, SIZE, BufferedImage.TYPE_BYTE_INDEXED, model);
    }

    /** @param upper of the four upper rows */
    private static BufferedImage mask(BufferedImage image, int object, int upper) {
        for (int i = 0; i < SIZE * SIZE; i++) {
            int x = i % SIZE;
            int y = i / SIZE;
            image.getRaster().setSample(x, y, 0, object(x, y) ? object : y < 4 ? upper : 0);
        }
        return image;
    }

    private void write(String path, BufferedImage image) throws IOException {
        Path file = work.resolve(path);
        Files.createDirectories(file.getParent());
        ImageIO.write(image, "png", file.toFile());
    }

    private RunFolder run(String... settings) throws Exception {
        told.clear();
        List<String> all = new ArrayList<>(List.of(
                "data.source=folder",
                "data.dir=" + work.resolve("images"),
                "output.dir=" + work.resolve("run"),
                "cache.dir=" + work.resolve("cache"),
                "model.architecture=demo",
                "model.size=32",
                "train.recipe=finetune",
                "train.finetune.from=all",
                "train.finetune.epochs=1",
                "train.finetune.views=0",
                "train.views.crops=0",
                "train.probe.maxIterations=5",
                "evaluate.bootstrap=100",
                "audit.trust.images=0",
                "audit.interventions=0"));
        all.addAll(List.of(settings));
        Configuration configuration = ConfigurationReader.of("masked", all);
        Progress progress = new Progress() {
            @Override
            public Task start(String name, long total) {
                return steps -> {};
            }

            @Override
            public void message(String text) {
                told.add(text);
            }
        };
        try (Pipeline pipeline = Pipeline.open(configuration, progress)) {
            pipeline.runTo(Stage.REPORT);
        }
        return new RunFolder(configuration.output().dir());
    }
}
