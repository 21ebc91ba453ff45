package org.gazecheck.pipeline;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.FileTime;
import java.util.ArrayList;
import java.util.Collection;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.gazecheck.Model;
import org.gazecheck.config.Computation;
import org.gazecheck.config.ComputeSettings;
import org.gazecheck.config.Configuration;
import org.gazecheck.config.ConfigurationReader;
import org.gazecheck.config.Effect;
import org.gazecheck.config.Identities;
import org.gazecheck.data.DataException;
import org.gazecheck.evaluate.EvaluationInputs;
import org.gazecheck.evaluate.Evaluator;
import org.gazecheck.explain.CamMethod;
import org.gazecheck.failure.GazecheckException;
import org.gazecheck.io.Folders;
import org.gazecheck.io.LockedException;
import org.gazecheck.io.Npy;
import org.gazecheck.io.NpyArray;
import org.gazecheck.network.WeightsException;
import org.gazecheck.network.dl4j.ModelArchive;
import org.gazecheck.pipeline.ImageExplainer.Request;
import org.gazecheck.progress.Progress;
import org.gazecheck.results.Answer;
import org.gazecheck.results.Assumption;
import org.gazecheck.results.DataQualityFile;
import org.gazecheck.results.DataQualityRow;
import org.gazecheck.results.FindingsFile;
import org.gazecheck.results.FindingsSchema;
import org.gazecheck.results.HeatmapQuality;
import org.gazecheck.results.HeatmapQualityFile;
import org.gazecheck.results.LocalisationFile;
import org.gazecheck.results.ManifestFile;
import org.gazecheck.results.MapTarget;
import org.gazecheck.results.Metrics;
import org.gazecheck.results.MetricsFile;
import org.gazecheck.results.Prediction;
import org.gazecheck.results.PredictionsFile;
import org.gazecheck.results.RunFolder;
import org.gazecheck.results.RunManifest;
import org.gazecheck.results.RunManifest.StageState;
import org.gazecheck.results.Split;
import org.gazecheck.stats.Randomness;
import org.gazecheck.store.Store;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The whole way on a few small drawings. */
@Tag("slow")
class PipelineTest {
    @TempDir
    private static Path work;

    private static RunFolder first;

    @BeforeAll
    static void runOnce() throws Exception {
        run("first");
        first = new RunFolder(work.resolve("first"));
    }

    @Test
    void everyFileOfTheRunFolderIsThere() {
        for (Path file : List.of(
                first.manifest(),
                first.configuration(),
                first.dataset(),
                first.archive(),
                first.onnx(),
                first.epochs(),
                first.predictions(),
                first.probabilities(),
                first.features(),
                first.metrics(),
                first.scoring(),
                first.map("gradcam", "layer4", MapTarget.PREDICTED),
                first.map("gradcam", "layer4", MapTarget.TRUE),
                first.localisation(),
                first.properties(),
                first.dataQuality(),
                first.heatmapClusters(),
                first.findings(),
                first.report(),
                first.log())) {
            assertTrue(Files.isRegularFile(file), file.toString());
        }
        assertFalse(Files.exists(first.checkpoints()));
    }

    @Test
    void twoRunsWithOneSeedPredictTheSame() throws Exception {
        RunFolder second = runTo(Stage.EVALUATE, "second", "cache.dir=" + work.resolve("cache2"));
        assertArrayEquals(Files.readAllBytes(first.predictions()), Files.readAllBytes(second.predictions()));
        assertArrayEquals(Files.readAllBytes(first.probabilities()), Files.readAllBytes(second.probabilities()));
    }

    @Test
    void onlyWhatChangedIsDoneAgain() throws Exception {
        RunFolder folder = copied("again");
        RunManifest before = ManifestFile.read(folder.manifest());
        assertEquals(Set.of(), redone(before, run("again")));
        assertEquals(Set.of("report"), redone(before, run("again", "report.galleryImages=3")));
        assertEquals(
                Set.of("audit", "report"), redone(before, run("again", "report.galleryImages=3", "audit.border=0.2")));
        Files.delete(folder.metrics());
        RunManifest earlier = ManifestFile.read(folder.manifest());
        RunFolder healed = run("again", "report.galleryImages=3", "audit.border=0.2");
        assertTrue(Files.exists(healed.metrics()));
        assertEquals(Set.of("evaluate"), redone(earlier, healed));
    }

