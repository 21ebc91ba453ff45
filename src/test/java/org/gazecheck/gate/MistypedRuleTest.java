package org.gazecheck.gate;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A rule that could never fail, or was meant otherwise, is refused with what was probably meant. */
class MistypedRuleTest {
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "test.top1 >= 9O % | did you mean 90?",
                "test.top1 >= O.9 | did you mean 0.9?",
                "test.top1 >= 0,9 | did you mean 0.9?",
                "test.top1 >= l0 % | did you mean 10?",
                "test.top1 >= 0.5 with at least 2O images | did you mean 20?",
                "test.top1 >= -0.5 | below 0",
                "test.top1 not worse than baseline by more than 101 % | did you mean 10.1 %?",
                "test.top1 not worse than baseline by more than 100 % | no loss is more than",
                "val.top1 not worse than baseline by more than 5 | did you mean 5 %?",
                "test.top1 >= 890 % | did you mean 89 %?",
                "findings.all.kind = heatmap-cluster is empty | could never fail",
                "findings.all.kind = label-isues is empty | did you mean label-issues?",
                "findings.all.grade = prooven is empty | did you mean proven?",
                "findings.all.reason = blurr is empty | did you mean blur?",
                "findings.all.kind = label-issues and grade = proven is empty | could never fail",
                "findings.all.reason = blur and kind = patch-shortcut is empty | could never fail",
                "findings.all.kind = blur-shortcut and reason != blur is empty | could never fail",
                "verdict = \"do not use\" | as in: verdict = \"looks right\", or verdict != \"do not use\"",
                "verdict != \"look at this\" | as in: verdict = \"looks right\", or verdict != \"do not use\"",
                "verdict is none | expected = or !=",
                "each class verdict = \"looks right\" | leave 'each class' out",
                "new.findings.severty >= high is empty | did you mean severity?"
            })
    void isRefused(String rule, String told) {
        RuleException e = assertThrows(RuleException.class, () -> Rule.of(rule));
        assertTrue(e.getMessage().contains(told), e.getMessage());
    }

    @Test
    void aClassThatTheRunDoesNotHaveIsRefused() throws Exception {
        List<String> classes = List.of("rose", "bird of paradise");
        for (String rule : List.of(
                "findings.all.kind = label-issues and subject = rsoe is empty",
                "findings.all.subject != rosee is empty",
                "new.findings.severity >= high and subject = \"bird of paradize\" is empty",
                "findings.new.kind = background-shortcut and subject != zebra is empty")) {
            List<String> mistakes = Gates.of(List.of(rule), List.of(), 0.01).unknownSubjects(classes);
            assertEquals(1, mistakes.size(), rule);
            assertTrue(mistakes.get(0).contains("has no class"), mistakes.get(0));
        }
        assertEquals(
                List.of(),
                Gates.of(
                                List.of(
                                        "findings.all.subject != rose is empty",
                                        "findings.all.kind = outliers and subject != test is empty",
                                        "findings.all.subject != border_mass is empty",
                                        "new.findings.subject = \"new images\" is empty"),
                                List.of(),
                                0.01)
                        .unknownSubjects(classes));
    }
}
