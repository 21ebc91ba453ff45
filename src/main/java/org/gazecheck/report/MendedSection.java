package org.gazecheck.report;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.gazecheck.report.page.Page.BeforeAfter;
import org.gazecheck.report.page.Page.Mended;
import org.gazecheck.report.page.Page.MendedRow;
import org.gazecheck.report.page.Page.Tried;
import org.gazecheck.results.Calibration;
import org.gazecheck.results.Figure;
import org.gazecheck.results.Finding.Severity;
import org.gazecheck.results.Interventions.PairedEffect;
import org.gazecheck.results.Mitigation;
import org.gazecheck.results.Mitigation.CalibrationChange;
import org.gazecheck.results.Mitigation.Change;
import org.gazecheck.results.Mitigation.ChangedEffect;
import org.gazecheck.results.Mitigation.Extreme;
import org.gazecheck.results.Mitigation.FindingChange;
import org.gazecheck.results.Mitigation.GroupsChange;
import org.gazecheck.results.Mitigation.ShortcutChange;
import org.gazecheck.results.MitigationTraining;
import org.gazecheck.results.MitigationTraining.Balance;
import org.jspecify.annotations.Nullable;

/** A run beside the one that it mends, in the words of the page. */
final class MendedSection {
    private MendedSection() {}

    static Mended of(Mitigation mitigation, BeforeAfter pictures) {
        return new Mended(
                mitigation.recommended() ? "right" : "wrong",
                mitigation.recommended() ? "Recommended." : "Not recommended.",
                mitigation.reasons().stream().map(Numbers::in).toList(),
                lead(mitigation),
                figures(mitigation),
                mitigation.shortcuts().stream()
                        .flatMap(shortcut -> shortcut(shortcut).stream())
                        .toList(),
                groups(mitigation),
                notes(mitigation),
                worse(mitigation),
                mitigation.findings().stream()
                        .filter(finding -> !finding.worse())
                        .map(MendedSection::text)
                        .toList(),
                mitigation.training().cells().stream().map(MendedSection::cell).toList(),
                pictures);
    }

    private static String lead(Mitigation mitigation) {
        MitigationTraining training = mitigation.training();
        Balance balance = training.groups();
        if (balance != null) {
            return "Its head was trained again on images of train that are balanced over groups: "
                    + Numbers.count(balance.drawn()) + " of each class and group, "
                    + (balance.samples() == 1
                            ? "in one sample. "
                            : "in each of " + Numbers.count(balance.samples()) + " samples, whose heads are averaged. ")
                    + "Below, both networks on the same images of "
                    + mitigation.split().text() + ". It mends " + training.run() + ".";
        }
        String how = training.method() == MitigationTraining.Method.HEAD
                ? "Its head was trained again"
                : "All that its recipe trains was trained again";
        return how + " on images of train and " + Numbers.count(training.counterfactuals())
                + " counterfactual images of each, on which the shortcuts are put on and taken off. Below, both networks on the"
                + " same images of " + mitigation.split().text() + ". It mends " + training.run() + "."
                + Optional.ofNullable(training.calibration())
                        .map(MendedSection::text)
                        .orElse("");
    }

    private static String text(Calibration calibration) {
        return " The temperature that fits " + calibration.images()
                + " best, each of these with the same weight, is " + Numbers.fixed(calibration.fitted(), 3)
                + (calibration.refusal() == null ? "." : "; it is refused: " + calibration.refusal() + ".");
    }

    /** The worst first, by what it was and by what it is. */
    private static List<MendedRow> groups(Mitigation mitigation) {
        GroupsChange groups = mitigation.groups();
        if (groups == null) {
            return List.of();
        }
        List<MendedRow> rows = new ArrayList<>();
        rows.add(row("Worst group before", groups.worstBefore()));
        rows.add(row("Worst group after", groups.worstAfter()));
        groups.cells().forEach(change -> rows.add(row("Accuracy of a class in a group", change)));
        return rows;
    }

    private static List<String> notes(Mitigation mitigation) {
        List<String> notes = new ArrayList<>();
        Balance balance = mitigation.training().groups();
        GroupsChange groups = mitigation.groups();
        if (balance != null) {
            balance.notes().stream().map(Numbers::in).forEach(notes::add);
        }
        if (groups != null && groups.unnamed() > 0) {
            notes.add("Images of " + mitigation.split().text() + " without a group: " + Numbers.count(groups.unnamed())
                    + ".");
        }
        return notes;
    }

