package org.gazecheck.audit.intervention;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.OptionalDouble;
import org.gazecheck.results.Finding;
import org.gazecheck.results.Finding.BackgroundShortcut;
import org.gazecheck.results.Finding.Severity;
import org.gazecheck.results.Findings;
import org.gazecheck.results.Interventions.Shortcut;
import org.gazecheck.results.Interventions.Swap;
import org.gazecheck.results.Statement;
import org.gazecheck.results.TestedEffect;
import org.gazecheck.stats.DetectableEffect;

/** Says what the interventions confirmed, and keeps what they tested. */
final class ShortcutFindings {
    private static final double LARGE = 0.2;

    private ShortcutFindings() {}

    static Findings of(List<InterventionAudit.Suspect> suspects) {
        List<Finding> findings = new ArrayList<>();
        List<TestedEffect> tests = new ArrayList<>();
        double level = InterventionAudit.CONFIRMED / Math.max(1, suspects.size());
        for (InterventionAudit.Suspect suspect : suspects) {
            Shortcut shortcut = suspect.shortcut();
            if (shortcut.confirmed()) {
                findings.add(confirmed(suspect));
            }
            if (shortcut.putBehind() != null) {
                tests.add(tested(
                        shortcut,
                        "share of other classes taken for it in front of its backgrounds",
                        shortcut.putBehind(),
                        level));
            }
            if (shortcut.takenAway() != null) {
                tests.add(tested(
                        shortcut,
                        "share of the class missed in front of other backgrounds",
                        shortcut.takenAway(),
                        level));
            }
        }
        return new Findings(findings, tests);
    }

    /** @param level of a one-sided test, corrected for all suspects; where the other exchange was not made, nothing could be found */
    private static TestedEffect tested(Shortcut shortcut, String measure, Swap swap, double level) {
        boolean both = shortcut.putBehind() != null && shortcut.takenAway() != null;
        return new TestedEffect(
                BackgroundShortcut.KIND,
                shortcut.name(),
                measure,
                swap.difference().value(),
                swap.difference().low(),
                swap.difference().high(),
                swap.p(),
                swap.q(),
                swap.difference().n(),
                both
                        ? DetectableEffect.ofSigns(swap.difference().n(), level, InterventionAudit.LEAST_SHIFT)
                        : DetectableEffect.NONE);
    }

    private static Finding confirmed(InterventionAudit.Suspect suspect) {
        Shortcut shortcut = suspect.shortcut();
        Swap behind = shortcut.putBehind();
        Swap away = shortcut.takenAway();
        String text = String.format(
                Locale.ROOT,
                "The network recognises %1$s by its background: objects of other classes pasted in front of the usual"
                        + " backgrounds of %1$s are called %1$s in %2$.0f %% of cases, in front of other backgrounds in"
                        + " %3$.0f %%; %1$s itself pasted in front of other backgrounds is missed in %4$.0f %% of cases, in"
                        + " front of its own kind in %5$.0f %%. Each object is pasted both times and only the background"
                        + " differs, so the edges of the paste cannot be the cause.",
                shortcut.name(),
                100 * behind.tied(),
                100 * behind.control(),
                100 * away.tied(),
                100 * away.control());
        Severity severity = behind.difference().value() >= LARGE ? Severity.HIGH : Severity.MEDIUM;
        return new BackgroundShortcut(
                shortcut.name(),
                new Statement(
                        severity,
                        text,
                        behind.difference().value(),
                        behind.difference().low(),
                        behind.difference().high(),
                        OptionalDouble.of(Math.max(behind.p(), away.p())),
                        OptionalDouble.of(Math.max(behind.q(), away.q())),
                        behind.difference().n() + away.difference().n(),
                        suspect.evidence(),
                        "Add training photographs of " + shortcut.name()
                                + " in front of other backgrounds, and of other classes in front of its usual ones; then train and"
                                + " audit again."));
    }
}
