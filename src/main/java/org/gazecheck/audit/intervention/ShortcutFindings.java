package org.gazecheck.audit.intervention;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.OptionalDouble;
import org.gazecheck.results.Finding;
import org.gazecheck.results.FindingKind;
import org.gazecheck.results.Findings;
import org.gazecheck.results.Interventions.Shortcut;
import org.gazecheck.results.Interventions.SwapEffect;
import org.gazecheck.results.Statement;
import org.gazecheck.results.TestedEffect;
import org.gazecheck.stats.DetectableEffect;

/** Says what the interventions confirmed, and keeps what they tested. */
final class ShortcutFindings {
    private ShortcutFindings() {}

    static Findings of(List<InterventionAudit.Suspect> suspects) {
        List<Finding> findings = new ArrayList<>();
        List<TestedEffect> tests = new ArrayList<>();
        double level = InterventionAudit.CONFIRMED / Math.max(1, suspects.size());
        for (InterventionAudit.Suspect suspect : suspects) {
            Shortcut shortcut = suspect.shortcut();
            SwapEffect put = shortcut.put();
            SwapEffect removed = shortcut.removed();
            if (shortcut.confirmed() && put != null && removed != null) {
                findings.add(confirmed(suspect, put, removed));
            }
            if (put != null) {
                String measure = "share of other classes taken for it in front of its backgrounds";
                tests.add(tested(shortcut, measure, put, level));
            }
            if (removed != null) {
                String measure = "share of the class missed in front of other backgrounds";
                tests.add(tested(shortcut, measure, removed, level));
            }
        }
        return new Findings(findings, tests);
    }

    /** @param level of a one-sided test, corrected for all suspects; where the other swap was not made, nothing could be found */
    private static TestedEffect tested(Shortcut shortcut, String measure, SwapEffect swap, double level) {
        boolean both = shortcut.put() != null && shortcut.removed() != null;
        return new TestedEffect(
                FindingKind.BACKGROUND_SHORTCUT,
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

    private static Finding confirmed(InterventionAudit.Suspect suspect, SwapEffect put, SwapEffect removed) {
        Shortcut shortcut = suspect.shortcut();
        String text = String.format(
                Locale.ROOT,
                "The network recognises %1$s by its background: objects of other classes pasted in front of the usual"
                        + " backgrounds of %1$s are called %1$s in %2$.0f %% of cases, in front of other backgrounds in"
                        + " %3$.0f %%; %1$s itself pasted in front of other backgrounds is missed in %4$.0f %% of cases, in"
                        + " front of its own kind in %5$.0f %%. Each object is pasted both times and only the background"
                        + " differs, so the edges of the paste cannot be the cause.",
                shortcut.name(),
                100 * put.treated(),
                100 * put.control(),
                100 * removed.treated(),
                100 * removed.control());
        return new Finding(
                FindingKind.BACKGROUND_SHORTCUT,
                shortcut.name(),
                new Statement(
                        FindingKind.BACKGROUND_SHORTCUT.severity(
                                put.difference().value()),
                        text,
                        put.difference().value(),
                        put.difference().low(),
                        put.difference().high(),
                        OptionalDouble.of(Math.max(put.p(), removed.p())),
                        OptionalDouble.of(Math.max(put.q(), removed.q())),
                        put.difference().n() + removed.difference().n(),
                        suspect.evidence(),
                        "Add training images of " + shortcut.name()
                                + " in front of other backgrounds, and of other classes in front of its usual ones; then train and"
                                + " audit again."));
    }
}
