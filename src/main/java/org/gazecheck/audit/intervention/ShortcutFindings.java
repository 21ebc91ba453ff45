package org.gazecheck.audit.intervention;

import java.util.ArrayList;
import java.util.List;
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

    static Findings of(List<CandidateTrials.Suspect> suspects) {
        List<Finding> findings = new ArrayList<>();
        List<TestedEffect> tests = new ArrayList<>();
        double level = Evidence.LEVEL / Math.max(1, suspects.size());
        for (CandidateTrials.Suspect suspect : suspects) {
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
                shortcut.reason().kind(),
                shortcut.name(),
                "share of other classes called it because of " + shortcut.detail(),
                attracts.difference().value(),
                attracts.difference().low(),
                attracts.difference().high(),
                attracts.p(),
                attracts.q(),
                attracts.difference().n(),
                DetectableEffect.ofCrossed(
                        n, taken(shortcut.donors(), n), taken(shortcut.controls(), n), level, Evidence.LEAST));
    }

    /** As many as objects, where they are made for each. */
    private static int taken(int images, int objects) {
        return images == 0 ? objects : Math.min(objects, images);
    }

    private static Finding finding(CandidateTrials.Suspect suspect, Grade grade) {
        Shortcut shortcut = suspect.shortcut();
        boolean proven = grade == Grade.PROVEN;
        Figure effect = effect(shortcut);
        PairedEffect attracts = shortcut.attracts();
        String name = shortcut.name();
        FindingKind kind = shortcut.reason().kind();
        return new Finding(
                kind,
                name,
                new Statement(
                        proven ? severity(shortcut, effect) : Severity.LOW,
                        ShortcutWords.text(shortcut, proven),
                        effect.value(),
                        effect.low(),
                        effect.high(),
                        attracts == null ? OptionalDouble.empty() : OptionalDouble.of(attracts.p()),
                        attracts == null ? OptionalDouble.empty() : OptionalDouble.of(attracts.q()),
                        effect.n(),
                        suspect.evidence(),
                        proven
                                ? kind.advice()
                                : "Look at the images: if this could be the reason, add more images to val and test, of "
                                        + name + " without it and of other classes with it, and audit again."),
                grade,
                shortcut.reason().id(),
                null);
    }

    private static Severity severity(Shortcut shortcut, Figure effect) {
        PairedEffect needs = shortcut.needs();
        return needs != null && needs.q() <= Evidence.WITNESS
                ? Severity.HIGH
                : shortcut.reason().kind().severity(effect.value());
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
}
