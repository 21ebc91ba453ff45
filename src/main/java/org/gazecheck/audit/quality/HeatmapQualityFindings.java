package org.gazecheck.audit.quality;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.OptionalDouble;
import java.util.stream.Collectors;
import org.gazecheck.results.Figure;
import org.gazecheck.results.Finding;
import org.gazecheck.results.Finding.Severity;
import org.gazecheck.results.FindingKind;
import org.gazecheck.results.Findings;
import org.gazecheck.results.HeatmapQuality;
import org.gazecheck.results.HeatmapQuality.Measure;
import org.gazecheck.results.HeatmapQuality.Method;
import org.gazecheck.results.Statement;

/** What the tests of heatmaps say against a method; of one that nothing in this run rests on it is for information only. */
final class HeatmapQualityFindings {
    private HeatmapQualityFindings() {}

    /** @param used the method of this run's maps */
    static Findings of(HeatmapQuality quality, String used) {
        List<Finding> findings = new ArrayList<>();
        for (Method method : quality.methods()) {
            if (method.survivesRandomisation()) {
                findings.add(new Finding(
                        FindingKind.HEATMAP_FAILS_RANDOMISATION,
                        method.name(),
                        weighed(failsRandomisation(method), method.name().equals(used))));
            }
            if (!method.beatsGaussian()) {
                findings.add(new Finding(
                        FindingKind.HEATMAP_NOT_FAITHFUL,
                        method.name(),
                        weighed(notFaithful(method), method.name().equals(used))));
            }
        }
        return new Findings(findings, List.of());
    }

    private static Statement weighed(Statement statement, boolean used) {
        return used ? statement : statement.of(Severity.INFO);
    }

    /** High where maps survive all weights; medium where they outlive the head alone. */
    private static Statement failsRandomisation(Method method) {
        boolean whole = Verdict.survivesWhole(method.randomisation());
        Figure figure = method.randomisation()
                .get(whole ? method.randomisation().size() - 1 : 0)
                .rankCorrelation();
        String text = String.format(
                Locale.ROOT,
                "With %s random, maps of %s still correlate with those of the trained network: rank correlation %.2f"
                        + " (%.2f to %.2f, %d images).",
                whole ? "all weights" : "the head's weights",
                method.name(),
                figure.value(),
                figure.low(),
                figure.high(),
                figure.n());
        String advice = whole
                ? "Do not read these maps as what the network learned: use a method that passes."
                : FindingKind.HEATMAP_FAILS_RANDOMISATION.advice();
        return statement(whole ? Severity.HIGH : Severity.MEDIUM, text, figure, advice);
    }

    private static Statement notFaithful(Method method) {
        List<Measure> against = Verdict.notBeaten(method.faithfulness());
        Measure first = against.get(0);
        String measures = against.stream()
                .map(measure -> String.format(
                        Locale.ROOT,
                        "%s %.3f against %.3f (better by %.3f, %.3f to %.3f)",
                        measure.name(),
                        measure.mean().value(),
                        measure.gaussian().value(),
                        measure.overGaussian().value(),
                        measure.overGaussian().low(),
                        measure.overGaussian().high()))
                .collect(Collectors.joining("; "));
        String text = String.format(
                Locale.ROOT,
                "Maps of %s do not beat a Gaussian in the middle of the image: %s (%d images).",
                method.name(),
                measures,
                first.mean().n());
        return statement(Severity.LOW, text, first.overGaussian(), FindingKind.HEATMAP_NOT_FAITHFUL.advice());
    }

    private static Statement statement(Severity severity, String text, Figure figure, String advice) {
        return new Statement(
                severity,
                text,
                figure.value(),
                figure.low(),
                figure.high(),
                OptionalDouble.empty(),
                OptionalDouble.empty(),
                figure.n(),
                List.of(),
                advice);
    }
}
