package org.gazecheck.gate;

import static org.gazecheck.gate.Nights.*;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.gazecheck.metric.MetricSet;
import org.gazecheck.results.Figure;
import org.gazecheck.results.Finding;
import org.gazecheck.results.Finding.Severity;
import org.gazecheck.results.GateFailure.State;
import org.gazecheck.results.GateOutcome;
import org.gazecheck.results.GateResult;
import org.gazecheck.results.GateVerdict;
import org.gazecheck.results.RunVerdict;
import org.gazecheck.results.RunVerdict.Ground;
import org.gazecheck.results.RunVerdict.Level;
import org.gazecheck.stats.CriticalEffect;
import org.gazecheck.stats.TwoProportions;
import org.junit.jupiter.api.Test;

class GatesTest {
    private static final String TOP1 = "test.top1 >= 89 %";
    private static final String DRIFT = "new.drift is none";
    private static final String FINDINGS = "findings.new.severity >= high is empty";

    @Test
    void aMendedRunThatIsNotRecommendedFailsAndOneThatMendsNothingIsNotJudged() throws Exception {
        String rule = "mitigation.recommended = true";
        Figure not = new Figure(0, Double.NaN, Double.NaN, 0);
        GateResult failed = one(rule, "mitigation.recommended", not);
        assertEquals(GateOutcome.FAILED, failed.outcome());
        assertTrue(failed.sentence().contains("mitigation.recommended is false, not true"), failed.sentence());
        Figure is = new Figure(1, Double.NaN, Double.NaN, 0);
        assertEquals(GateOutcome.PASSED, one(rule, "mitigation.recommended", is).outcome());
        GateResult other = judge(
                        List.of(rule),
                        List.of(),
                        MeasurementTable.builder()
                                .notApplicable(MetricSet.MITIGATION, "the run mends no other one")
                                .build())
                .gates()
                .get(0);
        assertEquals(GateOutcome.NOT_APPLICABLE, other.outcome());
        assertTrue(other.sentence().contains("the run mends no other one"), other.sentence());
    }

    @Test
    void aFigureFailsOnlyWhenItIsBelowByMoreThanChance() throws Exception {
        GateResult above = one(TOP1, "test.top1", share(95, 100));
        assertEquals(GateOutcome.PASSED, above.outcome());
        assertEquals(
                "test.top1 is 95.0 % (95 % interval 88.8 % to 97.8 %, 100 images). It would fail at 80.0 % (80 of"
                        + " 100) or"
                        + " below.",
                above.sentence());

        GateResult near = one(TOP1, "test.top1", share(85, 100));
        assertEquals(GateOutcome.PASSED, near.outcome());
        assertEquals(
                "test.top1 is 85.0 % (95 % interval 76.7 % to 90.7 %, 100 images), below 89.0 %, but not by more than"
                        + " chance (p = 0.133, the rule's level is 0.01). It would fail at 80.0 % (80 of 100) or"
                        + " below.",
                near.sentence());

        GateResult far = one(TOP1, "test.top1", share(79, 100));
        assertEquals(GateOutcome.FAILED, far.outcome());
        assertTrue(far.sentence().contains("below 89.0 % by more than chance (p = 0.00265"), far.sentence());
        assertEquals(TOP1, far.failures().get(0).id());
    }

    /** At most 81 of 100 at 0.89 have a probability of 0.0123, at most 80 of 0.0059 (summed as fractions). */
    @Test
    void aShareFailsWhereItsExactBoundLiesBelow() throws Exception {
        assertEquals(GateOutcome.PASSED, one(TOP1, "test.top1", share(81, 100)).outcome());
        assertEquals(GateOutcome.FAILED, one(TOP1, "test.top1", share(80, 100)).outcome());
    }

    /** qt(0.99, 29) = 2.462: a figure fails where its bound, so many standard errors away, does. */
    @Test
    void anEstimateFailsWhereItsBoundByStudentLiesBeyond() throws Exception {
        double error = 0.01;
        String rule = "test.ece <= 0.05";
        assertEquals(
                GateOutcome.PASSED,
                one(rule, "test.ece", estimate(0.05 + 2.45 * error, 1.959964 * error, 30))
                        .outcome());
        assertEquals(
                GateOutcome.FAILED,
                one(rule, "test.ece", estimate(0.05 + 2.47 * error, 1.959964 * error, 30))
                        .outcome());
    }

