package org.gazecheck.audit.intervention;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import org.gazecheck.results.Figure;
import org.gazecheck.results.Finding;
import org.gazecheck.results.Finding.Grade;
import org.gazecheck.results.Finding.Severity;
import org.gazecheck.results.Interventions.PairedEffect;
import org.gazecheck.results.Interventions.Shortcut;
import org.gazecheck.results.Reason;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class ShortcutFindingsTest {
    private static PairedEffect effect(double size, double q) {
        return new PairedEffect(size, 0, new Figure(size, 0.05, 0.5, 100), q, q, 100, 1, 12, 30, false);
    }

    private static List<Finding> found(
            Reason reason, @Nullable Grade grade, double attracts, @Nullable PairedEffect needs) {
        Shortcut shortcut = new Shortcut(
                "rose",
                reason,
                reason.noun(),
                grade,
                null,
                0.8,
                0.2,
                0.1,
                1e-9,
                1e-8,
                12,
                30,
                true,
                effect(attracts, 1e-3),
                needs,
                null,
                null,
                null,
                List.of());
        return ShortcutFindings.of(List.of(new CandidateTrials.Suspect(shortcut, List.of(), List.of(), List.of())))
                .findings();
    }

    @ParameterizedTest
    @EnumSource(Reason.class)
    void whatIsProvenWeighsHeavilyFromTwentyPointsOnOrWhereTheClassNeedsIt(Reason reason) {
        assertEquals(
                Severity.HIGH, found(reason, Grade.PROVEN, 0.2, null).get(0).severity());
        assertEquals(
                Severity.MEDIUM, found(reason, Grade.PROVEN, 0.19, null).get(0).severity());
        assertEquals(
                Severity.HIGH,
                found(reason, Grade.PROVEN, 0.1, effect(0.5, 0.04)).get(0).severity());
        assertEquals(
                Severity.MEDIUM,
                found(reason, Grade.PROVEN, 0.1, effect(0.5, 0.06)).get(0).severity());
        assertEquals(
                Severity.LOW,
                found(reason, Grade.SUSPECTED, 0.6, effect(0.5, 0.04)).get(0).severity());
    }

    @Test
    void aFindingNamesClassGradeAndReason() {
        Finding found = found(Reason.PATCH, Grade.PROVEN, 0.3, null).get(0);
        assertEquals("patch-shortcut:rose", found.id());
        assertEquals(Grade.PROVEN, found.grade());
        assertEquals("patch", found.reason());
        assertEquals(List.of(), found(Reason.PATCH, null, 0.3, null), "nothing was found");
    }
}
