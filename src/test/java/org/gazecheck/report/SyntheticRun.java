package org.gazecheck.report;

import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.SplittableRandom;
import java.util.function.IntFunction;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.gazecheck.config.AuditSettings;
import org.gazecheck.config.CacheSettings;
import org.gazecheck.config.ComputeSettings;
import org.gazecheck.config.Configuration;
import org.gazecheck.config.DataSettings;
import org.gazecheck.config.EvaluateSettings;
import org.gazecheck.config.ExpectSettings;
import org.gazecheck.config.ExternalSettings;
import org.gazecheck.config.MitigationSettings;
import org.gazecheck.config.ModelSettings;
import org.gazecheck.config.OutputSettings;
import org.gazecheck.config.ReportSettings;
import org.gazecheck.config.ReviewSettings;
import org.gazecheck.config.TrainSettings;
import org.gazecheck.image.Mask;
import org.gazecheck.image.RgbImage;
import org.gazecheck.io.Hashes;
import org.gazecheck.results.Counterfactual;
import org.gazecheck.results.CroppedMark;
import org.gazecheck.results.DataQualityRow;
import org.gazecheck.results.DatasetRow;
import org.gazecheck.results.Embedding;
import org.gazecheck.results.EmbeddingPoint;
import org.gazecheck.results.Epoch;
import org.gazecheck.results.Figure;
import org.gazecheck.results.Finding;
import org.gazecheck.results.FindingKind;
import org.gazecheck.results.Findings;
import org.gazecheck.results.HeatmapClusterMember;
import org.gazecheck.results.HeatmapQuality;
import org.gazecheck.results.ImageProperties;
import org.gazecheck.results.ImageVerdict;
import org.gazecheck.results.Interventions;
import org.gazecheck.results.Localisation;
import org.gazecheck.results.MapTarget;
import org.gazecheck.results.Metrics;
import org.gazecheck.results.Mitigation;
import org.gazecheck.results.Neighbours;
import org.gazecheck.results.Prediction;
import org.gazecheck.results.Reason;
import org.gazecheck.results.Signature;
import org.gazecheck.results.Split;
import org.gazecheck.results.SplitMetrics;
import org.gazecheck.results.Statement;
import org.gazecheck.results.TestedEffect;
import org.gazecheck.results.Verdict;
import org.gazecheck.results.Withdrawal;
import org.gazecheck.review.MergedVerdicts;
import org.gazecheck.review.ReviewSample;
import org.gazecheck.review.VerdictsDatabase;
import org.gazecheck.stats.Randomness;

/** A run made of random predictions and smooth maps, for tests of the report. */
final class SyntheticRun {
    static final String RUN = "0123456789abcdef";

    static final String HOSTILE = "<script>alert(1)</script>";

    private final List<String> classes;
    private final List<Prediction> predictions = new ArrayList<>();
    private final SplittableRandom random = new SplittableRandom(8);
    private final int size;
    ImageSource images;
    HeatmapSource maps = SyntheticRun::smooth;
    MaskSource masks = estimated(row -> new MaskSource.Seen(disc(64)));
    String id = RUN;
    Baseline baseline = Baseline.NONE;
    Optional<Mitigation> mitigation = Optional.empty();

    /** What reviewers said beside Ada, and took back. */
    List<Verdict> said = List.of();

    List<Withdrawal> withdrawn = List.of();
    Path folder = Path.of("reports/flowers102");

    SyntheticRun(List<String> classes, int size) {
        this.classes = classes;
        this.size = size;
        this.images = path -> drawn(path.hashCode(), size);
    }

    static SyntheticRun small() {
        SyntheticRun run = new SyntheticRun(List.of("rose", HOSTILE, "daisy \"ox-eye\" & co", "bee orchid"), 64);
        for (int i = 0; i < 40; i++) {
            run.add(i % 4 == 3 ? Split.VAL : Split.TEST, "jpg/it's \"" + i + "\".jpg", i % 4, i % 5 == 0);
        }
        return run;
    }

