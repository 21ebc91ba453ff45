package org.gazecheck.results;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalDouble;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ResultFilesTest {
    private static final String SHA = "00ff".repeat(16);

    @TempDir
    Path folder;

    @Test
    void anyTextSurvivesDatasetCsv() throws IOException {
        String[] pieces = {"a", ",", "\"", "\n", "\r", "\r\n", "\\", "'", " ", "\t", "|", "é", "花", "\ud83c\udf38", ";"
        };
        SplittableRandom random = new SplittableRandom(1);
        List<DatasetRow> rows = new ArrayList<>();
        for (int i = 0; i < 3000; i++) {
            rows.add(new DatasetRow(
                    "x" + text(pieces, random),
                    Split.values()[i % 3],
                    text(pieces, random),
                    i,
                    2 * i,
                    SHA,
                    text(pieces, random)));
        }
        Path file = folder.resolve("dataset.csv");
        DatasetFile.write(file, rows);
        assertEquals(rows, DatasetFile.read(file));
    }

    private static String text(String[] pieces, SplittableRandom random) {
        StringBuilder text = new StringBuilder();
        for (int i = random.nextInt(6); i > 0; i--) {
            text.append(pieces[random.nextInt(pieces.length)]);
        }
        return text.toString();
    }

    @Test
    void predictionsAreWrittenAsDocumentedAndReadBackEqual() throws IOException {
        Path file = folder.resolve("predictions.csv");
        List<Prediction> predictions = List.of(
                new Prediction(
                        "jpg/image_00001.jpg",
                        SHA,
                        Split.TEST,
                        "colt's foot",
                        "dandelion, \"common\"",
                        0.1f,
                        0.85f,
                        2,
                        List.of(new Prediction.Ranked(4, 0.85f), new Prediction.Ranked(0, 0.1f))),
                new Prediction(
                        "b.jpg",
                        SHA,
                        Split.VAL,
                        "a",
                        "a",
                        1f,
                        1f,
                        1,
                        List.of(new Prediction.Ranked(0, 1f), new Prediction.Ranked(1, Float.MIN_VALUE))));
        PredictionsFile.write(file, predictions);
        assertEquals(
                "path,sha256,split,label,predicted,p_label,p_predicted,rank,top5\n"
                        + "jpg/image_00001.jpg," + SHA
                        + ",test,colt's foot,\"dandelion, \"\"common\"\"\",0.1,0.85,2,4:0.85|0:0.1\n"
                        + "b.jpg," + SHA + ",val,a,a,1.0,1.0,1,0:1.0|1:1.4E-45\n",
                Files.readString(file));
        assertEquals(predictions, PredictionsFile.read(file));
    }

    @Test
    void localisationAndEpochsReadBackEqualWithNan() throws IOException {
        List<Localisation> localisation = List.of(new Localisation(
                "a.jpg",
                SHA,
                Split.VAL,
                MapTarget.TRUE,
                Double.NaN,
                0.1,
                1.0 / 3,
                Double.MIN_VALUE,
                1,
                0.25,
                0.5,
                0.75));
        LocalisationFile.write(folder.resolve("localisation.csv"), localisation);
        assertEquals(localisation, LocalisationFile.read(folder.resolve("localisation.csv")));

        List<Epoch> epochs =
                List.of(new Epoch(1, 2.5, 0.3, 0.9, 1e-4, 12.25, true), new Epoch(2, 2, 0.4, 0.8, 0, 12, false));
        EpochsFile.write(folder.resolve("train.csv"), epochs);
        assertEquals(epochs, EpochsFile.read(folder.resolve("train.csv")));
    }

    @Test
    void tablesOfAnOlderAuditAreRefused() throws IOException {
        Path file = folder.resolve("properties.csv");
        Files.writeString(
                file,
                "path,sha256,split,width,height,brightness,contrast,sharpness,saturation,flower_hue,"
                        + "background_hue,flower_area,flower_x,flower_y\n");
        ResultsException refused = assertThrows(ResultsException.class, () -> PropertiesFile.read(file));
        assertTrue(
                refused.getMessage().contains("blockiness,quantiser; run the stage that writes this file again"),
                refused.getMessage());
        Files.writeString(file, "path,sha256,split,target,mass_accuracy,mask_area,border_mass,entropy\n");
        assertThrows(ResultsException.class, () -> LocalisationFile.read(file));
    }

    @Test
    void propertiesReadBackEqualWithNan() throws IOException {
        List<ImageProperties> rows = List.of(
                new ImageProperties(
                        "a.jpg",
                        SHA,
                        Split.TRAIN,
                        3,
                        4,
                        0.1,
                        0.2,
                        1e-9,
                        0.4,
                        359.5,
                        0,
                        0.6,
                        0.7,
                        0.8,
                        new ImageProperties.Capture(0.004, 0.1, -0.3, 0.02, 1.5, 0.25, 9.25)),
                new ImageProperties(
                        "b.jpg",
                        SHA,
                        Split.TEST,
                        1,
                        1,
                        0,
                        0,
                        0,
                        0,
                        Double.NaN,
                        Double.NaN,
                        Double.NaN,
                        Double.NaN,
                        Double.NaN,
                        ImageProperties.Capture.UNKNOWN));
        Path file = folder.resolve("properties.csv");
        PropertiesFile.write(file, rows);
        assertEquals(rows, PropertiesFile.read(file));
        assertTrue(Files.readString(file)
                .startsWith("path,sha256,split,width,height,brightness,contrast,sharpness,saturation,object_hue,"
                        + "background_hue,object_area,object_x,object_y,blur,falloff,cast_temperature,cast_tint,noise,"
                        + "blockiness,quantiser\n"));
    }

    @Test
    void filesSavedWithWindowsLineEndsAreRead() throws IOException {
        Path file = folder.resolve("dataset.csv");
        List<DatasetRow> rows = List.of(
                new DatasetRow("a.jpg", Split.TRAIN, "x", 1, 2, SHA, ""),
                new DatasetRow("b.jpg", Split.TRAIN, "x", 1, 2, SHA, "cut, short"));
        DatasetFile.write(file, rows);
        Files.writeString(file, Files.readString(file).replace("\n", "\r\n"));
        assertEquals(rows, DatasetFile.read(file));
    }

    @Test
    void aBrokenTableIsRefusedWithFileAndLine() throws IOException {
        String header = "path,sha256,split,label,predicted,p_label,p_predicted,rank,top5\n";
        String good = "\"a\nb.jpg\"," + SHA + ",test,a,b,0.1,0.9,2,1:0.9|0:0.1\n";
        refuses("", "line 1: the file is empty");
        refuses(header.replace("rank,", ""), "line 1: the header is path,sha256");
        refuses(header + good + good.replace(",2,", ",two,"), "line 4: rank is 'two', expected a whole number");
        refuses(header + good + good.replace(",2,", ",0,"), "line 4: rank is '0', expected at least 1");
        refuses(header + good.replace("test", "tset"), "line 2: split is 'tset', expected train, val, test or new");
        refuses(header + good.replace("0.1,0.9", "1.1,0.9"), "line 2: p_label is '1.1', expected between 0 and 1");
        refuses(header + good.replace("1:0.9", "0.9"), "line 2: top5 has '0.9', expected index:probability");
        refuses(header + good + "c.jpg," + SHA, "line 4: 2 columns, expected 9");
        refuses(header + good + "\"c.jpg," + SHA, "line 4: a quoted cell does not end");
    }

    private void refuses(String content, String message) throws IOException {
        Path file = folder.resolve("predictions.csv");
        Files.writeString(file, content);
        String found = assertThrows(ResultsException.class, () -> PredictionsFile.read(file))
                .getMessage();
        assertTrue(found.startsWith(file + ": " + message), found);
    }

    @Test
    void metricsHaveTheDocumentedShapeAndReadBackEqual() throws IOException {
        Figure figure = new Figure(0.94, 0.93, 0.95, 2087);
        Figure none = new Figure(Double.NaN, Double.NaN, Double.NaN, 0);
        SplitMetrics split = new SplitMetrics(
                figure,
                figure,
                figure,
                figure,
                figure,
                figure,
                1.0 / 3,
                null,
                List.of(new SplitMetrics.ClassMetrics("a \"b\"", 3, 0, 0, none, figure, 0)),
                List.of(new SplitMetrics.Confusion("a", "b", 2)),
                List.of(new SplitMetrics.ReliabilityBin(0, 1.0 / 15, 0, Double.NaN, Double.NaN)));
        Path file = folder.resolve("metrics.json");
        MetricsFile.write(file, new Metrics(null, split));
        String json = Files.readString(file);
        assertTrue(
                json.startsWith("{\n  \"test\": {\n    \"top1\": {\n      \"value\": 0.94,\n      \"low\": 0.93"),
                json);
        assertTrue(json.contains("\"precision\": {\n          \"value\": null"), json);
        assertEquals(new Metrics(null, split), MetricsFile.read(file));
    }

    @Test
    void aTemperatureOfWhichNothingElseIsSaidWasFittedOnVal() throws IOException {
        Path file = folder.resolve("metrics.json");
        Calibration onVal = new Calibration(0.5, null, null);
        MetricsFile.write(file, new Metrics(null, null, null, onVal));
        assertFalse(Files.readString(file).contains("\"on\""));
        assertEquals(onVal, MetricsFile.read(file).calibration());
        Calibration otherwise = new Calibration(0.5, null, null, Calibration.BY_CLASS_AND_STATE);
        MetricsFile.write(file, new Metrics(null, null, null, otherwise));
        assertEquals(otherwise, MetricsFile.read(file).calibration());
    }

    @Test
    void aDamagedMetricsFileIsRefused() throws IOException {
        Path file = folder.resolve("metrics.json");
        Files.writeString(file, "{\"val\": {\"top1\": ");
        assertTrue(assertThrows(ResultsException.class, () -> MetricsFile.read(file))
                .getMessage()
                .startsWith(file + ": line 1: "));
        Files.writeString(file, "{\"val\": {\"top1\": {\"value\": 1, \"low\": 0, \"high\": 1, \"n\": 2}}}");
        assertTrue(assertThrows(ResultsException.class, () -> MetricsFile.read(file))
                .getMessage()
                .contains("top5"));
        Files.write(file, new byte[] {'{', 0, 0, 0, 'w', '.', '0', 'v', (byte) 0xff});
        assertTrue(assertThrows(ResultsException.class, () -> MetricsFile.read(file))
                .getMessage()
                .startsWith(file + ": expected text in UTF-8"));
    }

    @Test
    void dataQualityReadsBackEqual() throws IOException {
        List<DataQualityRow> rows = List.of(
                new DataQualityRow(
                        "=a.jpg", SHA, Split.TEST, "colt's foot", -0.5, 3.75, 2, List.of("b.jpg", "c,d.jpg")),
                new DataQualityRow("b.jpg", SHA, Split.TRAIN, null, Double.NaN, Double.NaN, 0, List.of()));
        Path file = folder.resolve("data-quality.csv");
        DataQualityFile.write(file, rows);
        assertEquals(rows, DataQualityFile.read(file));
    }

    @Test
    void imagesOfWeakSegmentsReadBackEqual() throws IOException {
        List<WeakSegmentMember> members = List.of(
                new WeakSegmentMember(
                        "=a.jpg", SHA, Split.TEST, "brightness: lowest fifth and class colt's foot", true),
                new WeakSegmentMember("b.jpg", SHA, Split.VAL, "class rose", false));
        Path file = folder.resolve("weak-segments.csv");
        WeakSegmentsFile.write(file, members);
        assertEquals(members, WeakSegmentsFile.read(file));
    }

    @Test
    void coordinatesOfImagesReadBackEqual() throws IOException {
        List<EmbeddingPoint> points = List.of(
                new EmbeddingPoint("=a.jpg", SHA, Split.VAL, 1.5, -1e-9, 1.0 / 3, 12),
                new EmbeddingPoint("b.jpg", SHA, Split.TEST, 0, 2, Double.NaN, Double.NaN));
        Path file = folder.resolve("embedding.csv");
        EmbeddingFile.write(file, points);
        assertEquals(points, EmbeddingFile.read(file));
        Embedding embedding = new Embedding(
                Embedding.SCHEMA_VERSION,
                20_000,
                10_000,
                new Embedding.View(9_990, 0.9375, Double.NaN, null),
                Embedding.View.none("the evaluation kept no heatmaps"));
        Path summary = folder.resolve("embedding.json");
        EmbeddingSummaryFile.write(summary, embedding);
        assertEquals(embedding, EmbeddingSummaryFile.read(summary));
        assertTrue(embedding.isSample());
        Files.writeString(summary, Files.readString(summary).replace("\"schemaVersion\": 1", "\"schemaVersion\": 9"));
        assertThrows(ResultsException.class, () -> EmbeddingSummaryFile.read(summary));
    }

    @Test
    void mostLikeImagesReadBackEqual() throws IOException {
        List<Neighbours> rows = List.of(
                new Neighbours("=a.jpg", SHA, Split.VAL, List.of(3, 0), List.of()),
                new Neighbours("b.jpg", SHA, Split.TEST, List.of(1), List.of(2, 3)));
        Path file = folder.resolve("neighbours.csv");
        NeighboursFile.write(file, rows);
        assertEquals(rows, NeighboursFile.read(file));
        Files.writeString(file, Files.readString(file).replace("3 0", "3 -1"));
        assertThrows(ResultsException.class, () -> NeighboursFile.read(file));
    }

    @Test
    void clustersAndCounterfactualsReadBackEqualAndNoNameLeadsOutOfTheFolder() throws IOException {
        List<HeatmapClusterMember> groups = List.of(
                new HeatmapClusterMember("=a.jpg", SHA, Split.TEST, "2: upper, wide"),
                new HeatmapClusterMember("b.jpg", SHA, Split.TEST, ""));
        Path groupFile = folder.resolve("heatmap-clusters.csv");
        HeatmapClustersFile.write(groupFile, groups);
        assertEquals(groups, HeatmapClustersFile.read(groupFile));
        List<Counterfactual> pictures = List.of(new Counterfactual(
                "01.jpg",
                "colt's foot",
                Reason.PATCH,
                Counterfactual.Swap.REMOVED,
                "a,b.jpg",
                "colt's foot",
                "c.jpg",
                "rose",
                0.75f,
                0.125f,
                "colt's foot",
                0.5f,
                "01control.jpg",
                "d.jpg"));
        Path file = folder.resolve("counterfactuals.csv");
        CounterfactualsFile.write(file, pictures);
        assertEquals(pictures, CounterfactualsFile.read(file));
        String text = Files.readString(file);
        for (String name : List.of("../01.jpg", "/etc/passwd", "01.png", "a\\b.jpg")) {
            Files.writeString(file, text.replace("01control.jpg", name));
            assertThrows(ResultsException.class, () -> CounterfactualsFile.read(file), name);
            Files.writeString(file, text.replace("01.jpg", name));
            ResultsException refused = assertThrows(ResultsException.class, () -> CounterfactualsFile.read(file));
            assertTrue(refused.getMessage().contains("line 2: image is '" + name + "'"), refused.getMessage());
        }
        Files.writeString(file, text.replace("removed", "eaten"));
        assertTrue(assertThrows(ResultsException.class, () -> CounterfactualsFile.read(file))
                .getMessage()
                .contains("expected put or removed"));
    }

    @Test
    void cropsReadBackEqualAndNoNameLeadsOutOfTheFolder() throws IOException {
        List<CroppedMark> crops = List.of(
                new CroppedMark("crop01.jpg", "colt's foot", Reason.PATCH, "colt's foot", "a,b.jpg"),
                new CroppedMark("crop02.jpg", "rose", Reason.OBJECT, "colt's foot", "=c.jpg"));
        Path file = folder.resolve("crops.csv");
        CroppedMarksFile.write(file, crops);
        assertEquals(crops, CroppedMarksFile.read(file));
        Files.writeString(file, Files.readString(file).replace("crop02.jpg", "../02.jpg"));
        ResultsException refused = assertThrows(ResultsException.class, () -> CroppedMarksFile.read(file));
        assertTrue(refused.getMessage().contains("line 3: image is '../02.jpg'"), refused.getMessage());
    }

    @Test
    void interventionsReadBackEqualAndThoseOfAnotherVersionAreRefused() throws IOException {
        Interventions.PairedEffect effect = new Interventions.PairedEffect(
                0.5, 0.1, new Figure(0.4, 0.3, 0.5, 120), 1e-4, 1e-3, 254, 1, 20, 30, false);
        Interventions written = new Interventions(
                InterventionsFile.SCHEMA_VERSION,
                false,
                0,
                new Interventions.Scenes(7, null),
                List.of(),
                new Figure(0, 0, 0, 9),
                List.of(),
                List.of(new Interventions.Shortcut(
                        "rose",
                        Reason.BACKGROUND,
                        "their background",
                        Finding.Grade.PROVEN,
                        null,
                        1,
                        0.1,
                        0.02,
                        1e-9,
                        1e-8,
                        20,
                        30,
                        true,
                        effect,
                        null,
                        effect,
                        null,
                        new Interventions.NaturalWitness(3, 9, 1, 90, 1e-3, 2e-3),
                        List.of("rose/1.jpg"))),
                List.of(new Interventions.Screened("lily", Reason.BLUR, "blur", 0.5, 0.2, "clearer ones were")),
                List.of("patches: why"));
        Path file = folder.resolve("interventions.json");
        InterventionsFile.write(file, written);
        assertEquals(written, InterventionsFile.read(file));
        for (int version : new int[] {6, 8}) {
            Files.writeString(
                    file,
                    Files.readString(file).replaceAll("\"schemaVersion\": \\d+", "\"schemaVersion\": " + version));
            assertTrue(assertThrows(ResultsException.class, () -> InterventionsFile.read(file))
                    .getMessage()
                    .contains("schemaVersion is " + version + ", this program reads 7; run the stage"));
        }
    }

    @Test
    void findingsReadBackEqualAndThoseOfAnotherVersionAreRefused() throws IOException {
        Statement tested = new Statement(
                Finding.Severity.HIGH,
                "t",
                0.5,
                0.4,
                0.6,
                OptionalDouble.of(0.01),
                OptionalDouble.of(0.02),
                9,
                List.of("x.jpg"),
                "do");
        Statement untested = new Statement(
                Finding.Severity.INFO,
                "t",
                0.5,
                Double.NaN,
                0.6,
                OptionalDouble.empty(),
                OptionalDouble.empty(),
                9,
                List.of(),
                "do");
        Findings findings = new Findings(
                List.of(
                        new Finding(FindingKind.BACKGROUND_SHORTCUT, "a", tested),
                        new Finding(FindingKind.OUTLIERS, "test", untested)),
                List.of(new TestedEffect(
                        FindingKind.SCENE_CORRELATION, "a", "share", 0.5, 0.4, 0.6, 0.01, 0.02, 9, Double.NaN)),
                List.of("8 groups, the most"),
                RunVerdict.of(
                        List.of(new RunVerdict.Ground(
                                RunVerdict.Level.DO_NOT_USE, RunVerdict.Source.AUDIT, "It recognises a by blur.")),
                        ""));
        Path file = folder.resolve("findings.json");
        FindingsFile.write(file, findings);
        assertEquals(findings, FindingsFile.read(file));
        String json = Files.readString(file);
        Files.writeString(
                file,
                json.replaceFirst(",\\s*\"atTheEdge\": \\[[^]]*]", "")
                        .replaceFirst("(?s),\\s*\"verdict\": .*?(?=,\\s*\"findings\": \\[\\s*\\{)", "")
                        .replace("\"schemaVersion\": 4", "\"schemaVersion\": 3"));
        assertEquals(
                new Findings(findings.findings(), findings.tests()), FindingsFile.read(file), "of an earlier program");
        assertTrue(
                json.startsWith("{\n  \"schemaVersion\": 4,\n  \"verdict\": {\n    \"level\": \"do not use\",\n"),
                json);
        Files.writeString(file, json.replace("\"schemaVersion\": 4", "\"schemaVersion\": 2"));
        assertTrue(assertThrows(ResultsException.class, () -> FindingsFile.read(file))
                .getMessage()
                .contains("schemaVersion is 2, this program reads 3 to 4; run the stage"));
        Files.writeString(file, json.replace("background-shortcut", "horoscope"));
        assertTrue(assertThrows(ResultsException.class, () -> FindingsFile.read(file))
                .getMessage()
                .contains("no findings of kind 'horoscope'"));
    }
}