    @Test
    void aPartOfTheAuditIsDoneAgainWhereItsInputsChangedOnly() throws Exception {
        RunFolder folder = copied("parts");
        RunManifest before = ManifestFile.read(folder.manifest());
        FileTime ofQuality = Files.getLastModifiedTime(folder.heatmapQuality());
        FileTime ofProperties = Files.getLastModifiedTime(folder.properties());
        FileTime ofLocalisation = Files.getLastModifiedTime(folder.localisation());
        run("parts", "audit.border=0.2");
        Map<String, RunManifest.PartState> after =
                ManifestFile.read(folder.manifest()).parts();
        assertEquals(
                Set.of("localisation", "associations", "class-localisation", "weak-segments"),
                after.keySet().stream()
                        .filter(part -> !after.get(part).equals(before.parts().get(part)))
                        .collect(Collectors.toSet()));
        assertEquals(ofQuality, Files.getLastModifiedTime(folder.heatmapQuality()));
        assertEquals(ofProperties, Files.getLastModifiedTime(folder.properties()));
        assertNotEquals(ofLocalisation, Files.getLastModifiedTime(folder.localisation()));
        byte[] findings = Files.readAllBytes(folder.findings());
        try (Pipeline pipeline = Pipeline.reopen(folder.root(), Progress.SILENT)) {
            pipeline.redo(Stage.AUDIT);
        }
        assertNotEquals(ofQuality, Files.getLastModifiedTime(folder.heatmapQuality()), "asked for, all is done");
        assertArrayEquals(findings, Files.readAllBytes(folder.findings()), "and comes to the same");
    }

    /** Stages whose record is another one; the times of an evaluation that is repeated with the same result differ. */
    private static Set<String> redone(RunManifest before, RunFolder folder) throws IOException {
        Set<String> redone = new TreeSet<>();
        ManifestFile.read(folder.manifest()).stages().forEach((stage, state) -> {
            if (!state.equals(before.stages().get(stage))) {
                redone.add(stage);
            }
        });
        return redone;
    }

    @Test
    void bothEnginesPredictTheSame() throws Exception {
        ModelArchive.Loaded model = ModelArchive.read(first.archive());
        List<float[]> probabilities = new ArrayList<>();
        for (String engine : List.of("onnx", "dl4j")) {
            Configuration configuration = configuration("engine-" + engine, "compute.inference=" + engine);
            try (Pipeline pipeline = Pipeline.open(configuration, Progress.SILENT)) {
                pipeline.runTo(Stage.PREPARE);
            }
            RunFolder folder = new RunFolder(configuration.output().dir());
            RunManifest manifest = ManifestFile.read(folder.manifest());
            Run run = new Run(configuration, Identities.CURRENT, folder, manifest, Progress.SILENT);
            run.reuseData();
            Evaluator.evaluate(
                    new EvaluationInputs(
                            run.dataset(),
                            model.network(),
                            model.info().preprocessing(),
                            OptionalDouble.empty(),
                            Optional.empty(),
                            configuration,
                            new Store(work.resolve("cache-" + engine)),
                            folder,
                            new Randomness(1)),
                    Progress.SILENT);
            probabilities.add(Npy.read(folder.probabilities()).floats());
        }
        assertArrayEquals(probabilities.get(0), probabilities.get(1), 1e-4f);
    }

    @Test
    void aFolderIsWorkedInByOneOnly() throws Exception {
        Configuration configuration = configuration("locked");
        try (Pipeline holder = Pipeline.open(configuration, Progress.SILENT)) {
            assertThrows(LockedException.class, () -> Pipeline.open(configuration, Progress.SILENT));
        }
        Pipeline.open(configuration, Progress.SILENT).close();
    }