    @Test
    void exactlyIsThePointEstimate() throws Exception {
        assertEquals(
                GateOutcome.FAILED,
                one("test.top1 exactly >= 89 %", "test.top1", share(88, 100)).outcome());
        assertEquals(
                GateOutcome.PASSED,
                one("test.top1 exactly >= 89 %", "test.top1", share(89, 100)).outcome());
    }

    @Test
    void aCountIsComparedAsItIs() throws Exception {
        GateVerdict verdict = judge(
                List.of("missing.images = 0", "night.seconds <= 3600", "new.images > 2"),
                List.of(),
                MeasurementTable.builder()
                        .count(id("missing.images"), 3)
                        .count(id("night.seconds"), 61.5)
                        .count(id("new.images"), 2)
                        .build());
        assertEquals(List.of(GateOutcome.FAILED, GateOutcome.PASSED, GateOutcome.FAILED), outcomes(verdict));
        assertEquals("missing.images is 3, not 0.", verdict.gates().get(0).sentence());
        assertEquals("night.seconds is 61.5.", verdict.gates().get(1).sentence());
        assertTrue(Double.isNaN(verdict.level()));
    }

    @Test
    void whatIsMissingIsNotApplicableAndSaysWhy() throws Exception {
        GateVerdict verdict = judge(
                List.of("new.top1 >= 0.8", "new.top1 not worse than baseline", DRIFT, FINDINGS, TOP1),
                List.of(),
                MeasurementTable.builder()
                        .notApplicable(MetricSet.NEW, "there are no new images")
                        .notApplicable(id("new.top1"), "the new images have no labels")
                        .withoutFindings("no audit was made")
                        .build());
        assertTrue(outcomes(verdict).stream().allMatch(GateOutcome.NOT_APPLICABLE::equals));
        assertFalse(verdict.alerts());
        assertEquals(
                List.of(
                        "the new images have no labels.",
                        "the new images have no labels.",
                        "there are no new images.",
                        "no audit was made.",
                        "it was not measured in this run."),
                verdict.gates().stream().map(GateResult::sentence).toList());
    }

    @Test
    void theVerdictIsHeldToItsGravestAndToItsMildest() throws Exception {
        List<String> rules = List.of("verdict = \"looks right\"", "verdict   != 'do not use'");
        assertEquals(
                List.of(GateOutcome.PASSED, GateOutcome.PASSED),
                outcomes(judge(rules, List.of(), comingTo(List.of()))));
        GateVerdict look = judge(rules, List.of(), comingTo(List.of(ground(Level.LOOK_AT_THIS))));
        assertEquals(List.of(GateOutcome.FAILED, GateOutcome.PASSED), outcomes(look));
        assertEquals(
                "the verdict is 'look at this': Something speaks against it.",
                look.gates().get(0).sentence());
        assertEquals("verdict != \"do not use\"", look.gates().get(1).rule());
        GateVerdict not = judge(rules, List.of(), comingTo(List.of(ground(Level.DO_NOT_USE))));
        assertEquals(List.of(GateOutcome.FAILED, GateOutcome.FAILED), outcomes(not));
        assertTrue(Double.isNaN(not.level()), "no chance is reckoned with");
        assertEquals(
                List.of(GateOutcome.NOT_APPLICABLE, GateOutcome.NOT_APPLICABLE),
                outcomes(judge(
                        rules,
                        List.of(),
                        MeasurementTable.builder().verdict(null).build())));
    }

    @Test
    void aGraverVerdictAlertsAgainAndTheSameDoesNot() throws Exception {
        Gates gates = Gates.of(List.of("verdict = \"looks right\""), List.of(), Gates.DEFAULT_BUDGET);
        MeasurementTable look = comingTo(List.of(ground(Level.LOOK_AT_THIS)));
        GateVerdict first = gates.judge("1", Instant.EPOCH, look, Optional.empty(), List.of());
        GateVerdict second = gates.judge("2", Instant.EPOCH, look, Optional.of(first), List.of());
        assertEquals(List.of(GateOutcome.PERSISTING), outcomes(second));
        GateVerdict third = gates.judge(
                "3", Instant.EPOCH, comingTo(List.of(ground(Level.DO_NOT_USE))), Optional.of(second), List.of());
        assertEquals(List.of(GateOutcome.FAILED), outcomes(third));
        assertTrue(
                third.gates().get(0).sentence().endsWith("; worse than before."),
                third.gates().toString());
    }

