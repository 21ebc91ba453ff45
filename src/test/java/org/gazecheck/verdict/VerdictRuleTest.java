package org.gazecheck.verdict;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.SplittableRandom;
import org.gazecheck.config.ExpectSettings;
import org.gazecheck.results.Figure;
import org.gazecheck.results.Finding;
import org.gazecheck.results.Finding.Grade;
import org.gazecheck.results.Finding.Severity;
import org.gazecheck.results.FindingKind;
import org.gazecheck.results.Findings;
import org.gazecheck.results.GateLevel;
import org.gazecheck.results.GateOutcome;
import org.gazecheck.results.GateResult;
import org.gazecheck.results.GateVerdict;
import org.gazecheck.results.Interventions;
import org.gazecheck.results.Metrics;
import org.gazecheck.results.Reason;
import org.gazecheck.results.RunVerdict;
import org.gazecheck.results.RunVerdict.Level;
import org.gazecheck.results.RunVerdict.Source;
import org.gazecheck.results.Signature;
import org.gazecheck.results.Signature.Decision;
import org.gazecheck.results.Signature.Reviewed;
import org.gazecheck.results.Signature.Share;
import org.gazecheck.results.SplitMetrics;
import org.gazecheck.results.Statement;
import org.gazecheck.results.TestedEffect;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class VerdictRuleTest {
    private static final String RUN = "0123456789abcdef";
    private static final ExpectSettings NOTHING_EXPECTED = expected(null);

    private static ExpectSettings expected(@Nullable Double test) {
        return new ExpectSettings(new ExpectSettings.Figures(null), new ExpectSettings.Figures(test));
    }

    private static Interventions interventions(String... notSought) {
        return new Interventions(
                1, false, 0, null, List.of(), null, List.of(), List.of(), List.of(), List.of(notSought));
    }

    private static Finding found(
            FindingKind kind, String subject, Severity severity, @Nullable Grade grade, @Nullable String reason) {
        Statement statement = new Statement(
                severity,
                "Said.",
                0.4,
                0.3,
                0.5,
                OptionalDouble.empty(),
                OptionalDouble.empty(),
                9,
                List.of(),
                "Look.");
        return new Finding(kind, subject, statement, grade, reason, null);
    }

    private static Finding shortcut(Reason reason, String subject, Severity severity, Grade grade) {
        return found(reason.kind(), subject, severity, grade, reason.id());
    }

    private static TestedEffect tried(String subject, double detectable) {
        return new TestedEffect(FindingKind.BACKGROUND_SHORTCUT, subject, "share", 0, -0.1, 0.1, 1, 1, 200, detectable);
    }

    private static Metrics test(double top1, double low, double high) {
        Figure figure = new Figure(top1, low, high, 200);
        return new Metrics(
                null,
                new SplitMetrics(
                        figure, figure, figure, figure, figure, figure, 1, null, List.of(), List.of(), List.of()));
    }

    private static RunVerdict of(List<Finding> findings, TestedEffect... tests) {
        return VerdictRule.audited(
                new Findings(findings, List.of(tests)), test(0.9, 0.85, 0.94), NOTHING_EXPECTED, interventions(), true);
    }

    private static RunVerdict expecting(double expected, Metrics metrics) {
        return VerdictRule.audited(Findings.NONE, metrics, expected(expected), interventions(), true);
    }

    @Test
    void aProvenShortcutOfHighSeverityForbidsTheNetwork() {
        RunVerdict verdict = of(List.of(
                shortcut(Reason.BACKGROUND, "gentian", Severity.HIGH, Grade.PROVEN),
                shortcut(Reason.BLUR, "rudbeckia", Severity.HIGH, Grade.PROVEN),
                shortcut(Reason.OBJECT, "daisy", Severity.LOW, Grade.SUSPECTED)));
        assertEquals(Level.DO_NOT_USE, verdict.level());
        assertEquals("Proven: it recognises gentian by its background; 1 reason more.", verdict.sentence());
        assertEquals(
                List.of(
                        "Proven: it recognises gentian by its background.",
                        "Proven: it recognises rudbeckia by blur.",
                        "Suspected, not proven: it recognises daisy by another object beside it."),
                verdict.grounds().stream().map(RunVerdict.Ground::sentence).toList());
    }

    @Test
    void whatIsProvenBelowThatOrSuspectedAsksForALook() {
        RunVerdict proven = of(List.of(shortcut(Reason.PATCH, "lily", Severity.MEDIUM, Grade.PROVEN)));
        assertEquals(Level.LOOK_AT_THIS, proven.level());
        assertEquals("Proven, of medium severity: it recognises lily by a patch.", proven.sentence());
        assertEquals(
                Level.LOOK_AT_THIS,
                of(List.of(shortcut(Reason.PATCH, "lily", Severity.LOW, Grade.SUSPECTED)))
                        .level());
    }

    @Test
    void whatFollowsFromAShortcutIsNoGroundOfItsOwn() {
        Finding cause = shortcut(Reason.PATCH, "lily", Severity.MEDIUM, Grade.PROVEN);
        Finding errors = found(FindingKind.LOCALISATION_OF_CLASS_ERRORS, "lily", Severity.HIGH, null, null);
        assertEquals(
                1,
                of(List.of(cause.of(cause.id()), errors.of(cause.id())))
                        .grounds()
                        .size());
        assertEquals(
                "Of high severity: localisation of a class's errors, lily.",
                of(List.of(errors)).sentence());
        assertEquals(
                Level.LOOKS_RIGHT,
                of(List.of(found(FindingKind.LABEL_ISSUES, "lily", Severity.MEDIUM, null, null)), tried("lily", 0.1))
                        .level());
    }

    @Test
    void anExpectedAccuracyIsMissedOnlyBeyondTheInterval() {
        assertEquals(Level.LOOKS_RIGHT, expecting(0.7, test(0.8, 0.75, 0.84)).level());
        assertEquals(Level.LOOKS_RIGHT, expecting(0.84, test(0.8, 0.75, 0.84)).level(), "it lies within");
        RunVerdict missed = expecting(0.85, test(0.8, 0.75, 0.84));
        assertEquals(Level.DO_NOT_USE, missed.level());
        assertEquals(
                "Top-1 accuracy on test is 80.0\u00a0%, at most 84.0\u00a0%; 85.0\u00a0% was expected.",
                missed.sentence());
        assertEquals(
                "Accuracy on test was expected and not measured.",
                expecting(0.85, new Metrics(null, null)).sentence());
    }

    @Test
    void nothingFoundIsWorthWhatCouldHaveBeenFound() {
        RunVerdict enough = of(List.of(), tried("lily", 0.1), tried("rose", 0.13));
        assertEquals(Level.LOOKS_RIGHT, enough.level());
        assertEquals("Nothing found; each of 2 shortcuts tried would have shown from 13 points on.", enough.sentence());
        RunVerdict tooFew = of(List.of(), tried("lily", 0.1), tried("rose", 0.2), tried("mallow", Double.NaN));
        assertEquals(Level.LOOK_AT_THIS, tooFew.level());
        assertEquals(
                "Too few images: 2 of 3 possible shortcuts could be of high severity, unseen (rose, mallow).",
                tooFew.sentence());
        RunVerdict shown = of(
                List.of(found(FindingKind.BACKGROUND_SHORTCUT, "rose", Severity.LOW, Grade.SUSPECTED, "background")),
                tried("rose", 2));
        assertEquals(1, shown.grounds().size(), "it was found with few images");
    }

    @Test
    void whatCouldNotBeTriedMayBeThere() {
        Interventions.Shortcut untried = new Interventions.Shortcut(
                "lily",
                Reason.BLUR,
                "their blur",
                null,
                null,
                0.9,
                0.1,
                0,
                0,
                0,
                2,
                2,
                true,
                null,
                null,
                null,
                null,
                null,
                List.of());
        RunVerdict verdict = VerdictRule.audited(
                new Findings(List.of(), List.of(tried("rose", 0.1))),
                new Metrics(null, null),
                NOTHING_EXPECTED,
                new Interventions(
                        1, false, 0, null, List.of(), null, List.of(), List.of(untried), List.of(), List.of()),
                true);
        assertEquals(
                "Too few images: 1 of 2 possible shortcuts could be of high severity, unseen (lily).",
                verdict.sentence());
    }

    @Test
    void whatWasNotLookedForMayBeThere() {
        RunVerdict notSought = VerdictRule.audited(
                Findings.NONE,
                new Metrics(null, null),
                NOTHING_EXPECTED,
                interventions("backgrounds and sizes of objects: too few images of val and test"),
                true);
        assertEquals(Level.LOOK_AT_THIS, notSought.level());
        assertEquals("Not looked for: backgrounds and sizes of objects.", notSought.sentence());
        assertEquals(
                Level.LOOK_AT_THIS,
                VerdictRule.audited(Findings.NONE, new Metrics(null, null), NOTHING_EXPECTED, null, true)
                        .level());
        assertTrue(VerdictRule.audited(Findings.NONE, new Metrics(null, null), NOTHING_EXPECTED, null, false)
                .sentence()
                .startsWith("New images only"));
    }

    @Test
    void aReviewOnlyMakesItGraver() {
        RunVerdict right = of(List.of(), tried("lily", 0.1));
        RunVerdict rejected = VerdictRule.reviewed(right, Optional.of(signed(Decision.REJECT, "Ada", RUN)), RUN);
        assertEquals(Level.DO_NOT_USE, rejected.level());
        assertEquals("Rejected in review by Ada.", rejected.sentence());
        assertEquals(Source.REVIEW, rejected.grounds().get(0).source());
        assertEquals(
                right, VerdictRule.reviewed(right, Optional.of(signed(Decision.REJECT, "Ada", RUN)), "of another"));
        RunVerdict grave = of(List.of(shortcut(Reason.BLUR, "lily", Severity.HIGH, Grade.PROVEN)));
        assertEquals(grave, VerdictRule.reviewed(grave, Optional.of(signed(Decision.ACCEPT, "Ada", RUN)), RUN));
        assertEquals(grave, VerdictRule.reviewed(grave, Optional.empty(), RUN));
    }

    @Test
    void aGateThatFailedAsksForALook() {
        RunVerdict right = of(List.of(), tried("lily", 0.1));
        assertEquals(right, VerdictRule.gated(right, gates(GateLevel.FAIL, GateOutcome.PASSED)));
        assertEquals(right, VerdictRule.gated(right, gates(GateLevel.WARN, GateOutcome.WARNED)));
        RunVerdict failed = VerdictRule.gated(right, gates(GateLevel.FAIL, GateOutcome.PERSISTING));
        assertEquals(Level.LOOK_AT_THIS, failed.level());
        assertEquals("A gate failed: test.top1 >= 0.9.", failed.sentence());
    }

    private static Signature signed(Decision decision, String reviewer, String run) {
        Share none = new Share(0, 0);
        return new Signature(decision, reviewer, Instant.EPOCH, "No.", run, new Reviewed(none, none, none));
    }

    private static GateVerdict gates(GateLevel level, GateOutcome outcome) {
        return new GateVerdict(
                2,
                "run",
                Instant.EPOCH,
                0.01,
                1,
                0.01,
                List.of(new GateResult("test.top1 >= 0.9", level, outcome, "It is 0.8.", List.of())),
                List.of(),
                null);
    }

    /** Over classes called by any number of words, and any grounds together. */
    @Test
    void theSentenceHasAtMostTwentyWordsAndNamesClassAndReason() {
        SplittableRandom random = new SplittableRandom(5);
        for (int round = 0; round < 3000; round++) {
            List<Finding> findings = new ArrayList<>();
            List<TestedEffect> tests = new ArrayList<>();
            for (int i = random.nextInt(4); i > 0; i--) {
                Reason reason = any(random, Reason.values());
                findings.add(
                        shortcut(reason, words(random), any(random, Severity.values()), any(random, Grade.values())));
            }
            for (int i = random.nextInt(3); i > 0; i--) {
                findings.add(found(
                        any(random, FindingKind.values()), words(random), any(random, Severity.values()), null, null));
                tests.add(tried(words(random), random.nextDouble() * 2));
            }
            Interventions interventions = random.nextBoolean()
                    ? null
                    : random.nextBoolean() ? interventions() : interventions(words(random) + ": " + words(random));
            RunVerdict verdict = VerdictRule.audited(
                    new Findings(findings, tests),
                    random.nextBoolean() ? test(0.8, 0.75, 0.84) : new Metrics(null, null),
                    expected(random.nextBoolean() ? null : random.nextDouble()),
                    interventions,
                    random.nextBoolean());
            verdict = VerdictRule.reviewed(
                    verdict,
                    Optional.of(signed(any(random, Decision.values()), "Ada " + "B. ".repeat(random.nextInt(30)), RUN)),
                    RUN);
            verdict = VerdictRule.gated(
                    verdict, gates(any(random, GateLevel.values()), any(random, GateOutcome.values())));
            assertShort(verdict);
            for (Finding finding : findings) {
                if (finding.grade() != null) {
                    String first = finding.subject().split(" ")[0];
                    assertTrue(
                            verdict.grounds().stream()
                                    .anyMatch(ground -> ground.sentence().contains(first)
                                            && ground.sentence()
                                                    .contains(Reason.of(finding)
                                                            .orElseThrow()
                                                            .noun())),
                            verdict.toString());
                }
            }
        }
    }

    private static void assertShort(RunVerdict verdict) {
        assertTrue(count(verdict.sentence()) <= RunVerdict.WORDS, verdict.sentence());
        assertFalse(verdict.sentence().isBlank());
        assertTrue(verdict.sentence().endsWith("."), verdict.sentence());
        verdict.grounds()
                .forEach(ground -> assertTrue(count(ground.sentence()) <= RunVerdict.Ground.WORDS, ground.sentence()));
    }

    private static int count(String sentence) {
        return sentence.strip().split("[\\s\\p{Z}]+").length;
    }

    private static String words(SplittableRandom random) {
        StringBuilder name = new StringBuilder("class" + random.nextInt(1000));
        for (int i = random.nextInt(12); i > 0; i--) {
            name.append(' ').append("x".repeat(1 + random.nextInt(9)));
        }
        return name.toString();
    }

    private static <T> T any(SplittableRandom random, T[] of) {
        return of[random.nextInt(of.length)];
    }
}