    @Test
    void anAuditNeedsAWholeRun() throws Exception {
        IOException none =
                assertThrows(IOException.class, () -> Pipeline.reopen(work.resolve("nothing"), Progress.SILENT));
        assertTrue(none.getMessage().contains("is not a run folder"), none.getMessage());
        try (Pipeline pipeline = Pipeline.open(configuration("half"), Progress.SILENT)) {
            pipeline.runTo(Stage.PREPARE);
            IOException half = assertThrows(IOException.class, () -> pipeline.redo(Stage.AUDIT));
            assertTrue(half.getMessage().contains("the stage 'train'"), half.getMessage());
        }
        copied("whole");
        try (Pipeline pipeline = Pipeline.reopen(work.resolve("whole"), Progress.SILENT)) {
            pipeline.redo(Stage.AUDIT);
            pipeline.redo(Stage.REPORT);
        }
    }

    @Test
    void anImageIsExplainedAsTheRunExplainsIt() throws Exception {
        Prediction prediction = PredictionsFile.read(first.predictions()).get(0);
        Path image = work.resolve("flowers").resolve(prediction.path());
        Path out = work.resolve("explained");
        ImageExplainer.explain(request(List.of(image), "gradcam", "layer4", "predicted", out), Progress.SILENT);
        NpyArray map = Npy.read(out.resolve("npy/000.npy"));
        NpyArray stored = Npy.read(first.map("gradcam", "layer4", MapTarget.PREDICTED));
        assertArrayEquals(new int[] {stored.shape()[1], stored.shape()[2]}, map.shape());
        float range = 0;
        for (float value : map.floats()) {
            range = Math.max(range, Math.abs(value));
        }
        for (int i = 0; i < map.floats().length; i++) {
            assertEquals(stored.floats()[i], map.floats()[i], 1e-5 * range);
        }
        assertTrue(Files.size(out.resolve("000.png")) > 100);
        for (CamMethod method : CamMethod.values()) {
            ImageExplainer.explain(request(List.of(image), method.text(), "layer2", "poppy", out), Progress.SILENT);
            NpyArray other = Npy.read(out.resolve("npy/000.npy"));
            assertArrayEquals(new int[] {8, 8}, other.shape());
            for (float value : other.floats()) {
                assertTrue(Float.isFinite(value), method.text());
            }
        }
    }

    @Test
    void aRunOfAProgramThatKeptNoFeaturesIsAuditedToo() throws Exception {
        RunFolder folder = copied("older");
        List<DataQualityRow> kept = DataQualityFile.read(folder.dataQuality());
        String manifest = Files.readString(folder.manifest());
        String older = manifest.replaceAll("\\s*\"features.npy\" ?: ?\"[0-9a-f]+\",", "");
        assertNotEquals(manifest, older);
        Files.writeString(folder.manifest(), older);
        Files.delete(folder.features());
        try (Pipeline pipeline = Pipeline.reopen(folder.root(), Progress.SILENT)) {
            pipeline.redo(Stage.AUDIT);
        }
        List<DataQualityRow> computed = DataQualityFile.read(folder.dataQuality());
        assertEquals(kept.size(), computed.size());
        for (int i = 0; i < kept.size(); i++) {
            assertEquals(kept.get(i).path(), computed.get(i).path());
            assertEquals(kept.get(i).outlier(), computed.get(i).outlier(), 0.05);
        }
    }