    private static Ground ground(Level level) {
        return new Ground(level, RunVerdict.Source.AUDIT, "Something speaks against it.");
    }

    private static MeasurementTable comingTo(List<Ground> grounds) {
        return MeasurementTable.builder()
                .verdict(RunVerdict.of(grounds, "Nothing found."))
                .build();
    }

    @Test
    void tooFewImagesToTellAnythingAreNotAPass() throws Exception {
        GateResult result = one("test.top1 >= 0.5", "test.top1", share(0, 6));
        assertEquals(GateOutcome.NOT_APPLICABLE, result.outcome());
        assertTrue(result.sentence().startsWith("with so few images or permutations nothing could be distinguished"));
        assertEquals(
                GateOutcome.FAILED,
                one("test.top1 >= 0.5", "test.top1", share(0, 7)).outcome());
        GateVerdict drift = judge(
                List.of(DRIFT),
                List.of(),
                MeasurementTable.builder()
                        .drift(drifted("new.drift.feature_distribution", 1, "energy", 0.02, 0.02))
                        .build());
        assertEquals(List.of(GateOutcome.NOT_APPLICABLE), outcomes(drift));
        assertEquals(
                "there are 19 images, 20 are needed.",
                one("test.top1 >= 0.5 with at least 20 images", "test.top1", share(0, 19))
                        .sentence());
    }

    @Test
    void classesThatCannotFailCostTheOthersNothing() throws Exception {
        Map<String, Figure> classes = new LinkedHashMap<>();
        for (int i = 0; i < 100; i++) {
            classes.put("tiny " + i, share(2, 3));
        }
        classes.put("rose", share(9, 25));
        String rule = "each class test.top1 >= 0.6";
        GateResult result = classes(rule, classes);
        assertEquals(GateOutcome.PASSED, result.outcome());
        assertTrue(
                result.sentence()
                        .endsWith("100 classes rest on too few images or permutations to fail at the rule's level."),
                result.sentence());
        classes.put("rose", share(8, 25));
        assertEquals(GateOutcome.FAILED, classes(rule, classes).outcome());
    }

    @Test
    void theBudgetIsDividedAmongTheRulesThatRestOnChance() throws Exception {
        Gates gates = Gates.of(
                List.of(TOP1, "missing.images = 0", "test.top5 exactly >= 0.9", DRIFT), List.of(FINDINGS), 0.03);
        assertEquals(3, gates.chanceRules());
        assertEquals(0.01, gates.level(), 1e-12);
        assertThrows(IllegalArgumentException.class, () -> new Gates(List.of(), 0));
    }

    @Test
    void classesAreCorrectedForEachOtherAndSmallOnesLeftOut() throws Exception {
        Map<String, Figure> classes = new LinkedHashMap<>();
        for (int i = 0; i < 50; i++) {
            classes.put("c" + i, share(19, 25));
        }
        classes.put("bad", share(5, 25));
        classes.put("unlucky", share(10, 25));
        classes.put("small", share(0, 19));
        GateResult result = classes("each class test.top1 >= 0.6 with at least 20 images", classes);
        assertEquals(GateOutcome.FAILED, result.outcome());
        assertEquals(1, result.failures().size(), result.sentence());
        assertEquals(
                "each class test.top1 >= 0.6 with at least 20 images / bad",
                result.failures().get(0).id());
        assertTrue(result.sentence().startsWith("1 of 52 classes: test.top1 of bad is 20.0 %"), result.sentence());
        assertTrue(result.sentence().endsWith("1 class has fewer than 20 images and was left out."), result.sentence());
        classes.remove("bad");
        assertTrue(classes("each class test.top1 >= 0.6 with at least 20 images", classes)
                .sentence()
                .startsWith(
                        "51 classes, 1 on the wrong side, none by more than chance; nearest: test.top1 of unlucky"));
    }

