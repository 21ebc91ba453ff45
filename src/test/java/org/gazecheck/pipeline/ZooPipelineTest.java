package org.gazecheck.pipeline;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.gazecheck.config.Configuration;
import org.gazecheck.config.ConfigurationReader;
import org.gazecheck.io.Npy;
import org.gazecheck.network.dl4j.ZooFiles;
import org.gazecheck.progress.Progress;
import org.gazecheck.results.MapTarget;
import org.gazecheck.results.PredictionsFile;
import org.gazecheck.results.RunFolder;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The whole way on the network of DL4J's zoo, with random weights. */
@Tag("slow")
class ZooPipelineTest {
    @TempDir
    private Path work;

    @Test
    void theZoosNetworkIsTrainedFurtherEvaluatedExplainedAndReported() throws Exception {
        Path archive = ZooFiles.write(ZooFiles.zoo(), work.resolve("zoo.zip"));
        Configuration configuration = configuration(archive);
        try (Pipeline pipeline = Pipeline.open(configuration, Progress.SILENT)) {
            pipeline.runTo(Stage.REPORT);
        }
        RunFolder run = new RunFolder(work.resolve("run"));
        assertEquals(48, PredictionsFile.read(run.predictions()).size());
        int[] shape =
                Npy.read(run.map("gradcam", "layer4", MapTarget.PREDICTED)).shape();
        assertEquals(List.of(48, 2, 2), List.of(shape[0], shape[1], shape[2]));
        assertTrue(Files.isRegularFile(run.localisation()) && Files.isRegularFile(run.epochs()));
        assertTrue(Files.readString(run.report()).contains("3x3 max pooling, then a dense layer"));
        Path image = work.resolve("flowers/test/poppy/000.png");
        Path out = work.resolve("explained");
        ImageExplainer.explain(request(image, run.root(), out), Progress.SILENT);
        assertTrue(Files.isRegularFile(out.resolve("000.png")));
    }

    private static ImageExplainer.Request request(Path image, Path model, Path out) throws Exception {
        return new ImageExplainer.Request(
                List.of(image),
                model,
                List.of(),
                Optional.empty(),
                Optional.empty(),
                null,
                "predicted",
                null,
                null,
                out,
                ConfigurationReader.compute(List.of()));
    }

    private Configuration configuration(Path archive) throws Exception {
        Path yaml = work.resolve("tiny.yaml");
        Files.writeString(
                yaml,
                """
                data: {source: demo, dir: flowers, drawn: {train: 3, val: 3, test: 3, size: 96}}
                model: {weights: zoo.zip, size: 96}
                train:
                  recipe: finetune
                  views: {crops: 0}
                  probe: {maxIterations: 20, l2: [1e-6]}
                  finetune: {from: layer4, views: 0, epochs: 1, batch: 8, warmup: 1}
                evaluate: {bootstrap: 100}
                audit: {budget: 300, trust: {images: 2, methods: [gradcam], steps: 2}}
                """);
        return ConfigurationReader.read(
                yaml,
                List.of(
                        "data.dir=" + work.resolve("flowers"),
                        "model.weights=" + archive,
                        "output.dir=" + work.resolve("run"),
                        "cache.dir=" + work.resolve("cache")));
    }
}