    @Test
    void theAuditTestsHeatmaps() throws Exception {
        HeatmapQuality quality = HeatmapQualityFile.read(first.heatmapQuality());
        assertEquals(4, quality.images());
        assertEquals("layer4", quality.layer());
        assertEquals(
                List.of("gradcam", "eigencam"),
                quality.methods().stream().map(HeatmapQuality.Method::name).toList());
        for (HeatmapQuality.Method method : quality.methods()) {
            assertEquals(5, method.faithfulness().size());
            assertEquals(6, method.randomisation().size());
            assertEquals(3, method.robustness().size());
            for (HeatmapQuality.Measure measure : method.faithfulness()) {
                assertEquals(4, measure.mean().n());
                double sign = measure.highIsGood() ? 1 : -1;
                assertEquals(
                        sign * (measure.mean().value() - measure.gaussian().value()),
                        measure.overGaussian().value(),
                        1e-12);
            }
        }
        assertEquals(
                1,
                quality.methods()
                        .get(1)
                        .randomisation()
                        .get(0)
                        .rankCorrelation()
                        .value(),
                1e-9);
        assertEquals(List.of(), FindingsSchema.violations(first.findings()));
        assertEquals(
                FindingsFile.read(first.findings()).atTheEdge(),
                ManifestFile.read(first.manifest()).assumptions().stream()
                        .filter(assumption -> assumption.id().equals("audit.range"))
                        .map(Assumption::text)
                        .toList());
        List<String> kinds = FindingsFile.read(first.findings()).findings().stream()
                .map(f -> f.id())
                .toList();
        assertTrue(kinds.contains("heatmap-fails-randomisation:eigencam"), kinds.toString());
        assertTrue(ManifestFile.read(first.manifest())
                .stages()
                .get("audit")
                .outputs()
                .containsKey("heatmap-quality.json"));
        copied("untested", Stage.EVALUATE);
        assertFalse(Files.exists(run("untested", "audit.trust.images=0").heatmapQuality()));
    }

    @Test
    void aMapExplainsOneClassRatherThanAnother() throws Exception {
        Path image = work.resolve("flowers/test/poppy/000.png");
        Path out = work.resolve("contrast");
        String predicted = ImageExplainer.explain(
                        request(List.of(image), "gradcam", null, "predicted", out), Progress.SILENT)
                .get(0)
                .predicted();
        float[] ofPredicted = Npy.read(out.resolve("npy/000.npy")).floats();
        ImageExplainer.explain(request(List.of(image), "gradcam", null, "daisy", out), Progress.SILENT);
        float[] ofDaisy = Npy.read(out.resolve("npy/000.npy")).floats();
        Request contrast = new Request(
                List.of(image),
                first.root(),
                List.of(),
                Optional.empty(),
                Optional.of("gradcam"),
                null,
                "contrast",
                "daisy",
                out,
                out,
                ConfigurationReader.compute(List.of()));
        String words = ImageExplainer.explain(contrast, Progress.SILENT).get(0).explained();
        float[] found = Npy.read(out.resolve("000.npy")).floats();
        assertEquals(predicted.equals("daisy") ? "nothing" : predicted + " rather than daisy", words.split(",")[0]);
        for (int i = 0; i < found.length; i++) {
            double size = Math.abs(ofPredicted[i]) + Math.abs(ofDaisy[i]);
            assertEquals(ofPredicted[i] - ofDaisy[i], found[i], 1e-4 * size + 1e-6);
        }
    }

    @Test
    void aRunPredictsWhatItsEvaluationSays() throws Exception {
        predictsAsEvaluated(first, 5);
        copied("flipped", Stage.TRAIN);
        predictsAsEvaluated(runTo(Stage.EVALUATE, "flipped", "evaluate.flip=true"), 1);
        copied("plain", Stage.TRAIN);
        predictsAsEvaluated(runTo(Stage.EVALUATE, "plain", "evaluate.temperature=false"), 16);
    }

    private static void predictsAsEvaluated(RunFolder folder, int batch) throws Exception {
        List<Prediction> evaluated = PredictionsFile.read(folder.predictions());
        List<Path> images = evaluated.stream()
                .map(prediction -> work.resolve("flowers").resolve(prediction.path()))
                .toList();
        List<Answer> answers = predict(folder.root(), images, batch);
        assertEquals(evaluated.size(), answers.size());
        for (int i = 0; i < answers.size(); i++) {
            assertEquals(images.get(i).toString(), answers.get(i).path());
            assertEquals(evaluated.get(i).top5(), answers.get(i).ranking().subList(0, 5));
        }
    }