    @Test
    void onlyWorseIsWorse() throws Exception {
        String worse = "test.top1 not worse than baseline";
        String border = "test.localisation.border_mass not worse than baseline";
        String margin = "val.top1 not worse than baseline by more than 1 %";
        String different = "new.confidence not different from baseline";
        MeasurementTable night = MeasurementTable.builder()
                .comparison(id("test.top1"), comparison(0.95, 0.90, 1e-6, 900))
                .comparison(id("test.localisation.border_mass"), comparison(0.09, 0.02, 1e-6, 900))
                .comparison(id("val.top1"), comparison(0.98, 0.985, 1e-6, 900))
                .comparison(
                        id("new.confidence"),
                        new BaselineComparison(
                                0.9,
                                0.8,
                                new BaselineComparison.Effect(0.4, 0.3, 0.5, true),
                                1e-6,
                                0,
                                900,
                                CriticalEffect.UNKNOWN))
                .build();
        GateVerdict verdict = judge(List.of(worse, border, margin, different), List.of(), night);
        assertEquals(
                List.of(GateOutcome.PASSED, GateOutcome.FAILED, GateOutcome.PASSED, GateOutcome.FAILED),
                outcomes(verdict));
        assertEquals(
                "test.localisation.border_mass is 9.0 %, on the baseline 2.0 %: +7.0 points (95 % interval +5.0 points"
                        + " to +9.0 points, 900 images), worse by more than chance (p = 1.0e-06, the rule's level is"
                        + " 0.0025).",
                verdict.gates().get(1).sentence());
    }

    @Test
    void theSameModelOnTheSameImagesIsNotWorse() throws Exception {
        GateVerdict verdict = judge(
                List.of("test.top1 not worse than baseline"),
                List.of(),
                MeasurementTable.builder()
                        .comparison(id("test.top1"), comparison(0.9, 0.9, 1, 100))
                        .build());
        assertEquals(List.of(GateOutcome.PASSED), outcomes(verdict));
    }

    @Test
    void driftIsTheTestThatShowsIt() throws Exception {
        MeasurementTable.Builder night =
                MeasurementTable.builder().drift(drifted("new.drift.brightness", -0.8, "Cliff's delta", 1e-5, 1e-5));
        for (int i = 0; i < 20; i++) {
            night.drift(drifted("new.localisation.entropy", 0.1, "Cliff's delta", 0.004, 1e-5));
        }
        GateVerdict verdict = judge(List.of(DRIFT, "new.drift.localisation is none"), List.of(), night.build());
        assertEquals(List.of(GateOutcome.FAILED, GateOutcome.PASSED), outcomes(verdict));
        assertTrue(
                verdict.gates()
                        .get(0)
                        .sentence()
                        .startsWith("1 of 21 tests: brightness of the images (new.drift.brightness):"),
                verdict.gates().get(0).sentence());
        assertEquals(
                "new.drift is none / new.drift.brightness",
                verdict.gates().get(0).failures().get(0).id());
    }

    @Test
    void aFindingThatChanceCouldBringDoesNotWake() throws Exception {
        NightFinding tested = finding("localisation-of-class", "rose", Severity.HIGH, true, 0.03);
        NightFinding untested = finding("duplicates", "within test", Severity.HIGH, true, null);
        NightFinding old = finding("duplicates", "within val", Severity.HIGH, false, null);
        NightFinding low = finding("duplicates", "within train", Severity.LOW, true, null);
        GateResult passed = findings(tested, old, low);
        assertEquals(GateOutcome.PASSED, passed.outcome());
        assertTrue(passed.sentence()
                .startsWith("1 finding, none beyond chance; nearest: localisation-of-class:rose (high)"));
        GateResult failed = findings(tested, untested, old, low);
        assertEquals(GateOutcome.FAILED, failed.outcome());
        assertEquals(
                List.of("duplicates:within test"),
                failed.failures().stream().map(f -> f.id()).toList());
        assertEquals("There are none.", findings(old, low).sentence());
    }