    /** Adds a prediction with drawn probabilities. */
    void add(Split split, String path, int label, boolean wrong) {
        float[] p = new float[classes.size()];
        int predicted = wrong ? (label + 1 + random.nextInt(classes.size() - 1)) % classes.size() : label;
        float confidence = wrong ? 0.35f + 0.6f * random.nextFloat() : 0.6f + 0.4f * random.nextFloat();
        for (int c = 0; c < p.length; c++) {
            p[c] = random.nextFloat() * random.nextFloat() * random.nextFloat();
        }
        p[predicted] = 0;
        float sum = 0;
        for (float v : p) {
            sum += v;
        }
        for (int c = 0; c < p.length; c++) {
            p[c] *= (1 - confidence) / sum;
        }
        p[predicted] = confidence;
        List<Prediction.Ranked> ranked = IntStream.range(0, p.length)
                .mapToObj(c -> new Prediction.Ranked(c, p[c]))
                .sorted(Comparator.comparingDouble(r -> -r.probability()))
                .toList();
        int rank = 1 + (int) ranked.stream().takeWhile(r -> r.index() != label).count();
        predictions.add(new Prediction(
                path,
                Hashes.sha256(path),
                split,
                classes.get(label),
                classes.get(ranked.get(0).index()),
                p[label],
                ranked.get(0).probability(),
                rank,
                ranked.subList(0, Math.min(5, ranked.size()))));
    }

    List<String> classes() {
        return classes;
    }

    List<Prediction> predictions() {
        return predictions;
    }

    ReportInput full() {
        return new ReportInput(
                "flowers102",
                configuration(size),
                classes,
                new Metrics(metrics(Split.VAL), metrics(Split.TEST)),
                predictions,
                maps,
                images,
                masks,
                localisation(true),
                properties(),
                dataQuality(),
                clusters(),
                findings(),
                Optional.of(interventions()),
                counterfactuals(),
                Optional.of(heatmapQuality()),
                IntStream.rangeClosed(1, 12)
                        .mapToObj(e -> new Epoch(
                                e,
                                1.1 + 1.4 / e,
                                0.21 + 0.3 / e + (e > 9 ? 0.004 * (e - 9) : 0),
                                0.955 - 0.03 / e,
                                1e-4,
                                61,
                                e <= 9))
                        .toList(),
                review(),
                List.of(
                        "The same bytes are in two splits: jpg/image_07307.jpg (train) and jpg/image_07309.jpg (test).",
                        "4,062 images of test are absent and were left out (data.allowMissing)."),
                dataset(),
                new Provenance(
                        List.of(
                                new Provenance.Entry("Weights", "resnet50.safetensors"),
                                new Provenance.Entry("Data", "sha256 " + "0123456789abcdef".repeat(4)),
                                new Provenance.Entry("Gazecheck", "0.1.0"),
                                new Provenance.Entry("Machine", "2 cores, Linux amd64, Java 17")),
                        List.of(
                                new Provenance.StageTime("prepare", 42.3),
                                new Provenance.StageTime("train", 921),
                                new Provenance.StageTime("evaluate", 133))),
                mitigation,
                EarlierRun.NONE,
                Optional.of(imageMaps()),
                baseline);
    }

    /** Classes lie apart by features, and rows by their order by heatmap; the first image is not on the second map. */
    private ImageMaps imageMaps() {
        SplittableRandom place = new SplittableRandom(4);
        List<EmbeddingPoint> points = new ArrayList<>();
        int columns = (int) Math.ceil(Math.sqrt(classes.size()));
        for (Prediction p : predictions) {
            int label = classes.indexOf(p.label());
            points.add(new EmbeddingPoint(
                    p.path(),
                    p.sha256(),
                    p.split(),
                    20 * (label % columns) + 5 * (place.nextDouble() + place.nextDouble()),
                    20 * (label / columns) + 5 * (place.nextDouble() + place.nextDouble()),
                    points.isEmpty() ? Double.NaN : points.size() % 3 * 10 + 4 * place.nextDouble(),
                    points.isEmpty() ? Double.NaN : 4 * place.nextDouble()));
        }
        int n = points.size();
        return new ImageMaps(
                new Embedding(
                        Embedding.SCHEMA_VERSION,
                        n,
                        n,
                        new Embedding.View(n, 0.97, 0.96, null),
                        new Embedding.View(n - 1, 0.95, 0.96, null)),
                points,
                IntStream.range(0, n)
                        .mapToObj(row -> new Neighbours(
                                points.get(row).path(),
                                points.get(row).sha256(),
                                points.get(row).split(),
                                List.of((row + classes.size()) % n, (row + 2 * classes.size()) % n),
                                row == 0 ? List.of() : List.of((row + 3) % n, (row + 6) % n)))
                        .toList());
    }

