package org.gazecheck.metric;

import static org.gazecheck.metric.Metric.count;
import static org.gazecheck.metric.Metric.estimate;
import static org.gazecheck.metric.Metric.share;
import static org.gazecheck.metric.Metric.test;
import static org.gazecheck.metric.MetricSet.MISSING;
import static org.gazecheck.metric.MetricSet.MITIGATION;
import static org.gazecheck.metric.MetricSet.NEW;
import static org.gazecheck.metric.MetricSet.NIGHT;
import static org.gazecheck.metric.MetricSet.TEST;
import static org.gazecheck.metric.MetricSet.VAL;

import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.ToDoubleFunction;
import org.gazecheck.metric.Comparison.ClassMix;
import org.gazecheck.metric.Comparison.Features;
import org.gazecheck.metric.Comparison.Shares;
import org.gazecheck.metric.Comparison.Values;
import org.gazecheck.metric.Metric.Better;
import org.gazecheck.metric.Metric.Places;
import org.gazecheck.metric.Source.Elsewhere;
import org.gazecheck.metric.Source.OfImages;
import org.gazecheck.metric.Source.OfSplit;
import org.gazecheck.results.Figure;
import org.gazecheck.results.ImageProperties;
import org.gazecheck.results.Localisation;
import org.gazecheck.results.Prediction;
import org.gazecheck.results.SplitMetrics;
import org.gazecheck.stats.Purpose.Subject;

/** The registry. A new metric is an entry here, the place that measures it, and the table of {@code docs/metrics.md}. */
public final class MetricRegistry {
    private static final String PREDICTIONS = "predictions.csv";
    private static final String NIGHT_RECORD = "night.json";
    private static final String NO_MASKS = "no image has a mask that marks its object";
    private static final String NO_HEATMAPS = "there are no heatmaps";

    public static final Metric TOP1 = share(
                    "top1",
                    "top-1 accuracy (of a class, its recall)",
                    Better.HIGHER,
                    new OfSplit(all -> Optional.of(all.top1()), ofClass -> Optional.of(ofClass.recall())))
            .by(Places.BOTH)
            .compared(new Shares(Prediction::correct));
    public static final Metric ECE =
            estimate("ece", "expected calibration error, 15 bins", Unit.SHARE, Better.LOWER, split(SplitMetrics::ece));
    public static final Metric MASS_LIFT = localisation(
                    "mass_lift",
                    "mass accuracy over the object's share of the area",
                    Unit.TIMES_CHANCE,
                    Better.HIGHER,
                    heatmap(NO_MASKS, Localisation::massLift))
            .compared(new Values(Subject.COMPARED_MASS_LIFT))
            .showing(Drift.LOCALISATION);
    public static final Metric DRIFT = group("drift", Drift.ANY, "all tests of new images against earlier ones");
    public static final Metric CONTRADICTED = test(
                    "drift.contradicted_labels",
                    "labels that the network contradicts, another class being more probable by at least 0.5",
                    Unit.SHARE,
                    Better.LOWER,
                    new Elsewhere(PREDICTIONS))
            .compared(new Shares(Prediction::contradicted))
            .showing(Drift.LABELS);
    public static final Metric FEATURE_DISTRIBUTION = test(
                    "drift.feature_distribution",
                    "features of the images",
                    Unit.NONE,
                    Better.NEITHER,
                    new Elsewhere("features.npy"))
            .compared(new Features())
            .showing(Drift.FEATURES);
    public static final Metric LABEL_DISTRIBUTION =
            mix("drift.label_distribution", "mix of classes by label", new ClassMix(Subject.LABELS, Prediction::label));
    public static final Metric PREDICTION_DISTRIBUTION = mix(
            "drift.prediction_distribution",
            "mix of predicted classes",
            new ClassMix(Subject.PREDICTED_CLASSES, Prediction::predicted));
    public static final Metric IMAGES = count(
            "images",
            "images; `missing`: of the baseline, not there or not usable now",
            Unit.IMAGES,
            PREDICTIONS,
            VAL,
            TEST,
            NEW,
            MISSING);
    public static final Metric CLASSES =
            count("classes", "classes of the baseline without an image now", Unit.CLASSES, PREDICTIONS, MISSING);
    public static final Metric UNLABELLED =
            count("unlabelled", "new images without a label", Unit.IMAGES, NIGHT_RECORD, NEW);
    public static final Metric REFUSED =
            count("refused", "new files that are no usable image", Unit.FILES, NIGHT_RECORD, NEW);
    public static final Metric DUPLICATES =
            count("duplicates", "new files whose content is known already", Unit.IMAGES, NIGHT_RECORD, NEW);
    public static final Metric IGNORED =
            count("ignored", "new files that are no images by their names", Unit.FILES, NIGHT_RECORD, NEW);
    public static final Metric NEW_FINDINGS =
            count("findings", "findings of the audit of new images", Unit.FINDINGS, "findings.json", NEW);
    public static final Metric EARLIER =
            count("earlier", "nights before this one that the history knows", Unit.NIGHTS, NIGHT_RECORD, NIGHT);
    public static final Metric UNDELIVERED = count(
            "undelivered",
            "messages of the night before, and calls at the beginning of this one, that were not delivered",
            Unit.MESSAGES,
            NIGHT_RECORD,
            NIGHT);
    public static final Metric SECONDS = count("seconds", "how long the night took", Unit.SECONDS, NIGHT_RECORD, NIGHT);

