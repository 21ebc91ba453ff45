package org.gazecheck.report;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import org.gazecheck.report.page.Page.Cascade;
import org.gazecheck.report.page.Page.Estimate;
import org.gazecheck.report.page.Page.FaithfulnessGroup;
import org.gazecheck.report.page.Page.FaithfulnessRow;
import org.gazecheck.report.page.Page.Heatmaps;
import org.gazecheck.report.page.Page.Judged;
import org.gazecheck.report.page.Page.MethodVerdict;
import org.gazecheck.report.page.Page.Similarities;
import org.gazecheck.report.page.Page.SimilarityCell;
import org.gazecheck.report.page.Page.SimilarityRow;
import org.gazecheck.results.Figure;
import org.gazecheck.results.HeatmapQuality;
import org.gazecheck.results.HeatmapQuality.Measure;
import org.gazecheck.results.HeatmapQuality.Method;
import org.gazecheck.results.HeatmapQuality.Similarity;

/** The tests of the heatmaps in the words of the page. */
final class HeatmapQualitySection {
    private HeatmapQualitySection() {}

    static Heatmaps of(HeatmapQuality quality) {
        Similarities randomisation = similarities(quality, Method::randomisation, HeatmapQualitySection::step);
        List<Cascade> cascades = quality.methods().stream()
                .filter(method -> !method.randomisation().isEmpty())
                .map(CascadeChart::of)
                .toList();
        return new Heatmaps(
                Numbers.count(quality.images()) + (quality.images() == 1 ? " image" : " images")
                        + ", maps of the predicted class at the output of " + quality.layer() + ".",
                quality.methods().stream().map(HeatmapQualitySection::verdict).toList(),
                "Fails: with all weights random the maps still correlate with the trained network's above "
                        + Numbers.fixed(HeatmapQuality.SURVIVES, 1) + ", or with the head alone random above "
                        + Numbers.fixed(HeatmapQuality.UNCHANGED, 1)
                        + " (rank correlation, with its interval). To beat the"
                        + " Gaussian, a method must be better by insertion, deletion and ROAD, each with its interval.",
                faithfulness(quality),
                cascades,
                randomisation.rows().isEmpty() ? null : randomisation,
                similarities(quality, Method::robustness, HeatmapQualitySection::perturbation));
    }

    private static MethodVerdict verdict(Method method) {
        List<Similarity> cascade = method.randomisation();
        Judged randomisation = cascade.isEmpty()
                ? new Judged("open", "not tested", "")
                : new Judged(
                        method.survivesRandomisation() ? "wrong" : "right",
                        method.survivesRandomisation() ? "fails" : "passes",
                        "head random " + correlation(cascade.get(0)) + ", all random "
                                + correlation(cascade.get(cascade.size() - 1)));
        Judged gaussian = new Judged(
                method.beatsGaussian() ? "right" : "open",
                method.beatsGaussian() ? "beats it" : "does not beat it",
                "insertion, deletion, ROAD");
        Optional<Similarity> least = method.robustness().stream()
                .min(Comparator.comparingDouble(s -> s.rankCorrelation().value()));
        Judged robustness = least.map(s -> new Judged("open", correlation(s), perturbation(s.name())))
                .orElse(new Judged("open", "not tested", ""));
        return new MethodVerdict(method.name(), randomisation, gaussian, robustness);
    }

    private static String correlation(Similarity similarity) {
        return Numbers.fixed(similarity.rankCorrelation().value(), 2);
    }

    private static List<FaithfulnessGroup> faithfulness(HeatmapQuality quality) {
        List<FaithfulnessGroup> groups = new ArrayList<>();
        for (String name : names(
                quality,
                method -> method.faithfulness().stream().map(Measure::name).toList())) {
            List<FaithfulnessRow> rows = new ArrayList<>();
            for (Method method : quality.methods()) {
                method.faithfulness().stream()
                        .filter(measure -> measure.name().equals(name))
                        .forEach(measure -> rows.add(row(method.name(), measure)));
            }
            groups.add(new FaithfulnessGroup(title(name), hint(name), rows));
        }
        return groups;
    }

    private static FaithfulnessRow row(String method, Measure measure) {
        return new FaithfulnessRow(
                method,
                estimate(measure.mean(), 3),
                estimate(measure.random(), 3),
                estimate(measure.gaussian(), 3),
                better(measure.overRandom()),
                better(measure.overGaussian()));
    }

    private static Judged better(Figure difference) {
        String value = Numbers.signed(difference.value(), 3);
        String interval = Numbers.signedInterval(difference.low(), difference.high(), 3);
        if (difference.low() > 0) {
            return new Judged("right", value + " better", interval);
        }
        return difference.high() < 0
                ? new Judged("wrong", value + " worse", interval)
                : new Judged("open", value + " undecided", interval);
    }

    private static Similarities similarities(
            HeatmapQuality quality, Function<Method, List<Similarity>> of, Function<String, String> inWords) {
        List<SimilarityRow> rows = new ArrayList<>();
        for (String name : names(
                quality,
                method -> of.apply(method).stream().map(Similarity::name).toList())) {
            List<SimilarityCell> cells = quality.methods().stream()
                    .map(method -> of.apply(method).stream()
                            .filter(s -> s.name().equals(name))
                            .findFirst()
                            .map(s -> new SimilarityCell(
                                    estimate(s.rankCorrelation(), 2),
                                    Numbers.fixed(s.structuralSimilarity().value(), 2)))
                            .orElse(new SimilarityCell(new Estimate(Numbers.NONE, ""), Numbers.NONE)))
                    .toList();
            rows.add(new SimilarityRow(inWords.apply(name), cells));
        }
        return new Similarities(quality.methods().stream().map(Method::name).toList(), rows);
    }

    private static Set<String> names(HeatmapQuality quality, Function<Method, List<String>> of) {
        Set<String> names = new LinkedHashSet<>();
        quality.methods().forEach(method -> names.addAll(of.apply(method)));
        return names;
    }

    private static Estimate estimate(Figure figure, int decimals) {
        return new Estimate(
                Numbers.fixed(figure.value(), decimals),
                figure.low() < 0
                        ? Numbers.signedInterval(figure.low(), figure.high(), decimals)
                        : Numbers.interval(figure.low(), figure.high(), decimals));
    }

    private static String title(String measure) {
        return switch (measure) {
            case "insertion" -> "Insertion";
            case "deletion" -> "Deletion";
            case "road" -> "ROAD";
            case "average-drop" -> "Average drop";
            case "increase" -> "Increase";
            default -> measure;
        };
    }

    private static String hint(String measure) {
        return switch (measure) {
            case "insertion" -> "confidence as the most relevant pixels come first; 0 to 1, high is good";
            case "deletion" -> "confidence as the most relevant pixels go first; 0 to 1, low is good";
            case "road" -> "what the most relevant pixels are worth over the least relevant; −0.5 to 0.5, high is good";
            case "average-drop" -> "confidence lost where only the map's regions stay; low is good, no verdict";
            case "increase" -> "share of images whose confidence rises by that; high is good, no verdict";
            default -> "";
        };
    }

    private static String step(String name) {
        return name.equals("head") ? "head" : "… and " + name;
    }

    private static String perturbation(String name) {
        return switch (name) {
            case "shift" -> "shifted by a 28th of the side";
            case "brightness" -> "a tenth brighter";
            case "jpeg" -> "JPEG of quality 0.5";
            default -> name;
        };
    }
}