    private Review review() {
        Prediction wrong =
                predictions.stream().filter(p -> !p.correct()).findFirst().orElseThrow();
        ImageVerdict verdict = new ImageVerdict(
                wrong.sha256(),
                wrong.path(),
                wrong.split(),
                wrong.label(),
                wrong.predicted(),
                ImageVerdict.Judgement.LABEL_WRONG,
                "",
                "",
                "Ada",
                Instant.parse("2026-11-01T08:00:00Z"),
                id);
        MergedVerdicts merged = MergedVerdicts.of(List.of(verdict), new VerdictsDatabase.Contents(said, withdrawn));
        return new Review(
                id,
                ReviewSample.of(predictions, new ReviewSettings(3, 2), new Randomness(1)),
                merged,
                Optional.of(new Signature(
                        Signature.Decision.ACCEPT_WITH_CONDITIONS,
                        "Ada",
                        Instant.parse("2026-11-02T08:00:00Z"),
                        "until the roses are relabelled",
                        id,
                        new Signature.Reviewed(
                                new Signature.Share(1, 1), new Signature.Share(3, 3), new Signature.Share(2, 2)))));
    }

    /** The errors, in the order of the rows; Ada has judged the first of them. */
    List<Prediction> errors() {
        return predictions.stream().filter(p -> !p.correct()).toList();
    }

    ImageVerdict verdict(String reviewer, Prediction p, ImageVerdict.Judgement judgement, Instant time) {
        return new ImageVerdict(
                p.sha256(),
                p.path(),
                p.split(),
                p.label(),
                p.predicted(),
                judgement,
                "",
                judgement == ImageVerdict.Judgement.OTHER ? "hm" : "",
                reviewer,
                time,
                id);
    }

    /** A run without masks, epochs, val, audit, maps, warnings and provenance. */
    ReportInput bare() {
        return new ReportInput(
                "bare",
                configuration(size),
                classes,
                new Metrics(null, metrics(Split.TEST)),
                predictions.stream().filter(p -> p.split() == Split.TEST).toList(),
                HeatmapSource.NONE,
                images,
                MaskSource.NONE,
                List.of(),
                List.of(),
                List.of(),
                List.of(),
                Findings.NONE,
                Optional.empty(),
                Counterfactuals.NONE,
                Optional.empty(),
                List.of(),
                new Review(RUN, new ReviewSample(List.of(), List.of()), MergedVerdicts.NONE, Optional.empty()),
                List.of(),
                List.of(),
                new Provenance(List.of(), List.of()),
                Optional.empty(),
                EarlierRun.NONE,
                Optional.empty(),
                Baseline.NONE);
    }

    /** One smooth bump, below zero elsewhere. */
    static Optional<Heatmap> smooth(int row, MapTarget target) {
        SplittableRandom place = new SplittableRandom(31L * row + target.ordinal());
        int side = 10;
        double cx = 2 + 6 * place.nextDouble();
        double cy = 2 + 6 * place.nextDouble();
        double width = 1.5 + 2 * place.nextDouble();
        float[] values = new float[side * side];
        for (int i = 0; i < values.length; i++) {
            double r = Math.hypot(i % side - cx, i / side - cy) / width;
            values[i] = (float) (3.1 * Math.exp(-r * r) - 0.3);
        }
        return Optional.of(new Heatmap(side, side, values));
    }

