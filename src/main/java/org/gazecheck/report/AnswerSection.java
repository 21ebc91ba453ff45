package org.gazecheck.report;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Stream;
import org.gazecheck.report.page.Page.Advice;
import org.gazecheck.report.page.Page.Answer;
import org.gazecheck.report.page.Page.Fact;
import org.gazecheck.report.page.Page.Proof;
import org.gazecheck.results.Finding;
import org.gazecheck.results.Finding.Grade;
import org.gazecheck.results.Prediction;
import org.gazecheck.results.Reason;
import org.gazecheck.results.RunVerdict;
import org.gazecheck.results.RunVerdict.Ground;
import org.gazecheck.results.RunVerdict.Source;
import org.gazecheck.results.Split;
import org.gazecheck.verdict.VerdictRule;
import org.jspecify.annotations.Nullable;

/** The verdict: the audit's, with what whoever signed adds. Gates are judged after the report, so they are no part of it. */
final class AnswerSection {
    private AnswerSection() {}

    static Answer of(ReportInput input, CounterfactualSection counterfactuals, Isolated isolated) {
        RunVerdict stored = input.findings().verdict();
        RunVerdict audited = stored != null ? stored : computed(input);
        RunVerdict verdict = VerdictRule.reviewed(
                audited, input.review().signature(), input.review().run());
        List<String> unconfirmed =
                Unconfirmed.of(input.interventions(), input.findings().tests());
        return new Answer(
                switch (verdict.level()) {
                    case LOOKS_RIGHT -> "right";
                    case LOOK_AT_THIS -> "open";
                    case DO_NOT_USE -> "wrong";
                },
                capital(verdict.level().text()),
                isolated.in(verdict.sentence()),
                by(verdict, stored != null),
                grades(input, unconfirmed.size()),
                verdict.grounds().size() < 2
                        ? List.of()
                        : verdict.grounds().stream()
                                .map(ground -> isolated.in(told(ground)))
                                .toList(),
                Stream.concat(
                                unconfirmed.stream(),
                                Unconfirmed.nothing(input.interventions(), input.classes()).stream())
                        .map(isolated::in)
                        .toList(),
                advice(input, isolated),
                proof(input, counterfactuals).orElse(null));
    }

    /** Of the gravest shortcut that is proven and has one. */
    private static Optional<Proof> proof(ReportInput input, CounterfactualSection counterfactuals) {
        return input.findings().findings().stream()
                .filter(finding -> finding.grade() == Grade.PROVEN)
                .flatMap(finding -> Reason.of(finding).stream()
                        .flatMap(reason -> counterfactuals.proofs(finding.subject(), reason).stream()))
                .findFirst();
    }

    /** Of a run that an earlier program audited. */
    private static RunVerdict computed(ReportInput input) {
        return VerdictRule.audited(
                input.findings(),
                input.metrics(),
                input.configuration().expect(),
                input.interventions().orElse(null),
                input.predictions().stream().map(Prediction::split).anyMatch(split -> split != Split.NEW));
    }

    private static String by(RunVerdict verdict, boolean stored) {
        List<String> by = new ArrayList<>();
        by.add(stored ? "Verdict of the audit" : "Verdict by this report: the audit of this run stored none");
        if (verdict.grounds().stream().anyMatch(ground -> ground.source() == Source.REVIEW)) {
            by.add(" and of its review");
        }
        return String.join("", by) + "; gates are judged apart.";
    }

    private static List<Fact> grades(ReportInput input, int unconfirmed) {
        if (input.interventions().isEmpty()) {
            return List.of();
        }
        long untried = Unconfirmed.untried(input.interventions());
        List<Fact> grades = new ArrayList<>(List.of(
                new Fact("Proven", Numbers.count(shortcuts(input, Grade.PROVEN))),
                new Fact("Suspected, not proven", Numbers.count(shortcuts(input, Grade.SUSPECTED))),
                new Fact("Tried, not confirmed", Numbers.count(unconfirmed - untried))));
        if (untried > 0) {
            grades.add(new Fact("Too few images to try", Numbers.count(untried)));
        }
        return grades;
    }

    /** What to do about the gravest shortcut; null where there is none. */
    private static @Nullable Advice advice(ReportInput input, Isolated isolated) {
        return input.findings().stories().stream()
                .filter(story -> story.first().kind().isShortcut())
                .findFirst()
                .map(story -> new Advice(
                        story.first().subject(),
                        isolated.in(Numbers.in(story.first().advice())),
                        FindingSection.anchor(story)))
                .orElse(null);
    }

    private static long shortcuts(ReportInput input, Grade grade) {
        return input.findings().findings().stream()
                .filter((Finding finding) -> finding.kind().isShortcut() && finding.grade() == grade)
                .count();
    }

    private static String capital(String text) {
        return text.substring(0, 1).toUpperCase(Locale.ROOT) + text.substring(1);
    }

    private static String told(Ground ground) {
        return capital(ground.level().text()) + ": " + ground.sentence();
    }
}