    @Test
    void aTemperatureCountsForTheModelThatItWasFittedOn() throws Exception {
        RunFolder folder = copied("tempered");
        assertTrue(LoadedModel.load(folder.root()).temperature().isPresent());
        assertTrue(LoadedModel.load(folder.archive()).temperature().isEmpty());
        Path image = work.resolve("flowers/test/poppy/000.png");
        assertEquals(predict(folder.archive(), List.of(image), 1), predict(folder.onnx(), List.of(image), 1));
        runTo(Stage.TRAIN, "other", "seed=2", "data.dir=" + work.resolve("others"));
        Files.copy(work.resolve("other/model.zip"), folder.archive(), StandardCopyOption.REPLACE_EXISTING);
        var other = assertThrows(WeightsException.class, () -> LoadedModel.load(folder.root()));
        assertTrue(other.getMessage().contains("is not the model that"), other.getMessage());
        Files.delete(folder.scoring());
        assertTrue(LoadedModel.load(folder.root()).temperature().isEmpty());
    }

    @Test
    void anUpgradeRedoesWhatItChangesAndNothingElse() throws Exception {
        RunFolder folder = copied("upgraded");
        RunManifest before = ManifestFile.read(folder.manifest());
        Set<Computation> all = EnumSet.allOf(Computation.class);
        assertEquals(Set.of(), upgraded(before, with("default", all), Identities.CURRENT.versions()));
        assertEquals(
                Set.of("audit"),
                upgraded(before, with("other", Set.of(Computation.LOCALISATION)), Identities.CURRENT.versions()));
        Map<Computation, Integer> versions = new EnumMap<>(Identities.CURRENT.versions());
        versions.merge(Computation.TRAIN, 1, Integer::sum);
        run("upgraded");
        Set<String> trained = upgraded(ManifestFile.read(folder.manifest()), Identities.CURRENT.effects(), versions);
        assertTrue(trained.contains("train") && !trained.contains("prepare"), trained.toString());
        try (Model model = Model.load(folder.root())) {
            float[] evaluated = Npy.read(folder.probabilities()).floats();
            List<Prediction> predictions = PredictionsFile.read(folder.predictions());
            int classes = model.classes().size();
            for (int i = 0; i < predictions.size(); i++) {
                Path image = work.resolve("flowers").resolve(predictions.get(i).path());
                for (var candidate : model.predict(image).candidates()) {
                    assertEquals(evaluated[i * classes + candidate.index()], candidate.probability());
                }
            }
        }
    }

    private static List<Effect> with(String value, Set<Computation> affects) {
        List<Effect> more = new ArrayList<>(Identities.CURRENT.effects());
        more.add(new Effect("a.new", configuration -> value, Optional.of("default"), affects));
        return more;
    }

    /** The stages that a program with these settings and versions does again. */
    private static Set<String> upgraded(
            RunManifest before, Collection<Effect> effects, Map<Computation, Integer> versions) throws Exception {
        Configuration configuration = configuration("upgraded");
        try (Pipeline pipeline = Pipeline.open(configuration, new Identities(effects, versions), Progress.SILENT)) {
            pipeline.runTo(Stage.REPORT);
        }
        return redone(before, new RunFolder(configuration.output().dir()));
    }

    private static List<Answer> predict(Path model, List<Path> images, int batch) throws Exception {
        List<Answer> answers = new ArrayList<>();
        ComputeSettings compute = ConfigurationReader.compute(List.of("compute.batch=" + batch));
        try (ImagePredictor predictor = ImagePredictor.open(model, List.of(), Optional.empty(), compute)) {
            predictor.predict(images, answers::addAll, Progress.SILENT);
        }
        return answers;
    }

    @Test
    void whatCannotBeExplainedIsTold() throws Exception {
        Path image = work.resolve("flowers/test/poppy/000.png");
        Path other = work.resolve("flowers/test/daisy/000.png");
        Path out = work.resolve("refused");
        assertTold("no method 'magic'", request(List.of(image), "magic", null, "predicted", out));
        assertTold("no layer 'layer8'", request(List.of(image), "gradcam", "layer8", "predicted", out));
        assertTold("no class 'oak'", request(List.of(image), "gradcam", null, "oak", out));
        assertTold("the same file", request(List.of(image, other), "gradcam", null, "predicted", out));
        assertFalse(Files.exists(out));
    }