    /** A disc in the middle, half as wide as the image. */
    static Mask disc(int size) {
        boolean[] foreground = new boolean[size * size];
        for (int i = 0; i < foreground.length; i++) {
            foreground[i] = Math.hypot(i % size + 0.5 - size / 2.0, i / size + 0.5 - size / 2.0) < size / 4.0;
        }
        return new Mask(size, size, foreground);
    }

    static MaskSource estimated(IntFunction<MaskSource.Sight> sights) {
        return new MaskSource() {
            @Override
            public Origin origin() {
                return Origin.ESTIMATED;
            }

            @Override
            public String missing() {
                return "";
            }

            @Override
            public Sight mask(int row) {
                return sights.apply(row);
            }
        };
    }

    /** Of test: every third image in one cluster, the next ones in another. */
    private List<HeatmapClusterMember> clusters() {
        List<HeatmapClusterMember> clusters = new ArrayList<>();
        for (Prediction p : predictions) {
            if (p.split() == Split.TEST) {
                String cluster = List.of("1: upper, wide", "2: lower left", "").get(clusters.size() % 3);
                clusters.add(new HeatmapClusterMember(p.path(), p.sha256(), p.split(), cluster));
            }
        }
        return clusters;
    }

    private Counterfactuals counterfactuals() {
        return new Counterfactuals(
                List.of(
                        counterfactual("01.jpg", 1, Counterfactual.Swap.PUT, 0, 1),
                        counterfactual("02.jpg", 1, Counterfactual.Swap.REMOVED, 1, 0),
                        counterfactual("03.jpg", 0, Counterfactual.Swap.PUT, 1, 1)),
                List.of(
                        new CroppedMark(
                                "crop01.jpg",
                                classes.get(2),
                                Reason.PATCH,
                                classes.get(2),
                                predictions.get(3).path()),
                        new CroppedMark(
                                "crop02.jpg",
                                classes.get(2),
                                Reason.PATCH,
                                classes.get(0),
                                predictions.get(4).path())),
                name -> Thumbnail.jpeg(drawn(name.hashCode(), 64), 64));
    }

    private Counterfactual counterfactual(
            String image, int subject, Counterfactual.Swap swap, int label, int predicted) {
        return new Counterfactual(
                image,
                classes.get(subject),
                Reason.BACKGROUND,
                swap,
                predictions.get(0).path(),
                classes.get(label),
                predictions.get(1).path(),
                classes.get(predicted),
                0.97f,
                0.97f,
                classes.get(label),
                0.88f,
                image.replace(".", "control."),
                predictions.get(2).path());
    }

    /** The predictions, the same bytes as the first of them in train under another label, and one that is broken. */
    private List<DatasetRow> dataset() {
        List<DatasetRow> rows = new ArrayList<>();
        for (Prediction p : predictions) {
            rows.add(new DatasetRow(p.path(), p.split(), p.label(), 640, 480, p.sha256(), ""));
        }
        rows.add(new DatasetRow(
                "train/twin.jpg",
                Split.TRAIN,
                classes.get(1),
                640,
                40,
                predictions.get(0).sha256(),
                ""));
        rows.add(new DatasetRow("train/<b>.jpg", Split.TRAIN, classes.get(0), 0, 0, "", "cannot be decoded"));
        return rows;
    }

    List<Localisation> localisation(boolean masks) {
        List<Localisation> rows = new ArrayList<>();
        for (Prediction p : predictions) {
            for (MapTarget target : MapTarget.values()) {
                double shift = p.correct() ? 0.1 : -0.1;
                rows.add(new Localisation(
                        p.path(),
                        "",
                        p.split(),
                        target,
                        masks ? 0.6 + shift + 0.2 * random.nextDouble() : Double.NaN,
                        masks ? 0.3 + 0.2 * random.nextDouble() : Double.NaN,
                        0.1 - shift / 2 + 0.1 * random.nextDouble(),
                        0.7 + 0.2 * random.nextDouble(),
                        masks ? 1 : Double.NaN,
                        masks ? 0.6 + 0.2 * random.nextDouble() : Double.NaN,
                        masks ? 0.1 + 0.1 * random.nextDouble() : Double.NaN,
                        0.8));
            }
        }
        return rows;
    }

