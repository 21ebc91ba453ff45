package org.gazecheck.audit.trust;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.OptionalDouble;
import java.util.stream.Collectors;
import org.gazecheck.results.Figure;
import org.gazecheck.results.Finding;
import org.gazecheck.results.Finding.Severity;
import org.gazecheck.results.Findings;
import org.gazecheck.results.MapTrust;
import org.gazecheck.results.MapTrust.Measure;
import org.gazecheck.results.MapTrust.Method;
import org.gazecheck.results.Statement;

/** What the tests of heatmaps say against a method. */
final class MapTrustFindings {
    private MapTrustFindings() {}

    static Findings of(MapTrust trust) {
        List<Finding> findings = new ArrayList<>();
        for (Method method : trust.methods()) {
            if (method.survivesRandomisation()) {
                findings.add(new Finding.MapMethodUnfit(method.name(), unfit(method)));
            }
            if (!method.beatsGaussian()) {
                findings.add(new Finding.MapMethodUnproven(method.name(), unproven(method)));
            }
        }
        return new Findings(findings, List.of());
    }

    /** High where maps outlive all weights; medium where they outlive the head alone. */
    private static Statement unfit(Method method) {
        boolean whole = Verdict.survivesWhole(method.randomised());
        Figure figure = method.randomised()
                .get(whole ? method.randomised().size() - 1 : 0)
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
                : "Do not read these maps as reasons for a class: they show what the layer reacts to.";
        return statement(whole ? Severity.HIGH : Severity.MEDIUM, text, figure, advice);
    }

    private static Statement unproven(Method method) {
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
                "Maps of %s do not beat a Gaussian in the middle of the photograph: %s (%d images).",
                method.name(),
                measures,
                first.mean().n());
        return statement(
                Severity.LOW,
                text,
                first.overGaussian(),
                "Do not take these maps as evidence on these images: objects in the middle would look the same.");
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
