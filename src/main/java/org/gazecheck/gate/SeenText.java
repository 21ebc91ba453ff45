package org.gazecheck.gate;

import java.util.List;
import java.util.stream.Collectors;
import org.gazecheck.gate.BaselineComparison.Effect;
import org.gazecheck.gate.Examination.Critical;
import org.gazecheck.gate.Seen.OfComparison;
import org.gazecheck.gate.Seen.OfFigure;
import org.gazecheck.gate.Seen.OfFinding;
import org.gazecheck.gate.Seen.OfTest;
import org.gazecheck.io.Printable;
import org.gazecheck.metric.Metric;
import org.gazecheck.metric.Metric.Nature;
import org.gazecheck.metric.MetricId;
import org.gazecheck.results.Finding;

/** What a rule looked at, in words and figures; clauses without a full stop. */
final class SeenText {
    private SeenText() {}

    /** {@code test.top1 is 82.0 %}. */
    static String statement(Seen seen) {
        if (seen instanceof OfFigure figure) {
            return name(figure.id()) + " is " + Wording.figure(figure.id().metric(), figure.figure());
        }
        if (seen instanceof OfComparison comparison) {
            return statement(comparison.id(), comparison.comparison());
        }
        if (seen instanceof OfTest of) {
            DriftTest test = of.test();
            return test.id().metric().title() + " (" + test.id() + "): " + test.unit() + " "
                    + Wording.plain(test.effect()) + ", " + Wording.images(test.n());
        }
        if (seen instanceof OfFinding of) {
            Finding finding = of.finding();
            return Printable.of(finding.id()) + " (" + finding.severity().text()
                    + (finding.grade() == null ? "" : ", " + finding.grade().text()) + "): "
                    + Printable.of(finding.text()).replaceAll("\\.$", "");
        }
        if (seen instanceof Seen.OfVerdict of) {
            return "the verdict is '" + of.verdict().level().text() + "': "
                    + Printable.of(of.verdict().sentence()).replaceAll("\\.$", "");
        }
        return ((Seen.Nothing) seen).reason();
    }

    /** {@code test.top1 is 82.0 %, below 89 %}. */
    static String said(Seen seen) {
        String violation = violation(seen);
        return statement(seen) + (violation.isEmpty() ? "" : ", " + violation);
    }

    private static String violation(Seen seen) {
        if (seen instanceof OfFigure figure) {
            Rule.Threshold rule = figure.rule();
            return rule.operator().violated() + " " + Wording.amount(figure.id().metric(), rule.value());
        }
        if (seen instanceof OfComparison comparison) {
            Rule.AgainstBaseline rule = comparison.rule();
            return (rule.anyDifference() ? "different" : "worse")
                    + (rule.margin() == 0
                            ? ""
                            : " by more than " + Wording.amount(comparison.id().metric(), rule.margin()));
        }
        return seen instanceof OfTest ? "changed" : "";
    }

    private static String statement(MetricId id, BaselineComparison comparison) {
        Metric metric = id.metric();
        Effect effect = comparison.effect();
        String interval = Double.isNaN(effect.low())
                ? ""
                : "95 % interval " + step(metric, effect, effect.low()) + " to " + step(metric, effect, effect.high())
                        + ", ";
        return name(id) + " is " + Wording.amount(metric, comparison.now()) + ", on the baseline "
                + Wording.amount(metric, comparison.before()) + ": " + (effect.ranked() ? "Cliff's delta " : "")
                + step(metric, effect, effect.size()) + " (" + interval + Wording.images(comparison.n()) + ")";
    }

    private static String step(Metric metric, Effect effect, double size) {
        return effect.ranked() ? Wording.signed(size) : Wording.difference(metric, size);
    }

    /** After "it would fail": {@code at 57.1 % (8 of 14) or below}. */
    static String where(Critical critical) {
        if (critical.seen() instanceof OfFigure figure) {
            return first(figure.id()) + where(figure, critical.at().get(0));
        }
        if (critical.seen() instanceof OfComparison comparison) {
            return first(comparison.id()) + where(comparison, critical.at());
        }
        return "from a " + ((OfTest) critical.seen()).test().unit() + " of ±"
                + Wording.plain(critical.at().get(0)) + " on";
    }

    private static String where(OfFigure seen, double value) {
        boolean counted = seen.id().metric().nature() == Nature.SHARE;
        String amount = Wording.amountApart(
                seen.id().metric(), value, seen.rule().value(), seen.figure().value());
        return "at " + (counted ? amount + ofImages(value, seen.figure().n()) : "about " + amount)
                + (seen.rule().operator().boundsBelow() ? " or below" : " or above")
                + (counted ? "" : ", with tonight's spread");
    }

    private static String where(OfComparison seen, List<Double> steps) {
        boolean bothWays = steps.size() == 2 && steps.get(0) == -steps.get(1);
        String text = steps.stream()
                .skip(bothWays ? 1 : 0)
                .map(size -> leastStep(seen, size))
                .collect(Collectors.joining(" or "));
        return (seen.comparison().effect().ranked() ? "from a Cliff's delta of " : "from ")
                + (bothWays ? text.replace("+", "±") : text) + " on";
    }

    /** A step that would fail, with the images that it would be. */
    private static String leastStep(OfComparison seen, double size) {
        BaselineComparison comparison = seen.comparison();
        Metric metric = seen.id().metric();
        if (comparison.effect().ranked()) {
            return Wording.signed(size);
        }
        String step =
                Wording.differenceApart(metric, size, 0, comparison.effect().size());
        return metric.nature() == Nature.SHARE ? step + ofImages(comparison.before() + size, comparison.n()) : step;
    }

    private static String ofImages(double share, int n) {
        return " (" + Math.round(share * n) + " of " + n + ")";
    }

    /** Which part would be the first to fail, where there are several. */
    private static String first(MetricId id) {
        return id.ofClass()
                .map(label -> "first for " + Printable.of(label) + ", ")
                .orElse("");
    }

    private static String name(MetricId id) {
        return id.text()
                + id.ofClass().map(label -> " of " + Printable.of(label)).orElse("");
    }
}