    private List<DataQualityRow> dataQuality() {
        Prediction first = predictions.get(0);
        DataQualityRow twin =
                new DataQualityRow("train/twin.jpg", first.sha256(), Split.TRAIN, null, Double.NaN, 0.1, 1, List.of());
        return Stream.concat(dataQualityOfPredictions(), Stream.of(twin)).toList();
    }

    private Stream<DataQualityRow> dataQualityOfPredictions() {
        return predictions.stream()
                .map(p -> new DataQualityRow(
                        p.path(),
                        p.sha256(),
                        p.split(),
                        p.correct() ? null : p.predicted(),
                        p.pLabel() - p.pPredicted(),
                        p.path().endsWith("7\".jpg") ? 4 : 0.5,
                        p.equals(predictions.get(0)) ? 1 : 0,
                        List.of(p.path(), predictions.get(0).path())));
    }

    private List<ImageProperties> properties() {
        return predictions.stream()
                .map(p -> new ImageProperties(
                        p.path(),
                        "",
                        p.split(),
                        640,
                        480,
                        0.3 + 0.4 * random.nextDouble(),
                        0.2,
                        500 * random.nextDouble(),
                        random.nextDouble(),
                        Double.NaN,
                        360 * random.nextDouble(),
                        0.3,
                        0.5,
                        0.5,
                        ImageProperties.Capture.UNKNOWN))
                .toList();
    }

    Findings findings() {
        List<String> evidence = predictions.stream()
                .filter(p -> !p.correct())
                .map(Prediction::path)
                .limit(10)
                .toList();
        Finding border = new Finding(
                FindingKind.LOCALISATION_OF_ERRORS,
                "border_mass",
                new Statement(
                        Finding.Severity.LOW,
                        "Errors attend to the border a little more than correct predictions.",
                        0.041,
                        0.012,
                        0.07,
                        OptionalDouble.of(0.006),
                        OptionalDouble.of(0.03),
                        predictions.size(),
                        List.of(),
                        ""));
        Finding inside = new Finding(
                FindingKind.LOCALISATION_OF_ERRORS,
                "mass_accuracy",
                new Statement(
                        Finding.Severity.LOW,
                        "The share of energy on the object is 40 % for errors (Cliff's delta -0.20).",
                        -0.2,
                        -0.4,
                        -0.1,
                        OptionalDouble.of(0.006),
                        OptionalDouble.of(0.03),
                        predictions.size(),
                        evidence,
                        ""));
        Finding scene = new Finding(
                FindingKind.SCENE_CORRELATION,
                classes.get(1),
                new Statement(
                        Finding.Severity.LOW,
                        "It stands in one kind of scene.",
                        0.9,
                        0.8,
                        0.95,
                        OptionalDouble.of(0.0001),
                        OptionalDouble.of(0.001),
                        160,
                        List.of("train/twin.jpg"),
                        ""),
                null,
                null,
                "background-shortcut:" + classes.get(1));
        Finding ofClass = new Finding(
                FindingKind.LOCALISATION_OF_CLASS,
                classes.get(1),
                new Statement(
                        Finding.Severity.HIGH,
                        "Heatmaps for " + classes.get(1) + " lie off the object more than those of other classes.",
                        -0.31,
                        -0.42,
                        -0.2,
                        OptionalDouble.of(0.00002),
                        OptionalDouble.of(0.0011),
                        41,
                        evidence,
                        "Look at the images: what stands beside the object?"));
        Finding cluster = new Finding(
                FindingKind.HEATMAP_CLUSTER,
                "2: lower left",
                new Statement(
                        Finding.Severity.LOW,
                        "Images are decided in the same place.",
                        -0.1,
                        -0.2,
                        -0.05,
                        OptionalDouble.of(0.0001),
                        OptionalDouble.of(0.001),
                        10,
                        List.of(),
                        ""));
        Finding shortcut = new Finding(
                FindingKind.BACKGROUND_SHORTCUT,
                classes.get(1),
                new Statement(
                        Finding.Severity.MEDIUM,
                        "The network recognises " + classes.get(1) + " by its background, in 52 % of cases (-0.2).",
                        0.49,
                        0.38,
                        0.6,
                        OptionalDouble.of(0.0001),
                        OptionalDouble.of(0.001),
                        158,
                        evidence.subList(0, 2),
                        ""),
                Finding.Grade.PROVEN,
                "background",
                "background-shortcut:" + classes.get(1));
        return new Findings(
                List.of(border, ofClass, cluster, inside, shortcut, scene),
                List.of(
                        tested(FindingKind.LOCALISATION_OF_ERRORS, "border_mass", 0.041, 0.03, 0.31),
                        tested(FindingKind.PROPERTY_OF_ERRORS, "brightness", 0.12, 0.4, 0.27),
                        tested(FindingKind.PROPERTY_OF_ERRORS, "sharpness", 0.02, 0.9, 1.4),
                        tested(FindingKind.SCENE_CORRELATION, classes.get(1), 0.1, 1, Double.NaN),
                        tested(FindingKind.PATCH_SHORTCUT, classes.get(2), 0.01, 0.6, 0.17)),
                List.of("heatmaps fall into 8 groups, the most that are looked for"));
    }

