package org.gazecheck.audit.intervention;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.OptionalDouble;
import org.gazecheck.results.Figure;
import org.gazecheck.results.Finding;
import org.gazecheck.results.Finding.Grade;
import org.gazecheck.results.Finding.Severity;
import org.gazecheck.results.FindingKind;
import org.gazecheck.results.Findings;
import org.gazecheck.results.Interventions.NaturalWitness;
import org.gazecheck.results.Interventions.PairedEffect;
import org.gazecheck.results.Interventions.Shortcut;
import org.gazecheck.results.Statement;
import org.gazecheck.results.TestedEffect;
import org.gazecheck.stats.DetectableEffect;

/** Says what the interventions found, and keeps what they tested. */
final class ShortcutFindings {
    private ShortcutFindings() {}

    static Findings of(List<InterventionAudit.Suspect> suspects) {
        List<Finding> findings = new ArrayList<>();
        List<TestedEffect> tests = new ArrayList<>();
        double level = Evidence.LEVEL / Math.max(1, suspects.size());
        for (InterventionAudit.Suspect suspect : suspects) {
            Shortcut shortcut = suspect.shortcut();
            Grade grade = shortcut.grade();
            if (grade != null) {
                findings.add(finding(suspect, grade));
            }
            PairedEffect attracts = shortcut.attracts();
            if (attracts != null) {
                tests.add(tested(shortcut, attracts, level));
            }
        }
        return new Findings(findings, tests);
    }

    /** @param level of a one-sided test, corrected for all candidates */
    private static TestedEffect tested(Shortcut shortcut, PairedEffect attracts, double level) {
        int n = Math.min(Trial.MOST, attracts.objects());
        return new TestedEffect(
                FindingKind.BACKGROUND_SHORTCUT,
                shortcut.name(),
                "share of other classes called it because of its backgrounds",
                attracts.difference().value(),
                attracts.difference().low(),
                attracts.difference().high(),
                attracts.p(),
                attracts.q(),
                attracts.difference().n(),
                DetectableEffect.ofCrossed(
                        n, Math.min(n, shortcut.donors()), Math.min(n, shortcut.controls()), level, Evidence.LEAST));
    }

    private static Finding finding(InterventionAudit.Suspect suspect, Grade grade) {
        Shortcut shortcut = suspect.shortcut();
        boolean proven = grade == Grade.PROVEN;
        Figure effect = effect(shortcut);
        PairedEffect attracts = shortcut.attracts();
        String name = shortcut.name();
        return new Finding(
                FindingKind.BACKGROUND_SHORTCUT,
                name,
                new Statement(
                        proven ? severity(shortcut, effect) : Severity.LOW,
                        text(shortcut, proven),
                        effect.value(),
                        effect.low(),
                        effect.high(),
                        attracts == null ? OptionalDouble.empty() : OptionalDouble.of(attracts.p()),
                        attracts == null ? OptionalDouble.empty() : OptionalDouble.of(attracts.q()),
                        effect.n(),
                        suspect.evidence(),
                        proven
                                ? "Add training images of " + name
                                        + " in front of other backgrounds, and of other classes in"
                                        + " front of its usual ones; then train and audit again."
                                : "Look at the images: if the background could be the reason, add images of " + name
                                        + " in front of other backgrounds to val and test, and audit again."),
                grade,
                shortcut.reason(),
                null);
    }

    private static Severity severity(Shortcut shortcut, Figure effect) {
        PairedEffect needs = shortcut.needs();
        return needs != null && needs.q() <= Evidence.WITNESS
                ? Severity.HIGH
                : FindingKind.BACKGROUND_SHORTCUT.severity(effect.value());
    }

    /** Of attracting; where that was not tried, what made it suspected. */
    private static Figure effect(Shortcut shortcut) {
        PairedEffect attracts = shortcut.attracts();
        PairedEffect needs = shortcut.needs();
        NaturalWitness natural = shortcut.natural();
        if (attracts != null) {
            return attracts.difference();
        }
        if (needs != null) {
            return needs.difference();
        }
        return natural == null
                ? new Figure(Double.NaN, Double.NaN, Double.NaN, 0)
                : new Figure(
                        share(natural.carriersCalled(), natural.carriers())
                                - share(natural.othersCalled(), natural.others()),
                        Double.NaN,
                        Double.NaN,
                        natural.carriers() + natural.others());
    }

    private static double share(int of, int all) {
        return (double) of / all;
    }

    private static String text(Shortcut shortcut, boolean proven) {
        String name = shortcut.name();
        List<String> said = new ArrayList<>();
        said.add(
                proven
                        ? "The network calls images " + name + " because of their background."
                        : "The network may call images " + name
                                + " because of their background; that is suspected, not proven.");
        PairedEffect attracts = shortcut.attracts();
        if (attracts != null) {
            said.add(String.format(
                    Locale.ROOT,
                    "Objects of other classes pasted in front of the usual backgrounds of %1$s are called %1$s in %2$.0f %% of"
                            + " cases, in front of other backgrounds in %3$.0f %%.",
                    name,
                    100 * attracts.with(),
                    100 * attracts.without()));
        }
        PairedEffect needs = shortcut.needs();
        if (needs != null) {
            said.add(String.format(
                    Locale.ROOT,
                    "%1$s itself is missed in %2$.0f %% of cases in front of other backgrounds, in front of its own kind in %3$.0f"
                            + " %%%4$s.",
                    name,
                    100 * (1 - needs.without()),
                    100 * (1 - needs.with()),
                    needs.q() <= Evidence.WITNESS ? "" : ", which may be chance"));
        }
        PairedEffect repairs = shortcut.repairs();
        if (repairs != null && repairs.q() <= Evidence.WITNESS) {
            said.add(String.format(
                    Locale.ROOT,
                    "Of images of other classes that were called %s there, %.0f %% are called rightly in front of other backgrounds.",
                    name,
                    100 * repairs.without()));
        }
        NaturalWitness natural = shortcut.natural();
        if (natural != null && natural.q() <= Evidence.WITNESS) {
            said.add(String.format(
                    Locale.ROOT,
                    "Images of other classes as they are: %d of %d in front of such backgrounds are called %s, %d of %d others.",
                    natural.carriersCalled(),
                    natural.carriers(),
                    name,
                    natural.othersCalled(),
                    natural.others()));
        }
        if (proven) {
            said.add(
                    "Each object is pasted both times and only the background differs, so the edges of the paste cannot be the"
                            + " cause.");
        }
        return String.join(" ", said);
    }
}
