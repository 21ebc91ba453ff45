package org.gazecheck.gate;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import org.gazecheck.config.ConfigurationException;
import org.gazecheck.gate.Rule.Condition;
import org.gazecheck.gate.Rule.Operator;
import org.gazecheck.results.Finding.Grade;
import org.gazecheck.results.Finding.Severity;
import org.gazecheck.results.Reason;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class RuleTest {
    @Test
    void aThresholdIsANumberOrAPercentage() throws Exception {
        Rule.Threshold number = assertInstanceOf(Rule.Threshold.class, Rule.of("test.top1 >= 0.89"));
        Rule.Threshold percent = assertInstanceOf(Rule.Threshold.class, Rule.of("test.top1>=89%"));
        assertEquals(number.value(), percent.value());
        assertEquals(Operator.AT_LEAST, number.operator());
        assertEquals("test.top1", number.scope().id().text());
        assertFalse(number.exactly());
        assertEquals("test.top1 >= 89 %", percent.text());
    }

    @Test
    void whetherSomethingIsSoIsAskedInAWordOrANumber() throws Exception {
        Rule.Threshold word = assertInstanceOf(Rule.Threshold.class, Rule.of("mitigation.recommended = true"));
        Rule.Threshold number = assertInstanceOf(Rule.Threshold.class, Rule.of("mitigation.recommended = 1"));
        assertEquals(1, word.value());
        assertEquals(number.value(), word.value());
        assertEquals(0, ((Rule.Threshold) Rule.of("mitigation.recommended = false")).value());
    }

    @Test
    void aRuleIsKnownAgainWhateverItsBlanks() throws Exception {
        assertEquals(
                "each class test.top1 exactly >= 0.6 with at least 20 images",
                Rule.of("  each  class test.top1 exactly>=0.6\twith at least 20 images ")
                        .text());
    }

    @Test
    void aClassNeedsImages() throws Exception {
        Rule.Threshold rule = (Rule.Threshold) Rule.of("each class test.top1 >= 0.6 with at least 20 images");
        assertTrue(rule.scope().eachClass());
        assertEquals(20, rule.scope().minimum());
    }

    @Test
    void theBaselineMayBeMissedByAMargin() throws Exception {
        Rule.AgainstBaseline rule = (Rule.AgainstBaseline) Rule.of("new.top1 not worse than baseline by more than 2 %");
        assertEquals(0.02, rule.margin());
        assertFalse(rule.anyDifference());
        assertTrue(((Rule.AgainstBaseline) Rule.of("new.confidence not different from baseline")).anyDifference());
    }

    @Test
    void findingsAreChosenByWhatTheyAre() throws Exception {
        Rule.NoFindings rule = (Rule.NoFindings) Rule.of(
                "findings.new.severity >= medium and kind != outliers and subject = \"bird of paradise\" is empty");
        assertTrue(rule.onlyNew());
        assertEquals(
                List.of(
                        new Condition.SeverityAtLeast(Severity.MEDIUM),
                        new Condition.KindIs("outliers", true),
                        new Condition.SubjectIs("bird of paradise", false)),
                rule.conditions());
        assertFalse(((Rule.NoFindings) Rule.of("findings.all.kind = background-shortcut is empty")).onlyNew());
        assertEquals(List.of(), ((Rule.NoFindings) Rule.of("findings.new is empty")).conditions());
    }

    @Test
    void shortcutsAreChosenByHowWellTheyAreEstablishedAndByTheirReason() throws Exception {
        Rule.NoFindings rule = (Rule.NoFindings)
                Rule.of("findings.all.grade = proven and kind = patch-shortcut and reason != blur is empty");
        assertEquals(
                List.of(
                        new Condition.GradeIs(Grade.PROVEN, false),
                        new Condition.KindIs("patch-shortcut", false),
                        new Condition.ReasonIs(Reason.BLUR, true)),
                rule.conditions());
        assertEquals(
                List.of(new Condition.GradeIs(Grade.SUSPECTED, true)),
                ((Rule.NoFindings) Rule.of("findings.new.grade != suspected is empty")).conditions());
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "test.top2 >= 0.5 | column 1: there is no metric 'test.top2'; did you mean test.top1?",
                "test.localisation.mass_lft.correct >= 1.3 | column 1: there is no metric"
                        + " 'test.localisation.mass_lft.correct'; did you mean test.localisation.mass_lift.correct?",
                "test.top1 => 0.89 | column 11: expected >=, <=, >, <, 'not worse than baseline' or 'not different"
                        + " from baseline', found '=>'; did you mean >=?",
                "test.top1 >= 89 | column 14: test.top1 lies from 0 to 1; did you mean 89 %?",
                "mitigation.recommended >= 1 | column 24: mitigation.recommended is true or false: write"
                        + " 'mitigation.recommended = true'",
                "mitigation.recommended = 2 | column 26: mitigation.recommended is true or false: write"
                        + " 'mitigation.recommended = true'",
                "test.top1 >= 0 % | column 14: test.top1 is always at least 0.0 %",
                "test.top1 > 1 | column 13: test.top1 is never above 100.0 %",
                "test.top1 = 0.9 | column 11: a figure estimated from a sample never equals a number exactly: use >="
                        + " or <=",
                "test.top1 >= | column 13: expected a number such as 0.89 or 89 %, found the end",
                "test.top1 >= high | column 14: expected a number such as 0.89 or 89 %, found 'high'",
                "test.top1 >= 0.9 or so | column 18: expected the end, found 'or'",
                "test.top1 not wors than baseline | column 15: expected 'worse than baseline' or 'different from"
                        + " baseline', found 'wors'; did you mean worse?",
                "test.top1 not worse then baseline | column 21: expected 'than' (as in 'worse than baseline'), found"
                        + " 'then'; did you mean than?",
                "test.confidence not worse than baseline | column 21: neither direction is worse for"
                        + " test.confidence: write"
                        + " 'not different from baseline'",
                "new.confidence not different from baseline by more than 1 % | column 44: new.confidence is compared"
                        + " by ranks, without a margin: leave 'by more than' out, or compare it with a number",
                "new.images not worse than baseline | column 12: new.images is counted, not estimated: compare it"
                        + " with a number",
                "night.seconds <= 50 % | column 18: night.seconds is not a share: write the number without %",
                "each class new.confidence >= 0.5 | column 12: new.confidence is not measured class by class",
                "each class test.ece <= 0.1 | column 12: test.ece is not measured class by class",
                "test.precision >= 0.5 | column 1: test.precision is measured class by class only: write 'each class"
                        + " test.precision'",
                "each clas test.top1 >= 0.5 | column 6: expected 'class' (as in 'each class'), found 'clas'; did you"
                        + " mean class?",
                "each class test.top1 >= 0.5 with at least few images | column 43: expected a number of images such as"
                        + " 20, found 'few'",
                "each class test.top1 >= 0.5 with at least 0 images | column 43: expected 1 to 1000000 images",
                "new.drift >= 0.1 | column 11: expected 'is' (as in 'is none'), found '>='",
                "findings.neww is empty | column 10: expected findings.new or findings.all; did you mean new?",
                "findings is empty | column 10: expected findings.new or findings.all",
                "findings.new.sevrity >= high is empty | column 14: a finding has severity, kind, subject, grade and reason,"
                        + " no 'sevrity'; did you mean severity?",
                "findings.new.severity >= hihg is empty | column 26: expected a severity (info, low, medium, high),"
                        + " found 'hihg'; did you mean high?",
                "findings.new.kind >= high is empty | column 19: expected = or !=, found '>='",
                "each class findings.new is empty | column 12: findings are not counted class by class; leave 'each"
                        + " class' out",
                "test.top1 >= 0.5 ; | column 18: ';' has no meaning in a rule",
                "findings.all.subject = \"rose is empty | column 24: '\"' has no meaning in a rule: the closing"
                        + " quote is"
                        + " missing",
                "'' | column 1: expected a name such as test.top1, found the end",
            })
    void aMistakeIsToldWithItsPlaceAndWhatWasExpected(String rule, String message) {
        RuleException mistake = assertThrows(RuleException.class, () -> Rule.of(rule));
        assertEquals(message, mistake.getMessage());
    }

    /** Such a rule could never fail. */
    @Test
    void whatIsNotComparedWithTheBaselineIsRefused() {
        RuleException mistake = assertThrows(RuleException.class, () -> Rule.of("test.ece not worse than baseline"));
        assertTrue(
                mistake.getMessage()
                        .startsWith("column 10: test.ece is not compared with the baseline: write a number, or use"
                                + " val.top1, test.top1, new.top1, val.confidence"),
                mistake.getMessage());
        mistake = assertThrows(
                RuleException.class, () -> Rule.of("each class test.localisation.mass_lift not worse than baseline"));
        assertEquals(
                "column 40: test.localisation.mass_lift is not compared with the baseline class by class: write a"
                        + " number, or use val.top1, test.top1, new.top1",
                mistake.getMessage());
    }

    @Test
    void allMistakesAreToldTogether() {
        ConfigurationException mistakes = assertThrows(
                ConfigurationException.class,
                () -> Gates.of(
                        List.of("test.top1 >= 0.9", "test.topp1 >= 0.9"),
                        List.of("test.top1>=0.9", "new.drift is empty"),
                        0.01));
        assertEquals(
                List.of(
                        "gates.fail, rule 2: column 1: there is no metric 'test.topp1'; did you mean test.top1?",
                        "gates.warn, rule 1: the rule 'test.top1 >= 0.9' appears twice",
                        "gates.warn, rule 2: column 14: expected 'none' (as in 'is none'), found 'empty'"),
                mistakes.mistakes());
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3})
    void nonsenseIsAlwaysAMistakeAndNeverAnAccident(long seed) throws Exception {
        SplittableRandom random = new SplittableRandom(seed);
        List<String> parts = List.of(
                "each",
                "class",
                "test.top1",
                "new.drift",
                "findings.new",
                "findings.all.",
                "findings..severity",
                "kind",
                "is",
                "none",
                "empty",
                ">=",
                "<",
                "=",
                "!",
                "%",
                "0.5",
                "1e9",
                "99999999999999999999",
                "not",
                "worse",
                "than",
                "baseline",
                "with",
                "at",
                "least",
                "images",
                "\"",
                "'a b'",
                "\u0000",
                "é",
                "\uD800",
                "high",
                "and",
                ".",
                "-1",
                "exactly");
        int understood = 0;
        for (int i = 0; i < 5_000; i++) {
            StringBuilder text = new StringBuilder();
            for (int n = random.nextInt(9); n >= 0; n--) {
                text.append(parts.get(random.nextInt(parts.size()))).append(random.nextInt(4) == 0 ? "" : " ");
            }
            try {
                Rule rule = Rule.of(text.toString());
                assertEquals(rule, Rule.of(rule.text()), "the canonical text means the same");
                understood++;
            } catch (RuleException expected) {
                assertTrue(expected.column() >= 1 && expected.column() <= text.length() + 1, text.toString());
            }
        }
        assertTrue(understood < 100);
    }

    @Test
    void anIdOfBeforeSaysWhatItIsCalledNow() {
        Map<String, String> renamed = Map.of(
                "attention.all.insideMask.lift", "test.localisation.mass_lift",
                "val.attention.correct.border.share", "val.localisation.border_mass.correct",
                "new.attention.wrong.pointing", "new.localisation.pointing_game.wrong",
                "new.drift.attention", "new.drift.localisation");
        renamed.forEach((before, now) -> {
            RuleException mistake = assertThrows(RuleException.class, () -> Rule.of(before + " >= 0.5"));
            assertEquals("column 1: " + before + " is called " + now + " now", mistake.getMessage());
        });
    }

    @Test
    void ofADriftEachTestCanBeNamed() throws Exception {
        Rule.NoDrift rule = (Rule.NoDrift) Rule.of("new.drift.brightness is none");
        assertEquals("new.drift.brightness", rule.id().text());
    }
}
