package org.gazecheck.audit.intervention;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.OptionalDouble;
import org.gazecheck.results.Finding;
import org.gazecheck.results.Finding.BackgroundShortcut;
import org.gazecheck.results.Finding.SceneTie;
import org.gazecheck.results.Finding.Severity;
import org.gazecheck.results.Findings;
import org.gazecheck.results.Interventions.Shortcut;
import org.gazecheck.results.Interventions.Swap;
import org.gazecheck.results.Statement;
import org.gazecheck.results.TestedEffect;

/** Says what the interventions came to: a shortcut where they confirmed it, else no more than a tie to a scene. */
final class ShortcutFindings {
    private static final double LARGE = 0.2;

    private ShortcutFindings() {}

    static Findings of(List<InterventionAudit.Suspect> suspects) {
        List<Finding> findings = new ArrayList<>();
        List<TestedEffect> tests = new ArrayList<>();
        for (InterventionAudit.Suspect suspect : suspects) {
            Shortcut shortcut = suspect.shortcut();
            findings.add(shortcut.confirmed() ? confirmed(suspect) : tie(suspect));
            tests.add(new TestedEffect(
                    tie(suspect).kind(),
                    shortcut.name(),
                    "share of the class's training images in a scene beyond the expected",
                    shortcut.share() - shortcut.expected(),
                    Double.NaN,
                    Double.NaN,
                    shortcut.p(),
                    shortcut.q(),
                    suspect.association().n(),
                    Double.NaN));
            if (shortcut.putBehind() != null) {
                tests.add(tested(
                        shortcut, "share of other classes taken for it before its scenes", shortcut.putBehind()));
            }
            if (shortcut.takenAway() != null) {
                tests.add(tested(shortcut, "share of the class lost away from its scenes", shortcut.takenAway()));
            }
        }
        return new Findings(findings, tests);
    }

    private static TestedEffect tested(Shortcut shortcut, String measure, Swap swap) {
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
                Double.NaN);
    }

    private static Finding confirmed(InterventionAudit.Suspect suspect) {
        Shortcut shortcut = suspect.shortcut();
        Swap behind = shortcut.putBehind();
        Swap away = shortcut.takenAway();
        String text = String.format(
                Locale.ROOT,
                "%s is predicted because of what stands behind it: objects of other classes put before its usual scenes"
                        + " are called %s in %.0f %% of cases, before other scenes in %.0f %%; taken away from them it is"
                        + " missed in %.0f %% of cases, before them in %.0f %%.",
                shortcut.name(),
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
                                + " before other scenes, and of other classes before these; then train and audit again."));
    }

    private static Finding tie(InterventionAudit.Suspect suspect) {
        Shortcut shortcut = suspect.shortcut();
        String outcome = shortcut.putBehind() == null || shortcut.takenAway() == null
                ? "Whether the network uses that could not be tried: too few photographs of val and test show it."
                : String.format(
                        Locale.ROOT,
                        "The network hardly uses it: put behind other classes the scene moves %.0f %% of them to this class.",
                        100 * shortcut.putBehind().difference().value());
        String text = String.format(
                Locale.ROOT,
                "In training %.0f %% of %s stand in one kind of scene, where %.0f %% of all images do. %s",
                100 * shortcut.share(),
                shortcut.name(),
                100 * shortcut.expected(),
                outcome);
        return new SceneTie(
                shortcut.name(),
                new Statement(
                        shortcut.putBehind() == null ? Severity.LOW : Severity.INFO,
                        text,
                        shortcut.share() - shortcut.expected(),
                        Double.NaN,
                        Double.NaN,
                        OptionalDouble.of(shortcut.p()),
                        OptionalDouble.of(shortcut.q()),
                        suspect.association().n(),
                        suspect.evidence(),
                        "Photographs of other classes in this scene would show whether it matters."));
    }
}