    private static List<MendedRow> figures(Mitigation mitigation) {
        List<MendedRow> rows = new ArrayList<>();
        mitigation.accuracy().stream()
                .filter(change -> change.after().n() > 0)
                .forEach(change -> rows.add(row("Accuracy", change)));
        rows.add(new MendedRow(
                "Worst class", "", extreme(mitigation.worstBefore()), extreme(mitigation.worstAfter()), null));
        mitigation.classes().forEach(change -> rows.add(row("Accuracy of a class", change)));
        CalibrationChange calibration = mitigation.calibration();
        rows.add(new MendedRow(
                "Calibration error",
                "",
                figure(calibration.before()),
                figure(calibration.after()),
                new Tried(
                        "log loss " + Numbers.signed(calibration.logLoss().value(), 3),
                        Numbers.signedInterval(
                                        calibration.logLoss().low(),
                                        calibration.logLoss().high(),
                                        3)
                                + ", " + p(calibration.p()))));
        return rows;
    }

    private static MendedRow row(String what, Change change) {
        return new MendedRow(
                change.name(),
                what,
                figure(change.before()),
                figure(change.after()),
                new Tried(
                        Numbers.signed(100 * change.difference().value(), 1) + " points",
                        points(change.difference()) + ", " + p(change.p())));
    }

    private static Tried extreme(Extreme extreme) {
        return new Tried(
                Numbers.percent(extreme.accuracy().value()),
                extreme.name() + ", " + Numbers.percentInterval(extreme.accuracy()));
    }

    private static Tried figure(Figure figure) {
        return new Tried(
                Numbers.percent(figure.value()),
                Numbers.percentInterval(figure) + ", n = " + Numbers.count(figure.n()));
    }

    private static List<MendedRow> shortcut(ShortcutChange shortcut) {
        List<MendedRow> rows = new ArrayList<>();
        effect(shortcut, "put on images of other classes: called it", shortcut.attracts())
                .ifPresent(rows::add);
        effect(shortcut, "taken off its own images: missed", shortcut.needs()).ifPresent(rows::add);
        return rows;
    }

    private static Optional<MendedRow> effect(ShortcutChange shortcut, String what, @Nullable ChangedEffect effect) {
        return Optional.ofNullable(effect)
                .map(of -> new MendedRow(
                        shortcut.name(),
                        shortcut.detail() + ", " + what,
                        effect(of.before()),
                        effect(of.after()),
                        new Tried(
                                Numbers.signed(100 * of.change().value(), 1) + " points",
                                points(of.change()) + ", " + p(of.p()))));
    }

    private static Tried effect(PairedEffect effect) {
        return new Tried(
                Numbers.fixed(100 * effect.difference().value(), 1) + " points",
                points(effect.difference()) + ", n = "
                        + Numbers.count(effect.difference().n()));
    }

    /** Classes that fell, and findings that are new or graver. */
    private static List<String> worse(Mitigation mitigation) {
        List<String> worse = new ArrayList<>();
        mitigation.classes().stream()
                .filter(change -> change.lost() > change.won())
                .forEach(change -> worse.add("Accuracy of " + change.name() + " fell from "
                        + Numbers.percent(change.before().value()) + " to "
                        + Numbers.percent(change.after().value()) + " (" + p(change.p()) + ")."));
        mitigation.findings().stream()
                .filter(FindingChange::worse)
                .map(MendedSection::text)
                .forEach(worse::add);
        return worse;
    }

    private static String text(FindingChange finding) {
        Severity before = finding.before();
        Severity after = finding.after();
        String what;
        if (after == null) {
            what = "No longer found" + (before == null ? "" : ", " + before.text() + " before");
        } else {
            what = before == null ? "New, " + after.text() : "Was " + before.text() + ", is " + after.text();
        }
        return what + " (" + finding.id() + "): " + Numbers.in(finding.text());
    }

    private static MendedRow cell(MitigationTraining.Cell cell) {
        return new MendedRow(
                cell.name(),
                cell.state(),
                new Tried(Numbers.percent(cell.before()), "n = " + Numbers.count(cell.n())),
                new Tried(Numbers.percent(cell.after()), null),
                null);
    }

    private static String points(Figure figure) {
        return Numbers.signedInterval(100 * figure.low(), 100 * figure.high(), 1);
    }

    private static String p(double p) {
        return p < 0.001 ? "p < 0.001" : String.format(Locale.ROOT, "p = %.3f", p);
    }
}