    @Test
    void whatTheAuditProvedWakesByItsGrade() throws Exception {
        NightFinding proven = shortcut("rose", Finding.Grade.PROVEN, Severity.HIGH);
        NightFinding suspected = shortcut("tulip", Finding.Grade.SUSPECTED, Severity.LOW);
        MeasurementTable night = night(proven, suspected);
        List<String> rules = List.of(
                "findings.all.grade = proven and kind = background-shortcut is empty",
                "findings.all.grade = suspected is empty",
                "findings.all.reason = blur is empty",
                "findings.all.severity >= high is empty",
                "findings.all.severity = low is empty");
        GateVerdict verdict = judge(rules, List.of(), night);
        assertEquals(
                List.of(
                        GateOutcome.FAILED,
                        GateOutcome.FAILED,
                        GateOutcome.PASSED,
                        GateOutcome.FAILED,
                        GateOutcome.PASSED),
                outcomes(verdict),
                "its test may be one of many, and the audit corrected for all candidates");
        assertTrue(verdict.gates()
                .get(0)
                .sentence()
                .contains("background-shortcut:rose (high, proven): Something about rose"));
    }

    private static NightFinding shortcut(String subject, Finding.Grade grade, Severity severity) {
        NightFinding found = finding("background-shortcut", subject, severity, true, 0.3);
        Finding of = found.finding();
        return new NightFinding(
                new Finding(of.kind(), subject, of.statement(), grade, "background", null), true, found.p());
    }

    private static GateResult findings(NightFinding... findings) throws Exception {
        return judge(List.of(FINDINGS), List.of(), night(findings)).gates().get(0);
    }

    private static MeasurementTable night(NightFinding... findings) {
        return MeasurementTable.builder().findings(List.of(findings)).build();
    }

    @Test
    void aWarningDoesNotWake() throws Exception {
        GateVerdict verdict = judge(
                List.of(),
                List.of(TOP1),
                MeasurementTable.builder()
                        .figure(id("test.top1"), share(10, 100))
                        .build());
        assertEquals(List.of(GateOutcome.WARNED), outcomes(verdict));
        assertFalse(verdict.alerts());
    }

    @Test
    void whatPersistsDoesNotWakeAgainButWhatIsNewBesidesDoes() throws Exception {
        NightFinding first = finding("duplicates", "within test", Severity.HIGH, true, null);
        NightFinding second = finding("outliers", "test", Severity.HIGH, true, null);
        GateVerdict one = judge(List.of(FINDINGS), List.of(), night(first));
        assertTrue(one.alerts());
        GateVerdict two = judge(List.of(FINDINGS), List.of(), night(first), one, List.of());
        assertEquals(List.of(GateOutcome.PERSISTING), outcomes(two));
        assertFalse(two.alerts());
        assertTrue(two.gates().get(0).sentence().contains("[as before]"));
        GateVerdict three = judge(List.of(FINDINGS), List.of(), night(first, second), two, List.of());
        assertEquals(List.of(GateOutcome.FAILED), outcomes(three));
        assertEquals(
                List.of(State.PERSISTING, State.NEW),
                three.gates().get(0).failures().stream().map(f -> f.state()).toList());
        GateVerdict four = judge(List.of(FINDINGS), List.of(), night(), three, List.of());
        GateVerdict five = judge(List.of(FINDINGS), List.of(), night(first), four, List.of());
        assertTrue(five.alerts(), "after a night without it, it is new");
    }

    @Test
    void whatWasAWarningAndNowFailsWakes() throws Exception {
        MeasurementTable bad = MeasurementTable.builder()
                .figure(id("test.top1"), share(10, 100))
                .build();
        GateVerdict warned = judge(List.of(), List.of(TOP1), bad);
        assertTrue(judge(List.of(TOP1), List.of(), bad, warned, List.of()).alerts());
    }

    @Test
    void whatGetsMuchWorseWakesAgain() throws Exception {
        GateVerdict before = judge(List.of(TOP1), List.of(), top1(820));
        assertTrue(before.alerts());
        assertFalse(
                judge(List.of(TOP1), List.of(), top1(790), before, List.of()).alerts());
        GateVerdict after = judge(List.of(TOP1), List.of(), top1(500), before, List.of());
        assertTrue(after.alerts());
        assertTrue(after.gates().get(0).sentence().contains("worse than before by more than chance"));
        assertFalse(
                judge(List.of(TOP1), List.of(), top1(830), before, List.of()).alerts(), "better is not worse");
    }

