package org.gazecheck.gate;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import org.gazecheck.gate.Measure.Better;
import org.gazecheck.gate.Measure.Nature;

/** Everything that rules can speak of; names in braces stand for several, as in a shell. */
public final class Catalogue {
    private static final String SPLITS = "{val,test,new}.";
    private static final String ATTENTION = "{,val.,new.}attention.{all,correct,wrong}.";
    private static final double UNBOUNDED = Double.POSITIVE_INFINITY;

    private static final List<Family> FAMILIES = List.of(
            share(SPLITS + "top1", Where.BOTH, "share of images whose first class is right; of a class: its recall"),
            share(SPLITS + "top5", Where.OVERALL, "share of images whose class is among the first five"),
            share(SPLITS + "precision", Where.CLASSES, "share of the images predicted as the class that are of it"),
            estimate(SPLITS + "balancedAccuracy", Where.OVERALL, Better.HIGHER, 1, "mean of the classes' recall"),
            estimate(SPLITS + "macroF1", Where.OVERALL, Better.HIGHER, 1, "mean of the classes' F1"),
            estimate(SPLITS + "logLoss", Where.OVERALL, Better.LOWER, UNBOUNDED, "mean log loss, in nats"),
            estimate(SPLITS + "ece", Where.OVERALL, Better.LOWER, 1, "expected calibration error, 15 bins"),
            estimate(
                    SPLITS + "confidence",
                    Where.BOTH,
                    Better.NEITHER,
                    1,
                    "mean probability of the predicted class; of a class: over images predicted as it"),
            estimate(
                    ATTENTION + "insideMask.share",
                    Where.BOTH,
                    Better.HIGHER,
                    1,
                    "mean share of the heatmap's energy on the object; of test where no split is named"),
            estimate(
                    ATTENTION + "insideMask.lift",
                    Where.BOTH,
                    Better.HIGHER,
                    UNBOUNDED,
                    "the same over what an even heatmap would have there: 1 is chance"),
            share(
                    ATTENTION + "pointing",
                    Where.BOTH,
                    "share of images whose heatmap is hottest on the object (pointing game)"),
            estimate(
                    ATTENTION + "border.share",
                    Where.BOTH,
                    Better.LOWER,
                    1,
                    "mean share of the heatmap's energy in the border band"),
            estimate(
                    ATTENTION + "entropy",
                    Where.BOTH,
                    Better.NEITHER,
                    1,
                    "mean entropy of the heatmap: 0 is one cell, 1 is everywhere"),
            tests("new.drift", "all tests of new images against the baseline, those of the next row together"),
            tests(
                    "new.drift.{confidence,attention,properties,features,labels,classes}",
                    "of the confidence, the heatmaps, the photographs' properties, the features before the head,"
                            + " the suspicion of labels, the mix of classes"),
            count("{val,test,new}.images", "images of the split"),
            count("new.unlabelled", "new images without a label"),
            count("new.refused", "new files that are no usable photograph"),
            count("new.duplicates", "new images that were there already"),
            count("missing.{images,classes}", "what the baseline had and this night has no more"),
            count("night.seconds", "how long the night took"));

    private static final List<Measure> MEASURES =
            FAMILIES.stream().flatMap(family -> family.measures().stream()).toList();

    private Catalogue() {}

    private enum Where {
        OVERALL,
        CLASSES,
        BOTH
    }

    private record Family(String pattern, Where where, Nature nature, Better better, double most, String meaning) {
        List<Measure> measures() {
            return expanded(pattern).stream()
                    .map(name -> new Measure(
                            name, meaning, nature, better, 0, most, where != Where.CLASSES, where != Where.OVERALL))
                    .toList();
        }

        String compared() {
            return switch (nature) {
                case SHARE -> "share, exact";
                case ESTIMATE -> most == 1 ? "0 to 1, by interval" : "0 or more, by interval";
                case COUNT -> "count, as it is";
                case TESTS -> "`is none`";
            };
        }

        String classes() {
            return switch (where) {
                case OVERALL -> "";
                case CLASSES -> "only";
                case BOTH -> "yes";
            };
        }

        String good() {
            return switch (better) {
                case HIGHER -> "higher";
                case LOWER -> "lower";
                case NEITHER -> "";
            };
        }
    }

    private static Family share(String pattern, Where where, String meaning) {
        return new Family(pattern, where, Nature.SHARE, Better.HIGHER, 1, meaning);
    }

    private static Family estimate(String pattern, Where where, Better better, double most, String meaning) {
        return new Family(pattern, where, Nature.ESTIMATE, better, most, meaning);
    }

    private static Family count(String pattern, String meaning) {
        return new Family(pattern, Where.OVERALL, Nature.COUNT, Better.NEITHER, UNBOUNDED, meaning);
    }

    private static Family tests(String pattern, String meaning) {
        return new Family(pattern, Where.OVERALL, Nature.TESTS, Better.NEITHER, UNBOUNDED, meaning);
    }

    /** Everything, in the order of the documentation. */
    public static List<Measure> measures() {
        return MEASURES;
    }

    /** What a name stands for. */
    public static Optional<Measure> of(String name) {
        return MEASURES.stream().filter(measure -> measure.name().equals(name)).findFirst();
    }

    /** For {@code docs/gates.md}: a table in Markdown. */
    public static String markdown() {
        return FAMILIES.stream()
                .map(family -> "| `" + family.pattern + "` | " + family.meaning + " | " + family.compared() + " | "
                        + family.good() + " | " + family.classes() + " |\n")
                .collect(Collectors.joining(
                        "", "| name | what | compared | better | each class |\n|---|---|---|---|---|\n", ""));
    }

    /** For {@code --help}: names, each with its meaning below. */
    public static String text() {
        return FAMILIES.stream()
                .map(family -> family.pattern + "\n    " + family.meaning + "\n")
                .collect(Collectors.joining());
    }

    private static List<String> expanded(String pattern) {
        int open = pattern.indexOf('{');
        if (open < 0) {
            return List.of(pattern);
        }
        int close = pattern.indexOf('}', open);
        List<String> names = new ArrayList<>();
        for (String choice : pattern.substring(open + 1, close).split(",", -1)) {
            names.addAll(expanded(pattern.substring(0, open) + choice + pattern.substring(close + 1)));
        }
        return names;
    }
}
