package org.gazecheck.pipeline;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import javax.imageio.ImageIO;
import org.gazecheck.config.ConfigurationException;
import org.gazecheck.config.ConfigurationReader;
import org.gazecheck.data.DataException;
import org.gazecheck.io.Npy;
import org.gazecheck.network.WeightsException;
import org.gazecheck.network.dl4j.SmallArchives;
import org.gazecheck.network.onnx.external.ExternalModels;
import org.gazecheck.progress.Progress;
import org.gazecheck.results.Assumption;
import org.gazecheck.results.ExternalModel;
import org.gazecheck.results.ExternalModelFile;
import org.gazecheck.results.LocalisationFile;
import org.gazecheck.results.ManifestFile;
import org.gazecheck.results.MapTarget;
import org.gazecheck.results.Prediction;
import org.gazecheck.results.PredictionsFile;
import org.gazecheck.results.RunFolder;
import org.gazecheck.results.RunManifest;
import org.gazecheck.results.Split;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A run whose network was trained elsewhere, on a few drawings. */
@Tag("slow")
class ExternalPipelineTest {
    private static final int SIDE = 24;

    @TempDir
    private Path work;

    private Path labels;

    @BeforeEach
    void draw() throws IOException {
        for (int i = 0; i < 9; i++) {
            Path file = work.resolve("data/" + List.of("red", "green", "blue").get(i % 3) + "/" + i + ".png");
            Files.createDirectories(file.getParent());
            BufferedImage image = new BufferedImage(30, 30, BufferedImage.TYPE_INT_RGB);
            for (int p = 0; p < 900; p++) {
                image.setRGB(p % 30, p / 30, (0xf0 << 8 * (2 - i % 3)) + (p / 30 * 5 + i) * 0x10101 % 0x404040);
            }
            ImageIO.write(image, "png", file.toFile());
        }
        labels = Files.writeString(work.resolve("labels.txt"), "green\nviolet\nred\nblue\n\n");
    }

    @Test
    void anOnnxClassifierIsEvaluatedExplainedAndReported() throws Exception {
        Path model = ExternalModels.classifier(work.resolve("colours.onnx"), 4, null);
        RunFolder run = run(model, Stage.REPORT);
        List<Prediction> predictions = PredictionsFile.read(run.predictions());
        assertEquals(9, predictions.size());
        assertTrue(predictions.stream().allMatch(prediction -> prediction.split() == Split.TEST));
        assertArrayEquals(new int[] {9, 4}, Npy.read(run.probabilities()).shape());
        assertArrayEquals(
                new int[] {9, SIDE - 2, SIDE - 2},
                Npy.read(run.map("gradcam", "block.act", MapTarget.TRUE)).shape());
        RunManifest manifest = ManifestFile.read(run.manifest());
        assertEquals(List.of("green", "violet", "red", "blue"), manifest.classes());
        assertEquals(64 + "sha256 ".length(), manifest.facts().get("Model file").length());
        assertTrue(Files.readString(run.report()).contains("a network trained elsewhere"));
        assertTrue(Files.isRegularFile(run.localisation()) && Files.isRegularFile(run.findings()));
        try (Pipeline again = Pipeline.reopen(run.root(), Progress.SILENT)) {
            again.redo(Stage.AUDIT);
            again.redo(Stage.REPORT);
        }
        List<String> said = new ArrayList<>();
        run(model, Stage.REPORT, message -> said.add(message));
        assertTrue(said.contains("read model: up to date") && said.contains("report: up to date"), said.toString());
    }

    @Test
    void classesThatAreNamedAnewAreNamedSoEverywhere() throws Exception {
        Path model = ExternalModels.classifier(work.resolve("colours.onnx"), 4, null);
        assertEquals(Set.of("blue"), predicted(run(model, Stage.AUDIT)));
        Files.writeString(labels, "green\nblue\nred\nviolet\n");
        assertEquals(Set.of("violet"), predicted(run(model, Stage.AUDIT)));
    }

    private static Set<String> predicted(RunFolder run) throws IOException {
        return PredictionsFile.read(run.predictions()).stream()
                .map(Prediction::predicted)
                .collect(Collectors.toSet());
    }

    @Test
    void withoutGradientsTheReportSaysSo() throws Exception {
        Path model = ExternalModels.classifier(work.resolve("curved.onnx"), 4, "Celu");
        RunFolder run = run(model, Stage.REPORT, Progress.SILENT, "external.layer=maps");
        ExternalModel taken = ExternalModelFile.read(run.external());
        assertEquals("eigencam", taken.method());
        assertTrue(Files.isRegularFile(run.map("eigencam", "block.act", MapTarget.PREDICTED)));
        assertTrue(Files.readString(run.report()).contains("There are no gradients at block.act"));
    }