    public static final Metric RECOMMENDED = count(
            "recommended",
            "whether a mended run is recommended in place of the one that it mends",
            Unit.TRUTH,
            "mitigation.json",
            MITIGATION);

    private static final List<Metric> ALL = List.of(
            TOP1,
            share("top5", "top-5 accuracy", Better.HIGHER, split(SplitMetrics::top5)),
            share(
                            "precision",
                            "precision",
                            Better.HIGHER,
                            new OfSplit(all -> Optional.empty(), ofClass -> Optional.of(ofClass.precision())))
                    .by(Places.CLASSES),
            estimate(
                    "balancedAccuracy",
                    "mean of the classes' recall",
                    Unit.SHARE,
                    Better.HIGHER,
                    split(SplitMetrics::balancedAccuracy)),
            estimate("macroF1", "mean of the classes' F1", Unit.SHARE, Better.HIGHER, split(SplitMetrics::macroF1)),
            estimate("logLoss", "log loss", Unit.NATS, Better.LOWER, split(SplitMetrics::logLoss)),
            ECE,
            estimate(
                            "confidence",
                            "probability of the predicted class",
                            Unit.SHARE,
                            Better.NEITHER,
                            new OfImages(
                                    PREDICTIONS, image -> image.prediction().pPredicted(), "nothing was predicted"))
                    .compared(new Values(Subject.CONFIDENCE))
                    .showing(Drift.CONFIDENCE),
            localisation(
                    "mass_accuracy",
                    "share of the heatmap's energy on the object",
                    Unit.SHARE,
                    Better.HIGHER,
                    heatmap(NO_MASKS, Localisation::massAccuracy)),
            MASS_LIFT,
            share(
                            "localisation.pointing_game",
                            "share of heatmaps that are hottest on the object (pointing game)",
                            Better.HIGHER,
                            heatmap(NO_MASKS, Localisation::pointingGame))
                    .by(Places.BOTH)
                    .alsoByOutcome(),
            localisation(
                            "border_mass",
                            "share of the heatmap's energy in the border band",
                            Unit.SHARE,
                            Better.LOWER,
                            heatmap(NO_HEATMAPS, Localisation::borderMass))
                    .compared(new Values(Subject.COMPARED_BORDER_MASS))
                    .showing(Drift.LOCALISATION),
            localisation(
                            "entropy",
                            "entropy of the heatmap: 0 is one cell, 1 is uniform",
                            Unit.SHARE,
                            Better.NEITHER,
                            heatmap(NO_HEATMAPS, Localisation::entropy))
                    .compared(new Values(Subject.COMPARED_ENTROPY))
                    .showing(Drift.LOCALISATION),
            DRIFT,
            group("drift.confidence", Drift.CONFIDENCE, "the test of `new.confidence`"),
            group("drift.localisation", Drift.LOCALISATION, "the tests of `new.localisation`"),
            group("drift.properties", Drift.PROPERTIES, "the tests of brightness to pixels"),
            group("drift.features", Drift.FEATURES, "the tests of `outlier_distance` and `feature_distribution`"),
            group("drift.labels", Drift.LABELS, "the test of `contradicted_labels`"),
            group("drift.classes", Drift.CLASSES, "the tests of `label_distribution` and `prediction_distribution`"),
            CONTRADICTED,
            test(
                            "drift.outlier_distance",
                            "distance from the training images, in robust standard deviations",
                            Unit.DEVIATIONS,
                            Better.LOWER,
                            new OfImages(
                                    "data-quality.csv",
                                    image -> image.quality() == null
                                            ? Double.NaN
                                            : image.quality().outlier(),
                                    "the audit measured no distances"))
                    .compared(new Values(Subject.OUTLIER))
                    .showing(Drift.FEATURES),
            property(
                    "brightness",
                    "brightness of the images",
                    Unit.SHARE,
                    Subject.BRIGHTNESS,
                    ImageProperties::brightness),
            property("contrast", "contrast of the images", Unit.SHARE, Subject.CONTRAST, ImageProperties::contrast),
            property(
                    "sharpness",
                    "sharpness of the images",
                    Unit.SQUARED_STEPS,
                    Subject.SHARPNESS,
                    ImageProperties::sharpness),
            property(
                    "saturation",
                    "saturation of the images",
                    Unit.SHARE,
                    Subject.SATURATION,
                    ImageProperties::saturation),
            property("aspect", "width by height", Unit.RATIO, Subject.ASPECT, ImageProperties::aspect),
            property("pixels", "pixels of an image", Unit.PIXELS, Subject.PIXELS, ImageProperties::pixels),
            FEATURE_DISTRIBUTION,
            LABEL_DISTRIBUTION,
            PREDICTION_DISTRIBUTION,
            IMAGES,
            CLASSES,
            UNLABELLED,
            REFUSED,
            DUPLICATES,
            IGNORED,
            NEW_FINDINGS,
            EARLIER,
            UNDELIVERED,
            SECONDS,
            RECOMMENDED);