    private static TestedEffect tested(FindingKind kind, String subject, double effect, double q, double detectable) {
        return new TestedEffect(
                kind,
                subject,
                "Cliff's delta of " + subject,
                effect,
                effect - 0.1,
                effect + 0.1,
                q / 2,
                q,
                40,
                detectable);
    }

    /** One method that passes everything, and one that passes nothing. */
    private static HeatmapQuality heatmapQuality() {
        return new HeatmapQuality(
                HeatmapQuality.SCHEMA_VERSION,
                "layer4.2",
                40,
                16,
                List.of(method("gradcam", 0), method("eigencam", 1)));
    }

    private static HeatmapQuality.Method method(String name, double fault) {
        List<HeatmapQuality.Similarity> cascade = new ArrayList<>();
        List<String> steps = List.of("head", "layer4", "layer3", "layer2", "layer1", "stem");
        for (int i = 0; i < steps.size(); i++) {
            double trained = 0.6 - 0.13 * i;
            cascade.add(similarity(steps.get(i), trained + fault * (0.97 - trained)));
        }
        return new HeatmapQuality.Method(
                name,
                List.of(
                        measure("insertion", true, 0.71, 0.52, 0.6 + 0.2 * fault),
                        measure("deletion", false, 0.12, 0.33, 0.2 - 0.1 * fault)),
                cascade,
                List.of(similarity("shift", 0.93), similarity("brightness", 0.99), similarity("jpeg", 0.97)),
                fault > 0,
                fault == 0);
    }

    private static HeatmapQuality.Measure measure(
            String name, boolean highIsGood, double mean, double random, double gaussian) {
        double sign = highIsGood ? 1 : -1;
        return new HeatmapQuality.Measure(
                name,
                highIsGood,
                figure(mean, 0.02, 40),
                figure(random, 0.02, 40),
                figure(gaussian, 0.02, 40),
                figure(sign * (mean - random), 0.03, 40),
                figure(sign * (mean - gaussian), 0.03, 40));
    }

    private static HeatmapQuality.Similarity similarity(String name, double rank) {
        return new HeatmapQuality.Similarity(name, figure(rank, 0.02, 40), figure(0.8, 0.05, 40));
    }

