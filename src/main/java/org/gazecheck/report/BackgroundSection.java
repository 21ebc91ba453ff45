package org.gazecheck.report;

import java.util.Locale;
import java.util.Optional;
import org.gazecheck.report.page.Page.Backgrounds;
import org.gazecheck.report.page.Page.Exchanged;
import org.gazecheck.report.page.Page.Range;
import org.gazecheck.report.page.Page.RelianceRow;
import org.gazecheck.report.page.Page.Share;
import org.gazecheck.report.page.Page.SuspectRow;
import org.gazecheck.report.page.Page.TriedClass;
import org.gazecheck.results.Figure;
import org.gazecheck.results.Interventions;
import org.gazecheck.results.Interventions.ClassReliance;
import org.gazecheck.results.Interventions.Condition;
import org.gazecheck.results.Interventions.Shortcut;
import org.gazecheck.results.Interventions.Swap;

/** The interventions in the words of the page. */
final class BackgroundSection {
    private BackgroundSection() {}

    /** Pictures stand here for classes that no finding shows them of. */
    static Backgrounds of(Interventions interventions, ExchangedSection exchanged) {
        Figure gap = interventions.gap();
        String masks = interventions.estimatedMasks()
                ? " The masks are estimates (GrabCut): what they leave of an object counts as background."
                : "";
        String leftOut = interventions.leftOut() == 0
                ? ""
                : " " + Numbers.count(interventions.leftOut()) + " sampled images could not be taken apart.";
        return new Backgrounds(
                "The same " + Numbers.count(gap.n()) + " photographs of val and test, with objects cut out and put"
                        + " before other backgrounds." + masks + leftOut,
                interventions.conditions().stream()
                        .map(BackgroundSection::condition)
                        .toList(),
                "Background gap (same class minus other classes): " + Numbers.signed(100 * gap.value(), 1)
                        + " points, 95 % interval "
                        + Numbers.signedInterval(100 * gap.low(), 100 * gap.high(), 1) + ".",
                interventions.shortcuts().stream()
                        .map(BackgroundSection::suspect)
                        .toList(),
                interventions.shortcuts().stream()
                        .filter(shortcut -> !shortcut.confirmed())
                        .map(shortcut -> new TriedClass(
                                shortcut.name(), exchanged.of(shortcut.name(), Optional.of(interventions))))
                        .filter(tried -> !tried.pictures().isEmpty())
                        .toList(),
                interventions.classes().stream()
                        .map(BackgroundSection::reliance)
                        .toList());
    }

    private static Exchanged condition(Condition condition) {
        Figure accuracy = condition.accuracy();
        Range range = new Range(
                Numbers.percent(accuracy.value()),
                Numbers.percentInterval(accuracy.low(), accuracy.high()),
                Numbers.coordinate(100 * accuracy.value()),
                Numbers.coordinate(100 * accuracy.low()),
                Numbers.coordinate(100 * (accuracy.high() - accuracy.low())));
        return new Exchanged(condition.name(), condition.description(), range);
    }

    private static SuspectRow suspect(Shortcut shortcut) {
        boolean tried = shortcut.putBehind() != null && shortcut.takenAway() != null;
        return new SuspectRow(
                shortcut.name(),
                Numbers.percent(shortcut.share()),
                Numbers.percent(shortcut.expected()),
                swap(shortcut.putBehind()),
                swap(shortcut.takenAway()),
                shortcut.confirmed() ? "confirmed" : tried ? "not confirmed" : "too few images to try");
    }

    private static String swap(Swap swap) {
        if (swap == null) {
            return Numbers.NONE;
        }
        return String.format(
                Locale.ROOT,
                "%s against %s before others (n = %s)",
                Numbers.percent(swap.tied()),
                Numbers.percent(swap.control()),
                Numbers.count(swap.difference().n()));
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