    @Test
    void moreOfWhatIsCountedWakesAgain() throws Exception {
        List<String> rule = List.of("new.refused <= 0");
        GateVerdict one = judge(rule, List.of(), refused(1));
        assertTrue(one.alerts());
        GateVerdict same = judge(rule, List.of(), refused(1), one, List.of());
        assertEquals(List.of(GateOutcome.PERSISTING), outcomes(same));
        GateVerdict many = judge(rule, List.of(), refused(500), same, List.of());
        assertTrue(many.alerts());
        assertTrue(many.gates().get(0).sentence().contains("worse than before"));
        assertFalse(judge(rule, List.of(), refused(3), many, List.of()).alerts());
    }

    private static MeasurementTable refused(int files) {
        return MeasurementTable.builder().count(id("new.refused"), files).build();
    }

    @Test
    void aDriftOfOneKindHidesNoneOfAnother() throws Exception {
        DriftTest mix = drifted("new.drift.label_distribution", 0.3, "Cramér's V", 1e-9, 1e-12);
        DriftTest dark = drifted("new.drift.brightness", -0.8, "Cliff's delta", 1e-9, 1e-12);
        DriftTest flat = drifted("new.drift.contrast", -0.8, "Cliff's delta", 1e-9, 1e-12);
        GateVerdict one = judge(List.of(DRIFT), List.of(), drift(mix));
        GateVerdict two = judge(List.of(DRIFT), List.of(), drift(mix, dark), one, List.of());
        assertTrue(two.alerts());
        GateVerdict three = judge(List.of(DRIFT), List.of(), drift(mix, dark, flat), two, List.of());
        assertEquals(List.of(GateOutcome.PERSISTING), outcomes(three));
        DriftTest sure = drifted("new.confidence", -0.8, "Cliff's delta", 1e-9, 1e-12);
        DriftTest labels = drifted("new.drift.contradicted_labels", 0.5, "difference", 1e-9, 1e-12);
        assertFalse(judge(List.of(DRIFT), List.of(), drift(mix, sure), one, List.of())
                .alerts());
        assertTrue(judge(List.of(DRIFT), List.of(), drift(mix, labels), one, List.of())
                .alerts());
        assertFalse(judge(List.of(DRIFT), List.of(), drift(dark, mix, labels), two, List.of())
                .alerts());
    }

    private static MeasurementTable drift(DriftTest... tests) {
        MeasurementTable.Builder night = MeasurementTable.builder();
        List.of(tests).forEach(night::drift);
        return night.build();
    }

    @Test
    void whatCannotBeComparedWithTheBaselineFailsAndPersists() throws Exception {
        List<String> rules = List.of("test.top1 not worse than baseline", FINDINGS, "new.top1 not worse than baseline");
        MeasurementTable night = MeasurementTable.builder()
                .findings(List.of())
                .incomparable("the classes are others")
                .notApplicable(MetricSet.NEW, "no images are new")
                .build();
        GateVerdict one = judge(rules, List.of(), night);
        assertEquals(List.of(GateOutcome.FAILED, GateOutcome.FAILED, GateOutcome.NOT_APPLICABLE), outcomes(one));
        assertEquals("the classes are others.", one.gates().get(0).sentence());
        GateVerdict two = judge(rules, List.of(), night, one, List.of());
        assertEquals(
                List.of(GateOutcome.PERSISTING, GateOutcome.PERSISTING, GateOutcome.NOT_APPLICABLE), outcomes(two));
    }

    /** 2 percentage points are lost, or 5, of which 1 is allowed; the standard error is 1.02. */
    @Test
    void aLossMustBeBeyondTheMarginByMoreThanChance() throws Exception {
        String rule = "test.top1 not worse than baseline by more than 1 %";
        assertEquals(GateOutcome.PASSED, lost(rule, 0.02).outcome());
        assertEquals(GateOutcome.FAILED, lost(rule, 0.05).outcome());
    }

    @Test
    void ranksAreNoPoints() throws Exception {
        BaselineComparison ranked = new BaselineComparison(
                0.8, 0.9, new BaselineComparison.Effect(-0.35, -0.6, -0.1, true), 1e-6, 0, 14, CriticalEffect.UNKNOWN);
        assertEquals(
                "new.confidence is 80.0 %, on the baseline 90.0 %: Cliff's delta -0.35 (95 % interval -0.6 to -0.1, 14"
                        + " images), different by more than chance (p = 1.0e-06, the rule's level is 0.01).",
                only("new.confidence not different from baseline", "new.confidence", ranked)
                        .sentence());
    }