    private Interventions interventions() {
        Figure gap = new Figure(0.09, 0.05, 0.13, 500);
        Interventions.PairedEffect attracts = new Interventions.PairedEffect(
                0.52, 0.03, new Figure(0.49, 0.38, 0.6, 120), 5e-5, 1e-4, 254, 1, 22, 60, false);
        Interventions.PairedEffect needs = new Interventions.PairedEffect(
                0.95, 0.3, new Figure(0.65, 0.5, 0.8, 38), 5e-5, 1e-4, 38, 2, 22, 60, false);
        return new Interventions(
                2,
                true,
                12,
                new Interventions.Scenes(24, "backgrounds fall into 24 scenes, the most that are made"),
                List.of(
                        new Interventions.Condition(
                                "original", "the images as they are", new Figure(0.92, 0.89, 0.94, 500)),
                        new Interventions.Condition(
                                "own background", "the control", new Figure(0.915, 0.89, 0.94, 500)),
                        new Interventions.Condition(
                                "mixed random",
                                "before backgrounds of other classes",
                                new Figure(0.74, 0.7, 0.78, 500))),
                gap,
                List.of(
                        new Interventions.ClassReliance(classes.get(0), 5, 1, 1, 0.8, classes.get(1), 0.4),
                        new Interventions.ClassReliance(classes.get(1), 5, 0.8, 0.8, 0.2, classes.get(1), 0.8)),
                List.of(
                        new Interventions.Shortcut(
                                classes.get(1),
                                Reason.BACKGROUND,
                                "their background",
                                Finding.Grade.PROVEN,
                                null,
                                1,
                                0.13,
                                0.02,
                                1e-12,
                                1e-10,
                                22,
                                60,
                                true,
                                attracts,
                                needs,
                                new Interventions.PairedEffect(
                                        0.1, 0.75, new Figure(0.65, 0.4, 0.9, 12), 1e-3, 2e-3, 12, 5, 12, 60, false),
                                null,
                                new Interventions.NaturalWitness(12, 34, 0, 164, 1e-6, 3e-6),
                                List.of()),
                        new Interventions.Shortcut(
                                classes.get(2),
                                Reason.PATCH,
                                "a patch in the upper left",
                                null,
                                null,
                                0.8,
                                0.2,
                                0.1,
                                1e-5,
                                1e-3,
                                12,
                                60,
                                true,
                                new Interventions.PairedEffect(
                                        0.02, 0.01, new Figure(0.01, -0.02, 0.04, 120), 0.3, 0.6, 254, 1, 22, 60, true),
                                null,
                                null,
                                null,
                                null,
                                List.of()),
                        new Interventions.Shortcut(
                                classes.get(0),
                                Reason.BACKGROUND,
                                "their background",
                                null,
                                null,
                                0.6,
                                0.2,
                                Double.NaN,
                                1e-5,
                                1e-3,
                                2,
                                60,
                                true,
                                null,
                                null,
                                null,
                                null,
                                null,
                                List.of())),
                List.of(new Interventions.Screened(
                        classes.get(2), Reason.BLUR, "blur", 0.45, 0.2, "clearer ones were")),
                List.of());
    }

    /** Counts from the predictions; intervals of a fixed width. */
    private SplitMetrics metrics(Split split) {
        List<Prediction> of =
                predictions.stream().filter(p -> p.split() == split).toList();
        int n = of.size();
        double top1 = (double) of.stream().filter(Prediction::correct).count() / n;
        Map<List<String>, Integer> pairs = new LinkedHashMap<>();
        of.stream()
                .filter(p -> !p.correct())
                .forEach(p -> pairs.merge(List.of(p.label(), p.predicted()), 1, Integer::sum));
        return new SplitMetrics(
                figure(top1, 0.01, n),
                figure(0.989, 0.005, n),
                figure(top1 - 0.004, 0.012, n),
                figure(top1 - 0.002, 0.012, n),
                figure(0.231, 0.03, n),
                figure(0.0214, 0.006, n),
                0.731,
                new SplitMetrics.Uncalibrated(figure(0.311, 0.02, n), figure(0.124, 0.01, n)),
                classes.stream().map(name -> classMetrics(name, of)).toList(),
                pairs.entrySet().stream()
                        .map(e -> new SplitMetrics.Confusion(
                                e.getKey().get(0), e.getKey().get(1), e.getValue()))
                        .sorted(Comparator.comparingInt(c -> -c.count()))
                        .toList(),
                IntStream.range(0, 15).mapToObj(i -> bin(i, of)).toList());
    }