    @Test
    void mapsThatAreNoSquareKeepTheirHeightAndWidthAsFarAsTheReport() throws Exception {
        RunFolder run = run(ExternalModels.wide(work.resolve("wide.onnx"), 4), Stage.REPORT);
        assertArrayEquals(
                new int[] {9, SIDE / 2, SIDE},
                Npy.read(run.map("gradcam", "block.act", MapTarget.TRUE)).shape());
        assertArrayEquals(new int[] {9, 4}, Npy.read(run.features()).shape());
        assertEquals(18, LocalisationFile.read(run.localisation()).size());
        assertTrue(Files.isRegularFile(run.report()));
    }

    @Test
    void whatCouldBeMeantOtherwiseIsToldAndKept() throws Exception {
        Path model = ExternalModels.twoHeaded(work.resolve("heads.onnx"), 4);
        List<String> said = new ArrayList<>();
        RunFolder run = run(model, Stage.EVALUATE, said::add);
        assertTrue(
                said.stream().anyMatch(line -> line.startsWith("assumed: the output 'y' is taken")), said.toString());
        float[] main = Npy.read(run.probabilities()).floats();
        assertEquals(
                List.of("external.output", "external.mean"),
                ManifestFile.read(run.manifest()).assumptions().stream()
                        .map(Assumption::id)
                        .filter(id -> id.startsWith("external"))
                        .toList());
        run(model, Stage.EVALUATE, Progress.SILENT, "external.output=auxiliary", "external.mean=[0.5, 0.5, 0.5]");
        assertEquals(
                List.of(),
                ManifestFile.read(run.manifest()).assumptions().stream()
                        .map(Assumption::id)
                        .filter(id -> id.startsWith("external"))
                        .toList());
        assertFalse(Arrays.equals(main, Npy.read(run.probabilities()).floats()));
    }

    @Test
    void anArchiveOfDeeplearning4j() throws Exception {
        Path model = SmallArchives.write(work.resolve("colours.zip"), SIDE, 4);
        RunFolder run = run(model, Stage.AUDIT);
        assertEquals("dl4j", ExternalModelFile.read(run.external()).engine());
        assertEquals(9, PredictionsFile.read(run.predictions()).size());
        assertTrue(Files.isRegularFile(run.map("gradcam", "convolution", MapTarget.PREDICTED)));
    }

    @Test
    void classesThatTheNetworkDoesNotHaveAreNamed() throws Exception {
        Path model = ExternalModels.classifier(work.resolve("colours.onnx"), 4, null);
        Files.writeString(labels, "green\nviolet\nReds\nblue\n");
        DataException unknown = assertThrows(DataException.class, () -> run(model, Stage.REPORT));
        assertTrue(unknown.getMessage().contains("class 'red' is not among the 4"), unknown.getMessage());
        Files.writeString(labels, "green\nred\nblue\ngreen\n");
        DataException twice = assertThrows(DataException.class, () -> run(model, Stage.REPORT));
        assertTrue(twice.getMessage().contains("line 4 names 'green' again"), twice.getMessage());
        Files.writeString(labels, "green\nred\nblue\n");
        WeightsException fewer = assertThrows(WeightsException.class, () -> run(model, Stage.REPORT));
        assertTrue(fewer.getMessage().contains("4 numbers for an image where the labels name 3"), fewer.getMessage());
        assertThrows(
                ConfigurationException.class, () -> ConfigurationReader.of("x", List.of("external.model=" + model)));
    }

    private RunFolder run(Path model, Stage last) throws Exception {
        return run(model, last, Progress.SILENT);
    }

    private RunFolder run(Path model, Stage last, Said said) throws Exception {
        return run(model, last, new Progress() {
            @Override
            public Task start(String what, long steps) {
                return Progress.SILENT.start(what, steps);
            }

            @Override
            public void message(String text) {
                said.message(text);
            }
        });
    }

    private interface Said {
        void message(String text);
    }

    private RunFolder run(Path model, Stage last, Progress progress, String... more) throws Exception {
        List<String> settings = new ArrayList<>(List.of(
                "data.source=folder",
                "data.valShare=0",
                "data.testShare=1",
                "data.dir=" + work.resolve("data"),
                "external.model=" + model,
                "external.labels=" + labels,
                "external.crop=" + SIDE,
                "evaluate.bootstrap=100",
                "evaluate.temperature=false",
                "output.dir=" + work.resolve("run"),
                "cache.dir=" + work.resolve("cache")));
        settings.addAll(List.of(more));
        try (Pipeline pipeline = Pipeline.open(ConfigurationReader.of("colours", settings), progress)) {
            pipeline.runTo(last);
        }
        return new RunFolder(work.resolve("run"));
    }
}
