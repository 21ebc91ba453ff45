package org.gazecheck;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.SplittableRandom;
import org.gazecheck.io.Hashes;
import org.gazecheck.io.Npy;
import org.gazecheck.results.DataQualityFile;
import org.gazecheck.results.DataQualityRow;
import org.gazecheck.results.DatasetFile;
import org.gazecheck.results.DatasetRow;
import org.gazecheck.results.Figure;
import org.gazecheck.results.Finding;
import org.gazecheck.results.Findings;
import org.gazecheck.results.FindingsFile;
import org.gazecheck.results.ImageProperties;
import org.gazecheck.results.Localisation;
import org.gazecheck.results.LocalisationFile;
import org.gazecheck.results.ManifestFile;
import org.gazecheck.results.MapTarget;
import org.gazecheck.results.Metrics;
import org.gazecheck.results.MetricsFile;
import org.gazecheck.results.Prediction;
import org.gazecheck.results.PredictionsFile;
import org.gazecheck.results.PropertiesFile;
import org.gazecheck.results.RunFolder;
import org.gazecheck.results.RunManifest;
import org.gazecheck.results.RunManifest.StageState;
import org.gazecheck.results.Split;
import org.gazecheck.results.SplitMetrics;
import org.gazecheck.results.Statement;
import org.gazecheck.stats.Interval;
import org.gazecheck.stats.Wilson;

/** A finished run folder made of drawn numbers, as far as later runs are compared with it. */
public final class DrawnRun {
    public static final List<String> CLASSES = List.of("daisy", "rose", "tulip", "=1+1");

    public final List<Image> images = new ArrayList<>();
    public final List<Finding> findings = new ArrayList<>();
    public String model = Hashes.sha256("model");
    public String finished = "2026-11-25T21:56:25Z";
    public String name = "drawn";
    public List<String> classes = CLASSES;
    public boolean masks = true;

    /**
     * @param inside share of localisation on the object, which covers a quarter of the image
     * @param suspicious whether the network is confident of another class
     */
    public record Image(
            String path,
            Split split,
            String label,
            String predicted,
            double confidence,
            double inside,
            double brightness,
            double feature,
            boolean suspicious) {
        public Image withPredicted(String other) {
            return new Image(path, split, label, other, confidence, inside, brightness, feature, suspicious);
        }

        public Image withLabel(String other) {
            return new Image(path, split, other, predicted, confidence, inside, brightness, feature, suspicious);
        }

        public Image withInside(double other) {
            return new Image(path, split, label, predicted, confidence, other, brightness, feature, suspicious);
        }

        public Image darkened(double factor) {
            return new Image(
                    path, split, label, predicted, confidence, inside, factor * brightness, feature + 2, suspicious);
        }

        public Image withSuspicion() {
            return new Image(path, split, label, predicted, confidence, inside, brightness, feature, true);
        }

        public String sha256() {
            return Hashes.sha256(path);
        }
    }

    /** Adds images of a split, nine of ten of them right, named after {@code batch} and a number. */
    public DrawnRun draw(Split split, String batch, int n, long seed) {
        SplittableRandom random = new SplittableRandom(seed);
        for (int i = 0; i < n; i++) {
            int label = random.nextInt(CLASSES.size());
            boolean wrong = random.nextInt(10) == 0;
            images.add(new Image(
                    batch + "/" + i + ".jpg",
                    split,
                    CLASSES.get(label),
                    CLASSES.get(wrong ? (label + 1) % CLASSES.size() : label),
                    0.5 + 0.5 * random.nextDouble(),
                    0.4 + 0.5 * random.nextDouble(),
                    0.3 + 0.4 * random.nextDouble(),
                    random.nextDouble(),
                    random.nextInt(50) == 0));
        }
        return this;
    }

    public static Statement statement(Finding.Severity severity) {
        return new Statement(
                severity,
                "It looks elsewhere.",
                -0.2,
                -0.3,
                -0.1,
                OptionalDouble.of(0.001),
                OptionalDouble.of(0.01),
                40,
                List.of(),
                "Look at the images.");
    }

