package org.gazecheck.report;

import java.util.Objects;
import java.util.Optional;
import java.util.stream.Collectors;
import org.gazecheck.report.page.Page.Backgrounds;
import org.gazecheck.report.page.Page.ConditionRow;
import org.gazecheck.report.page.Page.Range;
import org.gazecheck.report.page.Page.RelianceRow;
import org.gazecheck.report.page.Page.Share;
import org.gazecheck.results.Figure;
import org.gazecheck.results.Interventions;
import org.gazecheck.results.Interventions.ClassReliance;
import org.gazecheck.results.Interventions.Condition;
import org.gazecheck.results.Reason;

/** The interventions in the words of the page. */
final class BackgroundSection {
    private static final String OWN = "own background";

    private BackgroundSection() {}

    /** Empty where too few objects could be segmented. */
    static Optional<Backgrounds> of(Interventions interventions) {
        return Optional.ofNullable(interventions.gap()).map(gap -> of(interventions, gap));
    }

    private static Backgrounds of(Interventions interventions, Figure gap) {
        String masks = interventions.estimatedMasks()
                ? " The masks are estimates (GrabCut): what they leave of an object counts as background."
                : "";
        String leftOut = interventions.leftOut() == 0
                ? ""
                : " " + Numbers.count(interventions.leftOut())
                        + " sampled images of train, val and test could not be taken apart.";
        Interventions.Scenes sorted = Objects.requireNonNull(interventions.scenes());
        String scenes = " The "
                + Numbers.in(Objects.requireNonNullElse(
                        sorted.bound(), "backgrounds fall into " + Numbers.count(sorted.count()) + " scenes"))
                + ".";
        return new Backgrounds(
                "The same " + Numbers.count(gap.n()) + " images of val and test, with objects segmented and"
                        + " pasted in front of other backgrounds." + masks + leftOut + scenes + held(interventions),
                interventions.conditions().stream()
                        .map(BackgroundSection::condition)
                        .toList(),
                Numbers.in("Background gap (accuracy in front of backgrounds of the same class minus that in front of"
                        + " other classes'): " + Numbers.signed(100 * gap.value(), 1)
                        + " percentage points, 95 % interval "
                        + Numbers.signedInterval(100 * gap.low(), 100 * gap.high(), 1) + "."),
                interventions.classes().stream()
                        .map(BackgroundSection::reliance)
                        .toList());
    }

    /** What backgrounds bring along that is known to make a class; empty where that is nothing. */
    private static String held(Interventions interventions) {
        String held = interventions.shortcuts().stream()
                .filter(shortcut -> shortcut.grade() != null)
                .filter(shortcut -> shortcut.reason() == Reason.PATCH || shortcut.reason() == Reason.OBJECT)
                .map(shortcut -> shortcut.name() + " (" + shortcut.detail() + ")")
                .collect(Collectors.joining(", "));
        return held.isEmpty()
                ? ""
                : " What lies beside an object is part of its background here, that too by which images are called "
                        + held + ": some of what the figures show may be its doing.";
    }

    private static ConditionRow condition(Condition condition) {
        Figure accuracy = condition.accuracy();
        Range range = new Range(
                Numbers.percent(accuracy.value()),
                Numbers.percentInterval(accuracy.low(), accuracy.high()),
                Numbers.coordinate(100 * accuracy.value()),
                Numbers.coordinate(100 * accuracy.low()),
                Numbers.coordinate(100 * (accuracy.high() - accuracy.low())));
        return switch (condition.name()) {
            case "original" -> new ConditionRow("Images as they are", "the reference", range);
            case OWN ->
                new ConditionRow(
                        "Own background, pasted",
                        "the control: objects segmented and pasted in front of their own background; if the edges of"
                                + " the paste mattered, this would be below the reference",
                        range);
            case "object only" -> new ConditionRow("Object only", "objects on plain colour", range);
            case "background only" ->
                new ConditionRow("Background only", "objects filled in from what is around them", range);
            case "mixed same" ->
                new ConditionRow(
                        "Another background of the class (mixed same)",
                        "objects pasted in front of the background of another image of their class",
                        range);
            case "mixed random" ->
                new ConditionRow(
                        "A background of another class (mixed random)",
                        "objects pasted in front of the background of an image of another class",
                        range);
            default -> new ConditionRow(condition.name(), condition.description(), range);
        };
    }

    /** What pasting does by itself, in one sentence; empty where it was not tried. */
    static Optional<String> control(Interventions interventions) {
        return accuracy(interventions, "original").flatMap(original -> accuracy(interventions, OWN)
                .map(pasted -> "Pasting by itself changes accuracy by "
                        + Numbers.signed(100 * (pasted.value() - original.value()), 1) + " percentage points: "
                        + Numbers.percent(original.value()) + " on the images as they are, "
                        + Numbers.percent(pasted.value())
                        + " with each object segmented and pasted in front of its own background (n = "
                        + Numbers.count(pasted.n()) + ")."));
    }

    private static Optional<Figure> accuracy(Interventions interventions, String condition) {
        return interventions.conditions().stream()
                .filter(each -> each.name().equals(condition))
                .map(Condition::accuracy)
                .findFirst();
    }

    private static RelianceRow reliance(ClassReliance row) {
        return new RelianceRow(
                row.name(),
                row.n(),
                share(row.original()),
                share(row.own()),
                share(row.random()),
                share(row.own() - row.random()),
                row.vote(),
                Numbers.percent(row.voteShare()));
    }

    private static Share share(double value) {
        return new Share(Double.toString(value), Numbers.fixed(100 * value, 1));
    }
}