    private static SplitMetrics.ClassMetrics classMetrics(String name, List<Prediction> of) {
        int support = (int) of.stream().filter(p -> p.label().equals(name)).count();
        int predicted =
                (int) of.stream().filter(p -> p.predicted().equals(name)).count();
        int correct = (int)
                of.stream().filter(p -> p.label().equals(name) && p.correct()).count();
        return new SplitMetrics.ClassMetrics(
                name,
                support,
                predicted,
                correct,
                figure((double) correct / predicted, 0.06, predicted),
                figure((double) correct / support, 0.06, support),
                2.0 * correct / (support + predicted));
    }

    private static SplitMetrics.ReliabilityBin bin(int i, List<Prediction> of) {
        double low = i / 15.0;
        double high = (i + 1) / 15.0;
        List<Prediction> in = of.stream()
                .filter(p -> p.pPredicted() > low && p.pPredicted() <= high)
                .toList();
        return new SplitMetrics.ReliabilityBin(
                low,
                high,
                in.size(),
                in.stream().mapToDouble(Prediction::pPredicted).average().orElse(Double.NaN),
                in.stream().mapToDouble(p -> p.correct() ? 1 : 0).average().orElse(Double.NaN));
    }

    private static Figure figure(double value, double half, int n) {
        return new Figure(value, value - half, Math.min(1, value + half), n);
    }

    Configuration configuration(int size) {
        return new Configuration(
                "flowers102",
                new DataSettings(
                        DataSettings.Source.FLOWERS102,
                        Path.of("data/flowers102"),
                        null,
                        DataSettings.MissingMasks.STOP,
                        null,
                        true,
                        List.of(Split.TEST),
                        DataSettings.Invalid.STOP,
                        100_000_000L,
                        0.1,
                        0.2,
                        new DataSettings.Drawn(1, 1, 1, 64)),
                new ModelSettings(
                        null,
                        Path.of("resnet50.safetensors"),
                        null,
                        Path.of("data/weights"),
                        true,
                        null,
                        "auto",
                        null,
                        size),
                new ExternalSettings(
                        null,
                        null,
                        null,
                        null,
                        ExternalSettings.Layout.AUTO,
                        null,
                        ExternalSettings.Loader.GAZECHECK,
                        "auto",
                        0,
                        0,
                        null,
                        null,
                        null,
                        ExternalSettings.Order.AUTO,
                        ExternalSettings.Channels.AUTO,
                        4096,
                        180),
                new TrainSettings(
                        TrainSettings.Recipe.PROBE,
                        new TrainSettings.Views(true, 4, 0.4, 1, 0.2, 0.2, 0.2, 0),
                        new TrainSettings.Probe(TrainSettings.FeatureKind.HELLINGER, 0.1, List.of(1e-5, 1e-4), 200),
                        new TrainSettings.Finetune(
                                "layer4",
                                4,
                                12,
                                32,
                                TrainSettings.Optimizer.ADAMW,
                                1e-4,
                                1e-3,
                                0.01,
                                50,
                                0.1,
                                0,
                                0,
                                4,
                                1L << 33)),
                new MitigationSettings(null, List.of(), false, false, null),
                new EvaluateSettings(false, true, 1000),
                new AuditSettings(0.1, 500, 0, true, 10000, new AuditSettings.Trust(0, List.of("gradcam"), 8)),
                new ReportSettings(224, 10_000),
                new ReviewSettings(30, 20),
                new OutputSettings(folder),
                new CacheSettings(Path.of("cache"), 20_000_000_000L),
                new ComputeSettings(ComputeSettings.Inference.ONNX, 2, 8),
                42,
                new ExpectSettings(new ExpectSettings.Figures(0.9), new ExpectSettings.Figures(0.95)));
    }

    private static RgbImage drawn(int seed, int size) {
        byte[] rgb = new byte[3 * size * size];
        Arrays.setAll(new int[rgb.length], i -> rgb[i] = (byte) (seed * (1 + i % 3) + i / (3 * size)));
        return new RgbImage(size, size, rgb);
    }
}