    public Path write(Path folder) throws IOException {
        RunFolder run = new RunFolder(folder);
        Files.createDirectories(folder);
        Files.writeString(run.configuration(), "name: " + name + "\n");
        Files.writeString(run.report(), "<!DOCTYPE html><title>report</title>");
        DatasetFile.write(
                run.dataset(),
                images.stream()
                        .map(i -> new DatasetRow(i.path(), i.split(), i.label(), 8, 8, i.sha256(), ""))
                        .toList());
        List<Image> evaluated =
                images.stream().filter(i -> i.split() != Split.TRAIN).toList();
        PredictionsFile.write(
                run.predictions(), evaluated.stream().map(DrawnRun::prediction).toList());
        LocalisationFile.write(
                run.localisation(), evaluated.stream().map(this::localisation).toList());
        PropertiesFile.write(
                run.properties(), evaluated.stream().map(DrawnRun::properties).toList());
        DataQualityFile.write(
                run.dataQuality(), evaluated.stream().map(DrawnRun::dataQuality).toList());
        float[] features = new float[4 * evaluated.size()];
        for (int i = 0; i < features.length; i++) {
            features[i] = (float) (evaluated.get(i / 4).feature() * (1 + i % 4) / 4);
        }
        Npy.write(run.features(), features, evaluated.size(), 4);
        FindingsFile.write(run.findings(), new Findings(findings, List.of()));
        MetricsFile.write(run.metrics(), new Metrics(metrics(Split.VAL), metrics(Split.TEST)));
        Map<String, StageState> stages = new LinkedHashMap<>();
        stages.put(
                "prepare",
                new StageState("done", "", Map.of("dataset.csv", Hashes.sha256(run.dataset())), 2, finished));
        stages.put("train", new StageState("done", model, Map.of(), 60, finished));
        stages.put("evaluate", new StageState("done", model, Map.of(), 30, finished));
        stages.put("audit", new StageState("done", model, Map.of(), 20.5, finished));
        stages.put("report", new StageState("done", model, Map.of(), 4, finished));
        Map<String, String> facts = new LinkedHashMap<>();
        facts.put("Model", "sha256 " + model);
        facts.put("Engine", "ONNX Runtime 1.23.2");
        facts.put("Gazecheck", "0.1.0");
        facts.put("Machine", "2 cores, Linux");
        ManifestFile.write(
                run.manifest(),
                new RunManifest(
                        RunManifest.SCHEMA_VERSION, name, facts, classes, List.of(), List.of(), stages, Map.of()));
        return folder;
    }

    /** As if another data set had been prepared. */
    public static void replaceDataset(RunFolder run, List<DatasetRow> rows) throws IOException {
        DatasetFile.write(run.dataset(), rows);
        RunManifest manifest = ManifestFile.read(run.manifest());
        Map<String, StageState> stages = new LinkedHashMap<>(manifest.stages());
        StageState prepare = stages.get("prepare");
        stages.put(
                "prepare",
                new StageState(
                        prepare.state(),
                        prepare.inputs(),
                        Map.of("dataset.csv", Hashes.sha256(run.dataset())),
                        prepare.seconds(),
                        prepare.finished()));
        ManifestFile.write(run.manifest(), manifest.withStages(stages));
    }

    private static Prediction prediction(Image i) {
        int predicted = CLASSES.indexOf(i.predicted());
        boolean right = i.label().equals(i.predicted());
        return new Prediction(
                i.path(),
                i.sha256(),
                i.split(),
                i.label(),
                i.predicted(),
                (float) (right ? i.confidence() : (1 - i.confidence()) / 2),
                (float) i.confidence(),
                right ? 1 : 2,
                List.of(new Prediction.Ranked(predicted, (float) i.confidence())));
    }

    private Localisation localisation(Image i) {
        double inside = masks ? i.inside() : Double.NaN;
        double area = masks ? 0.25 : Double.NaN;
        return new Localisation(
                i.path(),
                i.sha256(),
                i.split(),
                MapTarget.PREDICTED,
                inside,
                area,
                (1 - i.inside()) / 2,
                0.5 + i.feature() / 10,
                Double.NaN,
                Double.NaN,
                Double.NaN,
                Double.NaN);
    }

    private static ImageProperties properties(Image i) {
        return new ImageProperties(
                i.path(),
                i.sha256(),
                i.split(),
                640,
                480,
                i.brightness(),
                i.brightness() / 2,
                400 + 100 * i.inside(),
                0.4 + i.feature() / 10,
                Double.NaN,
                Double.NaN,
                Double.NaN,
                Double.NaN,
                Double.NaN,
                ImageProperties.Capture.UNKNOWN);
    }

    private static DataQualityRow dataQuality(Image i) {
        return new DataQualityRow(
                i.path(),
                i.sha256(),
                i.split(),
                i.suspicious() ? i.predicted() : null,
                i.suspicious() ? -0.9 : 0.9,
                i.feature(),
                0,
                List.of());
    }

    private SplitMetrics metrics(Split split) {
        List<Image> of = images.stream().filter(i -> i.split() == split).toList();
        if (of.isEmpty()) {
            return null;
        }
        Figure top1 =
                share(of.stream().filter(i -> i.label().equals(i.predicted())).count(), of.size());
        Figure ece = new Figure(0.02, 0.01, 0.03, of.size());
        List<SplitMetrics.ClassMetrics> byClass =
                CLASSES.stream().map(label -> ofClass(label, of)).toList();
        return new SplitMetrics(top1, top1, top1, top1, ece, ece, 1, null, byClass, List.of(), List.of());
    }

    private static SplitMetrics.ClassMetrics ofClass(String label, List<Image> of) {
        long support = of.stream().filter(i -> i.label().equals(label)).count();
        long predicted = of.stream().filter(i -> i.predicted().equals(label)).count();
        long correct = of.stream()
                .filter(i -> i.label().equals(label) && i.predicted().equals(label))
                .count();
        return new SplitMetrics.ClassMetrics(
                label,
                (int) support,
                (int) predicted,
                (int) correct,
                share(correct, predicted),
                share(correct, support),
                0.9);
    }

    private static Figure share(long k, long n) {
        Interval interval = Wilson.interval((int) k, (int) n);
        return new Figure((double) k / n, interval.low(), interval.high(), (int) n);
    }
}
