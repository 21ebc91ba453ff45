package org.gazecheck.verdict;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.gazecheck.config.ExpectSettings;
import org.gazecheck.results.Figure;
import org.gazecheck.results.Finding;
import org.gazecheck.results.Finding.Grade;
import org.gazecheck.results.Finding.Severity;
import org.gazecheck.results.FindingKind;
import org.gazecheck.results.Findings;
import org.gazecheck.results.GateLevel;
import org.gazecheck.results.GateOutcome;
import org.gazecheck.results.GateVerdict;
import org.gazecheck.results.Interventions;
import org.gazecheck.results.Interventions.Shortcut;
import org.gazecheck.results.Metrics;
import org.gazecheck.results.RunVerdict;
import org.gazecheck.results.RunVerdict.Ground;
import org.gazecheck.results.RunVerdict.Level;
import org.gazecheck.results.RunVerdict.Source;
import org.gazecheck.results.Signature;
import org.gazecheck.results.Split;
import org.gazecheck.results.Story;
import org.gazecheck.results.TestedEffect;
import org.jspecify.annotations.Nullable;

/**
 * Whether to use a network, as {@code docs/audit-methods.md} states it. <b>Do not use:</b> a shortcut of high severity is proven,
 * an expected accuracy lies above the interval of what was measured, or the run was rejected. <b>Look at this:</b> a shortcut is
 * proven below that or suspected, a finding of high severity follows from none, a gate failed, something was not looked for, or a
 * shortcut of high severity could have been missed. <b>Looks right:</b> none of these.
 */
public final class VerdictRule {
    private VerdictRule() {}

    /**
     * What an audit comes to.
     *
     * @param interventions null where none were made
     * @param judged whether the network is: not by new images alone
     */
    public static RunVerdict audited(
            Findings findings,
            Metrics metrics,
            @Nullable ExpectSettings expect,
            @Nullable Interventions interventions,
            boolean judged) {
        List<Ground> grounds = new ArrayList<>();
        Story.of(findings.findings()).stream()
                .sorted(Comparator.comparing(
                        story -> story.grade().map(Grade::ordinal).orElse(Grade.values().length)))
                .forEach(story -> of(story, interventions).ifPresent(grounds::add));
        if (expect != null) {
            missed(Split.TEST, expect.test(), metrics).ifPresent(grounds::add);
            missed(Split.VAL, expect.val(), metrics).ifPresent(grounds::add);
        }
        List<TestedEffect> tried = findings.tests().stream()
                .filter(test -> test.kind().isShortcut())
                .toList();
        if (!judged) {
            grounds.add(look(VerdictWords.NEW_IMAGES_ONLY));
        } else if (interventions == null) {
            grounds.add(look(VerdictWords.NOTHING_TRIED));
        } else {
            interventions.notSought().forEach(what -> grounds.add(look(VerdictWords.notSought(what))));
            tooFew(findings, tried, interventions.shortcuts()).ifPresent(grounds::add);
        }
        return RunVerdict.of(grounds, VerdictWords.nothingFound(tried));
    }

    /** With what whoever signed adds: a rejection. An acceptance never makes it milder. */
    public static RunVerdict reviewed(RunVerdict verdict, Optional<Signature> signature, String run) {
        return signature
                .filter(of -> of.validFor(run) && of.decision() == Signature.Decision.REJECT)
                .map(of -> verdict.and(
                        List.of(new Ground(Level.DO_NOT_USE, Source.REVIEW, VerdictWords.rejected(of.reviewer())))))
                .orElse(verdict);
    }

    /** With the gates that failed, news or not; warnings are none. */
    public static RunVerdict gated(RunVerdict verdict, GateVerdict gates) {
        return verdict.and(gates.gates().stream()
                .filter(gate -> gate.level() == GateLevel.FAIL
                        && (gate.outcome() == GateOutcome.FAILED || gate.outcome() == GateOutcome.PERSISTING))
                .map(gate -> new Ground(Level.LOOK_AT_THIS, Source.GATES, VerdictWords.failed(gate.rule())))
                .toList());
    }

    private static Ground look(String sentence) {
        return new Ground(Level.LOOK_AT_THIS, Source.AUDIT, sentence);
    }

    private static Optional<Ground> of(Story story, @Nullable Interventions interventions) {
        Finding first = story.first();
        if (first.kind().isShortcut() && first.grade() != null) {
            boolean grave = first.grade() == Grade.PROVEN && first.severity() == Severity.HIGH;
            return Optional.of(new Ground(
                    grave ? Level.DO_NOT_USE : Level.LOOK_AT_THIS,
                    Source.AUDIT,
                    VerdictWords.shortcut(first, detail(first, interventions))));
        }
        return story.severity() == Severity.HIGH ? Optional.of(look(VerdictWords.grave(first))) : Optional.empty();
    }

    private static @Nullable String detail(Finding finding, @Nullable Interventions interventions) {
        return interventions == null
                ? null
                : interventions.shortcuts().stream()
                        .filter(shortcut -> shortcut.reason().kind() == finding.kind()
                                && shortcut.name().equals(finding.subject()))
                        .map(Shortcut::detail)
                        .findFirst()
                        .orElse(null);
    }

    private static Optional<Ground> missed(Split split, ExpectSettings.@Nullable Figures figures, Metrics metrics) {
        Double expected = figures == null ? null : figures.top1();
        if (expected == null) {
            return Optional.empty();
        }
        Optional<Figure> top1 = metrics.of(split).map(of -> of.top1());
        if (top1.isEmpty()) {
            return Optional.of(look(VerdictWords.unmeasured(split)));
        }
        return top1.get().high() < expected
                ? Optional.of(
                        new Ground(Level.DO_NOT_USE, Source.AUDIT, VerdictWords.missed(split, top1.get(), expected)))
                : Optional.empty();
    }

    /** Where nothing was found, and an effect of high severity would have gone unseen too often: there were too few images. */
    private static Optional<Ground> tooFew(Findings findings, List<TestedEffect> tried, List<Shortcut> proposed) {
        Stream<String> blind = tried.stream()
                .filter(test ->
                        !Double.isFinite(test.detectable()) || test.kind().severity(test.detectable()) == Severity.HIGH)
                .filter(test -> findings.findings().stream().noneMatch(f -> says(f, test.kind(), test.subject())))
                .map(TestedEffect::subject);
        List<String> untried = proposed.stream()
                .filter(each -> each.grade() == null && each.explainedBy() == null && each.attracts() == null)
                .map(Shortcut::name)
                .toList();
        List<String> unseen = Stream.concat(blind, untried.stream()).toList();
        return unseen.isEmpty()
                ? Optional.empty()
                : Optional.of(look(VerdictWords.tooFew(unseen, tried.size() + untried.size())));
    }

    private static boolean says(Finding finding, FindingKind kind, String subject) {
        return finding.is(kind) && finding.subject().equals(subject);
    }
}