    private MetricRegistry() {}

    /** All, in the order of the documentation. */
    public static List<Metric> all() {
        return ALL;
    }

    private static Source split(Function<SplitMetrics, Figure> figure) {
        return new OfSplit(all -> Optional.of(figure.apply(all)), ofClass -> Optional.empty());
    }

    private static Source heatmap(String absent, ToDoubleFunction<Localisation> value) {
        return new OfImages(
                "localisation.csv",
                image -> image.localisation() == null ? Double.NaN : value.applyAsDouble(image.localisation()),
                absent);
    }

    private static Metric localisation(String name, String title, Unit unit, Better better, Source heatmap) {
        return estimate("localisation." + name, title, unit, better, heatmap)
                .by(Places.BOTH)
                .alsoByOutcome();
    }

    private static Metric group(String quantity, Drift drift, String title) {
        return test(quantity, title, Unit.NONE, Better.NEITHER, new Elsewhere(""))
                .showing(drift);
    }

    private static Metric mix(String quantity, String title, ClassMix how) {
        return test(quantity, title, Unit.NONE, Better.NEITHER, new Elsewhere(PREDICTIONS))
                .compared(how)
                .showing(Drift.CLASSES);
    }

    private static Metric property(
            String name, String title, Unit unit, Subject subject, ToDoubleFunction<ImageProperties> value) {
        Source properties = new OfImages(
                "properties.csv",
                image -> image.properties() == null ? Double.NaN : value.applyAsDouble(image.properties()),
                "the audit measured no images");
        return test("drift." + name, title, unit, Better.NEITHER, properties)
                .compared(new Values(subject))
                .showing(Drift.PROPERTIES);
    }
}