    @Test
    void whatArrivesIsEvaluatedByTheNetworkOfARun() throws Exception {
        Path arrived = Files.createDirectories(work.resolve("arrived"));
        Files.copy(work.resolve("flowers/test/poppy/000.png"), arrived.resolve("labelled.png"));
        Files.copy(work.resolve("flowers/test/daisy/001.png"), arrived.resolve("unlabelled.png"));
        Files.writeString(arrived.resolve("broken.png"), "no image");
        Path table = work.resolve("arrived.csv");
        Files.writeString(table, "file,label,split\nlabelled.png,poppy,new\nunlabelled.png,,new\nbroken.png,,new\n");
        RunFolder night = run(
                "night", "data.source=csv", "data.dir=" + arrived, "data.file=" + table, "model.run=" + first.root());

        assertFalse(Files.exists(night.archive()));
        List<Prediction> predictions = PredictionsFile.read(night.predictions());
        assertEquals(2, predictions.size());
        Prediction labelled = predictions.get(0);
        Prediction known = prediction("test/poppy/000.png");
        assertEquals(Split.NEW, labelled.split());
        assertEquals(
                List.of(known.label(), known.predicted(), known.pLabel(), known.rank(), known.top5()),
                List.of(labelled.label(), labelled.predicted(), labelled.pLabel(), labelled.rank(), labelled.top5()));
        Prediction unlabelled = predictions.get(1);
        assertEquals("", unlabelled.label());
        assertEquals(prediction("test/daisy/001.png").top5(), unlabelled.top5());
        assertFalse(unlabelled.labelled() || unlabelled.correct() || unlabelled.wrong());
        assertTrue(Float.isNaN(unlabelled.pLabel()));

        Metrics metrics = MetricsFile.read(night.metrics());
        assertEquals(1, metrics.arrived().top1().n());
        assertEquals(null, metrics.test());
        assertEquals(4, LocalisationFile.read(night.localisation()).size());
        assertTrue(ManifestFile.read(night.manifest()).warnings().toString().contains("broken.png"));
        assertFalse(Files.exists(night.heatmapQuality()));
        assertTrue(Files.exists(night.report()));
    }

    @Test
    void aNetworkIsTakenFromAWholeRunOnly() throws Exception {
        Path table = Files.writeString(work.resolve("oak.csv"), "file,label,split\npoppy/000.png,oak,new\n");
        String[] arrived = {"data.source=csv", "data.dir=" + work.resolve("flowers/test"), "data.file=" + table, null};
        arrived[3] = "model.run=" + work.resolve("nowhere");
        var e = assertThrows(WeightsException.class, () -> run("refused-run", arrived));
        assertTrue(e.getMessage().contains("no run folder"), e.getMessage());
        arrived[3] = "model.run=" + first.root();
        var oak = assertThrows(DataException.class, () -> run("refused-label", arrived));
        assertTrue(oak.getMessage().contains("'oak' is not among"), oak.getMessage());
    }

    private static Prediction prediction(String path) throws IOException {
        return PredictionsFile.read(first.predictions()).stream()
                .filter(p -> p.path().equals(path))
                .findFirst()
                .orElseThrow();
    }

    private static void assertTold(String words, Request request) {
        var e = assertThrows(IllegalArgumentException.class, () -> ImageExplainer.explain(request, Progress.SILENT));
        assertTrue(e.getMessage().contains(words), e.getMessage());
    }

    private static Request request(List<Path> images, String method, String layer, String target, Path out)
            throws Exception {
        return new Request(
                images,
                first.root(),
                List.of(),
                Optional.empty(),
                Optional.of(method),
                layer,
                target,
                null,
                out.resolve("npy"),
                out,
                ConfigurationReader.compute(List.of()));
    }