    @Test
    void whatPassesSaysWhatWouldHaveFailed() throws Exception {
        String rule = "new.top1 not worse than baseline";
        assertEquals(
                "new.top1 is 100.0 %, on the baseline 93.0 %: +7.0 points (95 % interval -3.0 points to +17.0"
                        + " points, 14"
                        + " images). It would fail from -28.7 points (9 of 14) on.",
                only(rule, "new.top1", ofShares(14, 14, 93, 100)).sentence());
        assertEquals(
                GateOutcome.FAILED,
                only(rule, "new.top1", ofShares(9, 14, 93, 100)).outcome());
        assertEquals(
                GateOutcome.PASSED,
                only(rule, "new.top1", ofShares(10, 14, 93, 100)).outcome());
        assertTrue(only("new.top1 not different from baseline", "new.top1", ofShares(8, 14, 60, 100))
                .sentence()
                .endsWith(" It would fail from -38.6 points (3 of 14) or +40.0 points (14 of 14) on."));
        assertTrue(only("new.top1 not different from baseline", "new.top1", ofShares(4, 14, 20, 100))
                .sentence()
                .endsWith(" It would fail from +37.1 points (8 of 14) on."));
        BaselineComparison alike = new BaselineComparison(
                0.9, 0.9, new BaselineComparison.Effect(0, -0.3, 0.3, true), 1, 0, 14, (level, sign) -> sign * 0.4);
        String confidence = only("new.confidence not different from baseline", "new.confidence", alike)
                .sentence();
        assertTrue(confidence.endsWith(" It would fail from a Cliff's delta of ±0.4 on."), confidence);
        String border = only(
                        "test.localisation.border_mass not worse than baseline",
                        "test.localisation.border_mass",
                        new BaselineComparison(
                                0.1, 0.1, difference(0, 0.02), 1, 0, 900, (level, sign) -> sign * 0.0003))
                .sentence();
        assertTrue(border.endsWith(" It would fail from +0.03 points on."), border);
    }

    private static BaselineComparison ofShares(int k, int n, int l, int m) {
        TwoProportions test = new TwoProportions(k, n, l, m);
        return new BaselineComparison(
                (double) k / n,
                (double) l / m,
                difference(test.difference(), 0.1),
                test.p(),
                0,
                n,
                (level, sign) -> TwoProportions.critical(n, l, m, level, sign));
    }

    /** 0 right of 5 beside 60 of 100 has a p of 0.013. */
    @Test
    void whatNothingCouldMakeFailDoesNotApply() throws Exception {
        GateResult few = only("new.top1 not worse than baseline", "new.top1", ofShares(0, 5, 60, 100));
        assertEquals(GateOutcome.NOT_APPLICABLE, few.outcome());
        assertTrue(
                few.sentence().startsWith("with so few images or permutations nothing could be distinguished"),
                few.sentence());
    }

    @Test
    void anEstimateWouldFailAboutThere() throws Exception {
        assertEquals(
                "test.balancedAccuracy is 95.0 % (95 % interval 91.1 % to 98.9 %, 100 images). It would fail at"
                        + " about 85.3 % or"
                        + " below, with tonight's spread.",
                one("test.balancedAccuracy >= 90 %", "test.balancedAccuracy", estimate(0.95, 0.0392, 100))
                        .sentence());
        String near = one("test.ece <= 3 %", "test.ece", estimate(0.046, 0.00137 * 10, 1000))
                .sentence();
        assertTrue(near.contains("It would fail at about 4.63 % or above"), near);
    }

    /** The level is for the classes that could fail: pbinom(5, 20, 0.6) = 0.0016, pbinom(6, 20, 0.6) = 0.0065, at 0.01 / 2. */
    @Test
    void ofClassesTheFirstThatWouldFailIsNamed() throws Exception {
        String rule = "each class test.top1 >= 60 %";
        TreeMap<String, Figure> classes = new TreeMap<>();
        for (int i = 0; i < 80; i++) {
            classes.put("few " + i, share(5, 5));
        }
        classes.put("rose", share(18, 20));
        classes.put("tulip", share(13, 15));
        GateResult passed = classes(rule, classes);
        assertTrue(
                passed.sentence().contains(" It would fail first for rose, at 25.0 % (5 of 20) or below."),
                passed.sentence());
        classes.put("rose", share(5, 20));
        assertEquals(GateOutcome.FAILED, classes(rule, classes).outcome());
        classes.put("rose", share(6, 20));
        assertEquals(GateOutcome.PASSED, classes(rule, classes).outcome());
    }

