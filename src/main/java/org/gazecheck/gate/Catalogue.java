package org.gazecheck.gate;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import org.gazecheck.gate.Measure.Better;
import org.gazecheck.gate.Measure.Nature;
import org.gazecheck.gate.Measure.Places;

/** Everything that rules can speak of; names in braces stand for several, as in a shell. */
public final class Catalogue {
    private static final String SPLITS = "{val,test,new}.";
    private static final String ATTENTION = "{,val.,new.}attention.all.";
    private static final String ATTENTION_BY_OUTCOME = "{,val.,new.}attention.{correct,wrong}.";
    private static final double UNBOUNDED = Double.POSITIVE_INFINITY;

    private static final List<Family> FAMILIES = List.of(
            share(
                    SPLITS + "top1",
                    Places.BOTH,
                    Places.BOTH,
                    "share of images whose predicted class is correct; of a class: its recall"),
            share(SPLITS + "top5", Places.OVERALL, Places.NONE, "share of images whose class is among the first five"),
            share(
                    SPLITS + "precision",
                    Places.CLASSES,
                    Places.NONE,
                    "share of the images predicted as the class that are of it"),
            estimate(
                    SPLITS + "balancedAccuracy",
                    Places.OVERALL,
                    Places.NONE,
                    Better.HIGHER,
                    1,
                    "mean of the classes' recall"),
            estimate(SPLITS + "macroF1", Places.OVERALL, Places.NONE, Better.HIGHER, 1, "mean of the classes' F1"),
            estimate(
                    SPLITS + "logLoss", Places.OVERALL, Places.NONE, Better.LOWER, UNBOUNDED, "mean log loss, in nats"),
            estimate(
                    SPLITS + "ece",
                    Places.OVERALL,
                    Places.NONE,
                    Better.LOWER,
                    1,
                    "expected calibration error, 15 bins"),
            estimate(
                    SPLITS + "confidence",
                    Places.OVERALL,
                    Places.OVERALL,
                    Better.NEITHER,
                    1,
                    "mean probability of the predicted class"),
            estimate(
                    ATTENTION + "insideMask.share",
                    Places.BOTH,
                    Places.NONE,
                    Better.HIGHER,
                    1,
                    "mean share of the heatmap's energy on the object; of test where no split is named"),
            estimate(
                    ATTENTION + "insideMask.lift",
                    Places.BOTH,
                    Places.OVERALL,
                    Better.HIGHER,
                    UNBOUNDED,
                    "the same divided by what a uniform heatmap would have there: 1 is chance"),
            share(
                    ATTENTION + "pointing",
                    Places.BOTH,
                    Places.NONE,
                    "share of images whose heatmap is hottest on the object (pointing game)"),
            estimate(
                    ATTENTION + "border.share",
                    Places.BOTH,
                    Places.OVERALL,
                    Better.LOWER,
                    1,
                    "mean share of the heatmap's energy in the border band"),
            estimate(
                    ATTENTION + "entropy",
                    Places.BOTH,
                    Places.OVERALL,
                    Better.NEITHER,
                    1,
                    "mean entropy of the heatmap: 0 is one cell, 1 is uniform"),
            estimate(
                    ATTENTION_BY_OUTCOME + "insideMask.share",
                    Places.OVERALL,
                    Places.NONE,
                    Better.HIGHER,
                    1,
                    "of the correct, or the wrong predictions alone"),
            estimate(
                    ATTENTION_BY_OUTCOME + "insideMask.lift",
                    Places.OVERALL,
                    Places.NONE,
                    Better.HIGHER,
                    UNBOUNDED,
                    "likewise"),
            share(ATTENTION_BY_OUTCOME + "pointing", Places.OVERALL, Places.NONE, "likewise"),
            estimate(ATTENTION_BY_OUTCOME + "border.share", Places.OVERALL, Places.NONE, Better.LOWER, 1, "likewise"),
            estimate(ATTENTION_BY_OUTCOME + "entropy", Places.OVERALL, Places.NONE, Better.NEITHER, 1, "likewise"),
            tests("new.drift", "all tests of new images against the baseline, those of the next row together"),
            tests(
                    "new.drift.{confidence,attention,properties,features,labels,classes}",
                    "of the confidence, the heatmaps, the images' properties, the features before the head,"
                            + " the suspicion of labels, the mix of classes"),
            count("{val,test,new}.images", "images of the split"),
            count("new.unlabelled", "new images without a label"),
            count("new.refused", "new files that are no usable image"),
            count("new.duplicates", "new files whose content is known already"),
            count("missing.{images,classes}", "images of the baseline that are missing now"),
            count("night.seconds", "how long the night took"));

    private static final List<Measure> MEASURES =
            FAMILIES.stream().flatMap(family -> family.measures().stream()).toList();

    private Catalogue() {}

    private record Family(
            String pattern,
            Places places,
            Places comparisons,
            Nature nature,
            Better better,
            double most,
            String meaning) {
        List<Measure> measures() {
            return expanded(pattern).stream()
                    .map(name -> new Measure(name, meaning, nature, better, 0, most, places, comparisons))
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
            return places.byClass() ? places.overall() ? "yes" : "only" : "";
        }

        String baseline() {
            return comparisons.overall() ? comparisons.byClass() ? "yes, each class too" : "yes" : "";
        }

        String good() {
            return switch (better) {
                case HIGHER -> "higher";
                case LOWER -> "lower";
                case NEITHER -> "";
            };
        }
    }

    private static Family share(String pattern, Places places, Places comparisons, String meaning) {
        return new Family(pattern, places, comparisons, Nature.SHARE, Better.HIGHER, 1, meaning);
    }

    private static Family estimate(
            String pattern, Places places, Places comparisons, Better better, double most, String meaning) {
        return new Family(pattern, places, comparisons, Nature.ESTIMATE, better, most, meaning);
    }

    private static Family count(String pattern, String meaning) {
        return new Family(pattern, Places.OVERALL, Places.NONE, Nature.COUNT, Better.NEITHER, UNBOUNDED, meaning);
    }

    private static Family tests(String pattern, String meaning) {
        return new Family(pattern, Places.OVERALL, Places.NONE, Nature.TESTS, Better.NEITHER, UNBOUNDED, meaning);
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
                        + family.good() + " | " + family.classes() + " | " + family.baseline() + " |\n")
                .collect(Collectors.joining(
                        "",
                        "| name | what | compared | better | each class | with the baseline"
                                + " |\n|---|---|---|---|---|---|\n",
                        ""));
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
