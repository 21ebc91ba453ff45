package org.gazecheck.report;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.gazecheck.config.ExpectSettings;
import org.gazecheck.report.page.Page.Card;
import org.gazecheck.report.page.Page.Expected;
import org.gazecheck.report.page.Page.Reading;
import org.gazecheck.results.Calibration;
import org.gazecheck.results.Figure;
import org.gazecheck.results.Finding;
import org.gazecheck.results.Findings;
import org.gazecheck.results.Metrics;
import org.gazecheck.results.Reason;
import org.gazecheck.results.Split;
import org.gazecheck.results.SplitMetrics;
import org.gazecheck.stats.Interval;
import org.gazecheck.stats.TwoProportions;
import org.jspecify.annotations.Nullable;

/** The figures at the top of the page and the verdict in words. */
final class Headline {
    private final Metrics metrics;
    private final @Nullable ExpectSettings expect;
    private final Baseline baseline;

    Headline(Metrics metrics, @Nullable ExpectSettings expect, Baseline baseline) {
        this.metrics = metrics;
        this.expect = expect;
        this.baseline = baseline;
    }

    /** An evaluated split with its figures. */
    record Evaluated(Split split, SplitMetrics metrics) {}

    /** What the page is about: test, or val when there is no test, or what is new; empty without labels. */
    Optional<Evaluated> primary() {
        return Stream.of(Split.TEST, Split.VAL, Split.NEW)
                .flatMap(split -> metrics.of(split).map(of -> new Evaluated(split, of)).stream())
                .findFirst();
    }

    List<Card> cards() {
        List<Card> cards = new ArrayList<>();
        cards.add(percentCard("Top-1 accuracy", "the first class is the true one", SplitMetrics::top1, true));
        cards.add(percentCard("Top-5 accuracy", "the true class is among the first five", SplitMetrics::top5, false));
        cards.add(percentCard(
                "Macro F1", "F1 of precision and recall, every class counts the same", SplitMetrics::macroF1, false));
        cards.add(percentCard(
                "Balanced accuracy", "mean of the classes' accuracies", SplitMetrics::balancedAccuracy, false));
        cards.add(card(
                "Log loss",
                "mean −ln of the true class's probability; lower is better",
                SplitMetrics::logLoss,
                f -> Numbers.fixed(f.value(), 3),
                f -> Numbers.interval(f.low(), f.high(), 3),
                false));
        cards.add(percentCard(
                "Calibration error",
                "expected calibration error: how far confidence is from accuracy; lower is better",
                SplitMetrics::ece,
                false));
        return cards;
    }

    /** Three sentences: how often it is right, where it looks, what the audit holds against it. */
    String verdict(
            int classes,
            int predictions,
            Optional<LocalisationSummary> localisation,
            Findings findings,
            boolean audited) {
        Optional<Evaluated> primary = primary();
        if (primary.isEmpty()) {
            return predictions == 0
                    ? "No split was evaluated, so nothing can be said about this model yet."
                    : "No image has a label, so how often the model is right cannot be said here.";
        }
        Split split = primary.get().split();
        Figure top1 = primary.get().metrics().top1();
        StringBuilder text = new StringBuilder()
                .append("The model predicts the correct one of ")
                .append(Numbers.count(classes))
                .append(" classes for ")
                .append(Numbers.percent(top1.value()))
                .append(" of ")
                .append(Numbers.count(top1.n()))
                .append(' ')
                .append(split.text())
                .append(" images (95 % interval ")
                .append(Numbers.percentInterval(top1))
                .append(")");
        text.append(expected(split, top1)
                .map(of -> ", " + sentence(of.state()) + ".")
                .orElse("."));
        localisation.filter(of -> of.massAccuracy().n() > 0).ifPresent(of -> text.append(" On average ")
                .append(Numbers.percent(of.massAccuracy().mean()))
                .append(" of its heatmap energy lies on the object, which covers ")
                .append(Numbers.percent(of.maskArea().mean()))
                .append(" of the image."));
        if (audited) {
            text.append(' ').append(audit(findings));
        }
        return text.toString();
    }

    /** What is not alike on val and on test by more than chance, a sentence each; may be empty. */
    List<String> cautions() {
        List<String> cautions = new ArrayList<>();
        SplitMetrics val = metrics.val();
        SplitMetrics test = metrics.test();
        if (val != null && test == null) {
            cautions.add(
                    "There is no test set: figures and findings are of val, and may be too favourable where training chose"
                            + " by it.");
        }
        if (val != null && test != null && val.top1().n() > 0 && test.top1().n() > 0) {
            TwoProportions accuracy = new TwoProportions(
                    hits(val.top1()),
                    val.top1().n(),
                    hits(test.top1()),
                    test.top1().n());
            Interval interval = accuracy.interval();
            if (interval.low() > 0 || interval.high() < 0) {
                cautions.add(Numbers.percent(val.top1().value()) + " right on val, "
                        + Numbers.percent(test.top1().value()) + " on test: a difference of "
                        + Numbers.fixed(100 * Math.abs(accuracy.difference()), 1)
                        + " percentage points, which is more than chance (95 % interval "
                        + (interval.low() > 0
                                ? Numbers.interval(100 * interval.low(), 100 * interval.high(), 1)
                                : Numbers.interval(-100 * interval.high(), -100 * interval.low(), 1))
                        + "). The two sets of images are not alike, as where val has the shortcuts of train and test has not,"
                        + " or val was used for choosing: trust test.");
            }
        }
        if (test != null
                && test.uncalibrated() != null
                && test.ece().value() > test.uncalibrated().ece().value()) {
            Figure before = test.uncalibrated().ece();
            cautions.add("The temperature that was fitted on " + fittedOn()
                    + " makes confidence on test worse, not better: calibration"
                    + " error " + Numbers.percent(test.ece().value()) + " with it (95 % interval "
                    + Numbers.percentInterval(test.ece()) + "), " + Numbers.percent(before.value())
                    + " without ("
                    + Numbers.percentInterval(before) + ")."
                    + (test.ece().low() <= before.high() ? " The intervals overlap, so it may be chance." : ""));
        }
        return cautions.stream().map(Numbers::in).toList();
    }