    @Test
    void ofTestsByRanksWhatEachWouldSee() throws Exception {
        MeasurementTable.Builder night = MeasurementTable.builder()
                .drift(new DriftTest(
                        id("new.drift.saturation"), 0.1, "Cliff's delta", 0.5, 0, 14, (l, s) -> s * 0.002 / l))
                .drift(new DriftTest(id("new.drift.pixels"), 0.1, "Cliff's delta", 0.6, 0, 12, (l, s) -> s * 0.003 / l))
                .drift(drifted("new.drift.feature_distribution", 0.1, "energy coefficient", 0.7, 1e-5));
        String drift =
                judge(List.of(DRIFT), List.of(), night.build()).gates().get(0).sentence();
        assertTrue(drift.endsWith(" A test by ranks would fail from a Cliff's delta of ±0.9 on."), drift);
        night.drift(new DriftTest(
                id("new.drift.contrast"), 0.1, "Cliff's delta", 0.5, 0, 5, (l, s) -> s * Double.POSITIVE_INFINITY));
        drift = judge(List.of(DRIFT), List.of(), night.build()).gates().get(0).sentence();
        assertTrue(drift.endsWith(" With so few images a test by ranks would not fail whatever they were."), drift);
    }

    private static GateResult only(String rule, String name, BaselineComparison comparison) throws Exception {
        return judge(
                        List.of(rule),
                        List.of(),
                        MeasurementTable.builder()
                                .comparison(id(name), comparison)
                                .build())
                .gates()
                .get(0);
    }

    private static GateResult lost(String rule, double loss) throws Exception {
        return judge(
                        List.of(rule),
                        List.of(),
                        MeasurementTable.builder()
                                .comparison(id("test.top1"), comparison(0.9 - loss, 0.9, 1e-9, 900))
                                .build())
                .gates()
                .get(0);
    }

    private static MeasurementTable top1(int k) {
        return MeasurementTable.builder()
                .figure(id("test.top1"), share(k, 1000))
                .build();
    }

    @Test
    void whatIsAcknowledgedIsSilentAndVisibleUntilItEnds() throws Exception {
        NightFinding finding = finding("duplicates", "within test", Severity.HIGH, true, null);
        GateVerdict last = judge(
                List.of(FINDINGS),
                List.of(),
                night(finding),
                null,
                List.of(acknowledged("duplicates:within test", "2026-03-14")));
        assertEquals(List.of(GateOutcome.ACKNOWLEDGED), outcomes(last));
        assertFalse(last.alerts());
        assertTrue(last.gates()
                .get(0)
                .sentence()
                .contains("[acknowledged until 2026-03-14 by Ann: camera is being mended]"));
        GateVerdict over = judge(
                List.of(FINDINGS),
                List.of(),
                night(finding),
                last,
                List.of(acknowledged("duplicates:within test", "2026-03-13")));
        assertTrue(over.alerts(), "it fails still, and nobody has it in hand any more");
        assertEquals(List.of(), over.acknowledgements());
        assertFalse(judge(List.of(TOP1), List.of(), top1(500), null, List.of(acknowledged(TOP1, "2027-01-01")))
                .alerts());
    }

    @Test
    void anAcknowledgementSaysWhyAndEnds() {
        assertThrows(IllegalArgumentException.class, () -> acknowledged("x", "2026-02-28"));
        assertThrows(IllegalArgumentException.class, () -> acknowledged(" ", "2026-03-28"));
    }

    @Test
    void hostileNamesStayOnOneLine() throws Exception {
        GateResult result = classes("each class test.top1 >= 0.6", Map.of("a\nb\u202Ec", share(1, 100)));
        assertFalse(result.sentence().contains("\n"));
        assertFalse(result.sentence().contains("\u202E"));
        assertEquals(
                "each class test.top1 >= 0.6 / a\nb\u202Ec",
                result.failures().get(0).id());
    }

    private static List<GateOutcome> outcomes(GateVerdict verdict) {
        return verdict.gates().stream().map(GateResult::outcome).toList();
    }
}
