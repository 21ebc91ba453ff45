package org.gazecheck.cli;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.gazecheck.results.Mitigation;
import org.gazecheck.results.Mitigation.Change;
import org.gazecheck.results.Mitigation.ChangedEffect;
import org.gazecheck.results.Mitigation.FindingChange;
import org.gazecheck.results.Mitigation.GroupsChange;
import org.gazecheck.results.Mitigation.ShortcutChange;
import org.gazecheck.results.MitigationTraining.Balance;
import org.gazecheck.results.Split;
import org.jspecify.annotations.Nullable;

/** What became of a mended run, for the console. */
final class MitigationText {
    private MitigationText() {}

    static List<String> lines(Mitigation mitigation) {
        List<String> lines = new ArrayList<>();
        lines.add(
                mitigation.recommended()
                        ? "recommended in place of " + mitigation.training().run()
                        : "NOT recommended");
        mitigation.reasons().forEach(reason -> lines.add("  " + reason));
        mitigation.accuracy().stream()
                .filter(change -> change.after().n() > 0)
                .forEach(change -> lines.add(mitigation.split().text() + ", " + text(change)));
        lines.add(String.format(
                Locale.ROOT,
                "worst class: %s %.1f %% -> %s %.1f %%",
                mitigation.worstBefore().name(),
                100 * mitigation.worstBefore().accuracy().value(),
                mitigation.worstAfter().name(),
                100 * mitigation.worstAfter().accuracy().value()));
        GroupsChange groups = mitigation.groups();
        if (groups != null) {
            lines.addAll(lines(groups, mitigation.split()));
        }
        Balance balance = mitigation.training().groups();
        if (balance != null) {
            balance.notes().forEach(note -> lines.add("note: " + note));
        }
        for (ShortcutChange shortcut : mitigation.shortcuts()) {
            lines.add(shortcut.name() + " by " + shortcut.detail() + ": attracts " + text(shortcut.attracts())
                    + ", needs " + text(shortcut.needs()));
        }
        mitigation.classes().stream()
                .filter(change -> change.lost() > change.won())
                .forEach(change -> lines.add("worse: " + text(change)));
        mitigation.findings().stream()
                .filter(FindingChange::worse)
                .forEach(finding -> lines.add("new: " + finding.id()));
        return lines;
    }

    private static List<String> lines(GroupsChange groups, Split split) {
        List<String> lines = new ArrayList<>();
        lines.add("worst group before: " + text(groups.worstBefore()));
        lines.add("worst group after: " + text(groups.worstAfter()));
        if (groups.unnamed() > 0) {
            lines.add("note: " + groups.unnamed() + " of the images of " + split.text() + " have no group");
        }
        return lines;
    }

    private static String text(Change change) {
        return String.format(
                Locale.ROOT,
                "%s: %.1f %% -> %.1f %% (%d images, p %.2g)",
                change.name(),
                100 * change.before().value(),
                100 * change.after().value(),
                change.after().n(),
                change.p());
    }

    private static String text(@Nullable ChangedEffect effect) {
        return effect == null
                ? "not tried"
                : String.format(
                        Locale.ROOT,
                        "%.1f -> %.1f points (p %.2g)",
                        100 * effect.before().difference().value(),
                        100 * effect.after().difference().value(),
                        effect.p());
    }
}