    private String fittedOn() {
        Calibration calibration = metrics.calibration();
        return calibration == null ? "val" : calibration.images();
    }

    private static int hits(Figure share) {
        return (int) Math.round(share.value() * share.n());
    }

    private static String audit(Findings findings) {
        List<Finding> proven = shortcuts(findings, Finding.Grade.PROVEN);
        List<Finding> suspected = shortcuts(findings, Finding.Grade.SUSPECTED);
        long grave = findings.findings().stream()
                .filter(finding -> finding.severity() == Finding.Severity.HIGH)
                .count();
        if (!proven.isEmpty()) {
            return "It recognises " + recognised(proven)
                    + ": putting this on images of other classes, against a control, proved it.";
        }
        if (!suspected.isEmpty()) {
            return "That it recognises " + recognised(suspected) + " is suspected and not proven.";
        }
        if (grave > 0) {
            String found = grave == 1 ? "1 finding of the audit weighs" : grave + " findings of the audit weigh";
            return found + " heavily: see below.";
        }
        return findings.findings().isEmpty()
                ? "The audit found nothing to report."
                : "The audit found nothing of high severity.";
    }

    private static List<Finding> shortcuts(Findings findings, Finding.Grade grade) {
        return findings.findings().stream()
                .filter(f -> f.kind().isShortcut() && f.grade() == grade)
                .toList();
    }

    /** Classes by their reasons: "rose and tulip by their background, and lily by blur". */
    private static String recognised(List<Finding> shortcuts) {
        Map<String, List<String>> byReason = new LinkedHashMap<>();
        for (Finding finding : shortcuts) {
            String reason = Reason.of(finding).map(Reason::noun).orElse("something else than the object");
            byReason.computeIfAbsent(reason, of -> new ArrayList<>()).add(finding.subject());
        }
        return byReason.entrySet().stream()
                .map(entry -> listed(entry.getValue()) + " by "
                        + (entry.getValue().size() == 1
                                ? entry.getKey()
                                : entry.getKey().replace("its ", "their ")))
                .collect(Collectors.joining(", and "));
    }

    private static String listed(List<String> names) {
        int last = names.size() - 1;
        return last == 0 ? names.get(0) : String.join(", ", names.subList(0, last)) + " and " + names.get(last);
    }

    private static String sentence(String state) {
        return switch (state) {
            case "met" -> "which meets the expected value";
            case "near" -> "below the expected value, which lies within the interval";
            default -> "clearly below the expected value";
        };
    }

    private Card percentCard(String name, String hint, Function<SplitMetrics, Figure> figure, boolean compared) {
        return card(name, hint, figure, f -> Numbers.percent(f.value()), f -> Numbers.percentInterval(f), compared);
    }

    private Card card(
            String name,
            String hint,
            Function<SplitMetrics, Figure> figure,
            Function<Figure, String> value,
            Function<Figure, String> interval,
            boolean compared) {
        List<Reading> readings = new ArrayList<>();
        for (Split split : List.of(Split.TEST, Split.VAL, Split.NEW)) {
            metrics.of(split)
                    .map(figure)
                    .ifPresent(f -> readings.add(new Reading(
                            split.text(),
                            Numbers.count(f.n()),
                            GalleryAddress.all().with("split", split.text()).toString(),
                            value.apply(f),
                            interval.apply(f),
                            compared ? expected(split, f).orElse(null) : null,
                            compared ? baseline.beside(split).orElse(null) : null)));
        }
        return new Card(name, hint, readings);
    }

    private Optional<Expected> expected(Split split, Figure top1) {
        ExpectSettings.Figures figures =
                expect == null ? null : split == Split.TEST ? expect.test() : split == Split.VAL ? expect.val() : null;
        if (figures == null || figures.top1() == null) {
            return Optional.empty();
        }
        double difference = top1.value() - figures.top1();
        String state = difference >= 0 ? "met" : top1.high() >= figures.top1() ? "near" : "below";
        String verdict =
                switch (state) {
                    case "met" -> "met";
                    case "near" -> "below, within the interval";
                    default -> "missed";
                };
        return Optional.of(new Expected(
                state,
                "expected " + Numbers.percent(figures.top1()) + ": " + verdict + " ("
                        + Numbers.signed(100 * difference, 1) + " percentage points)"));
    }
}