    private static RunFolder run(String name, String... settings) throws Exception {
        return runTo(Stage.REPORT, name, settings);
    }

    private static RunFolder runTo(Stage last, String name, String... settings) throws Exception {
        Configuration configuration = configuration(name, settings);
        try (Pipeline pipeline = Pipeline.open(configuration, Progress.SILENT)) {
            pipeline.runTo(last);
        }
        return new RunFolder(configuration.output().dir());
    }

    /** The first run under another name. */
    private static RunFolder copied(String name) throws IOException {
        copy(first.root(), work.resolve(name));
        return new RunFolder(work.resolve(name));
    }

    /** The first run under another name, as if it had ended after a stage. */
    private static void copied(String name, Stage last) throws IOException {
        RunFolder folder = copied(name);
        RunManifest manifest = ManifestFile.read(folder.manifest());
        Map<String, StageState> stages = new LinkedHashMap<>(manifest.stages());
        for (Stage stage : Stage.values()) {
            if (stage.compareTo(last) > 0) {
                for (String file : stages.remove(stage.text()).outputs().keySet()) {
                    Files.deleteIfExists(folder.root().resolve(file));
                }
            }
        }
        ManifestFile.write(folder.manifest(), manifest.withStages(stages).withParts(Map.of()));
    }

    private static void copy(Path from, Path to) throws IOException {
        try (Stream<Path> walk = Files.walk(from)) {
            for (Path file : walk.toList()) {
                Files.copy(file, to.resolve(from.relativize(file).toString()));
            }
        }
    }

    @Test
    void aReportIsWrittenWithoutItsImagesButNotWithOthers() throws Exception {
        Path flowers = work.resolve("moved-flowers");
        copy(work.resolve("flowers"), flowers);
        copied("moved");
        RunFolder folder = run("moved", "data.dir=" + flowers);
        Path one = work.resolve("moved.html");
        Path away = work.resolve("away");
        Files.move(flowers, away);
        try (Pipeline pipeline = Pipeline.reopen(folder.root(), Progress.SILENT)) {
            pipeline.redo(Stage.REPORT);
            pipeline.writeSingleFile(one);
        }
        Prediction first = PredictionsFile.read(folder.predictions()).get(0);
        Prediction other = PredictionsFile.read(folder.predictions()).get(1);
        assertTrue(Files.readString(one).contains("data:image/jpeg;base64,"));

        Files.move(away, flowers);
        Files.copy(flowers.resolve(other.path()), flowers.resolve(first.path()), StandardCopyOption.REPLACE_EXISTING);
        try (Pipeline pipeline = Pipeline.reopen(folder.root(), Progress.SILENT)) {
            pipeline.redo(Stage.REPORT);
            Folders.delete(folder.root().resolve("assets/thumbnails"));
            GazecheckException e = assertThrows(GazecheckException.class, () -> pipeline.writeSingleFile(one));
            assertTrue(
                    e.getMessage().contains(first.path() + " (changed since the run looked at it, by its SHA-256)"),
                    e.getMessage());
        }
    }

    private static Configuration configuration(String name, String... settings) throws Exception {
        Path yaml = work.resolve("tiny.yaml");
        Files.writeString(
                yaml,
                """
                data: {source: demo, dir: flowers, drawn: {train: 6, val: 3, test: 3, size: 64}}
                model: {architecture: demo, size: 64}
                train:
                  recipe: finetune
                  views: {crops: 0}
                  probe: {maxIterations: 20, l2: [1e-6]}
                  finetune: {from: all, views: 0, epochs: 2, batch: 8, warmup: 2}
                evaluate: {bootstrap: 100}
                audit: {trust: {images: 4, methods: [gradcam, eigencam], steps: 2}}
                """);
        List<String> all = new ArrayList<>(List.of(
                "data.dir=" + work.resolve("flowers"),
                "output.dir=" + work.resolve(name),
                "cache.dir=" + work.resolve("cache")));
        all.addAll(List.of(settings));
        return ConfigurationReader.read(yaml, all);
    }
}
