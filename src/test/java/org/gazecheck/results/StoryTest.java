package org.gazecheck.results;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import java.util.OptionalDouble;
import org.gazecheck.results.Finding.Grade;
import org.gazecheck.results.Finding.Severity;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class StoryTest {
    private static Finding found(
            FindingKind kind, String subject, Severity severity, @Nullable Grade grade, @Nullable String story) {
        return new Finding(
                kind,
                subject,
                new Statement(
                        severity,
                        "Said.",
                        1,
                        1,
                        1,
                        OptionalDouble.empty(),
                        OptionalDouble.empty(),
                        9,
                        List.of(),
                        "Look."),
                grade,
                null,
                story);
    }

    private static Story of(Severity shortcut, Grade grade, Severity errors) {
        String story = "patch-shortcut:lily";
        return Story.of(List.of(
                        found(FindingKind.LOCALISATION_OF_CLASS_ERRORS, "rose", errors, null, story),
                        found(FindingKind.PATCH_SHORTCUT, "lily", shortcut, grade, story)))
                .get(0);
    }

    @Test
    void theCauseComesFirst() {
        Story story = of(Severity.MEDIUM, Grade.PROVEN, Severity.HIGH);
        assertEquals("patch-shortcut:lily", story.first().id());
        assertEquals(
                List.of("localisation-of-class-errors:rose"),
                story.others().stream().map(Finding::id).toList());
    }

    @Test
    void aProvenCauseSaysHowMuchAllOfItMattersASuspectedOneDoesNot() {
        assertEquals(
                Severity.MEDIUM,
                of(Severity.MEDIUM, Grade.PROVEN, Severity.HIGH).severity());
        assertEquals(
                Severity.HIGH, of(Severity.LOW, Grade.SUSPECTED, Severity.HIGH).severity());
    }

    @Test
    void findingsOfEarlierProgramsThatNameNoneAreStoriesOfTheirOwn() {
        List<Story> stories = Story.of(List.of(
                found(FindingKind.LOCALISATION_OF_ERRORS, "entropy", Severity.LOW, null, null),
                found(FindingKind.LOCALISATION_OF_ERRORS, "mass_lift", Severity.LOW, null, null),
                found(FindingKind.BLUR_SHORTCUT, "rose", Severity.LOW, Grade.SUSPECTED, null),
                found(FindingKind.LABEL_ISSUES, "rose", Severity.MEDIUM, null, null)));
        assertEquals(
                List.of("label-issues:rose", "blur-shortcut:rose", "localisation-of-errors"),
                stories.stream().map(Story::id).toList(),
                "the gravest first, then what is graded");
    }
}
