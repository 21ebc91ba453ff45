package org.gazecheck.audit.association;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.IntStream;
import org.gazecheck.audit.association.Synthetic.Effects;
import org.gazecheck.results.Finding;
import org.gazecheck.results.Finding.Severity;
import org.gazecheck.results.Findings;
import org.gazecheck.results.HeatmapClusterMember;
import org.gazecheck.results.Prediction;
import org.gazecheck.results.TestedEffect;
import org.gazecheck.stats.Randomness;
import org.junit.jupiter.api.Test;

class OutcomeAssociationTest {
    /** At 1 % a report, 6 or more of 100 have a chance of 5 in 10,000. */
    @Test
    void of100PermutationsOfCorrectnessAtMostFiveReportsHoldAnyFinding() {
        Synthetic drawn = new Synthetic(180, 1, new Effects(1, 1, 0.4));
        long held = IntStream.range(0, 100)
                .filter(seed -> !Association.of(drawn.permuted(seed))
                        .findings()
                        .findings()
                        .isEmpty())
                .count();
        assertTrue(held <= 5, held + " of 100 reports hold a finding");
    }

    @Test
    void errorsThatLookAwayAreFoundWithTheirEvidence() {
        Synthetic drawn = new Synthetic(600, 2, new Effects(1, 0, 0));
        AssociationInputs inputs = drawn.inputs();
        Findings found = Association.of(inputs).findings();
        Finding border = finding(found, "localisation-of-errors:border_mass").orElseThrow();
        assertTrue(border.effect() > 0.3 && border.low() > 0.2 && border.high() < 0.7, border.text());
        assertTrue(border.severity().compareTo(Severity.MEDIUM) >= 0);
        assertTrue(border.q().orElseThrow() <= OutcomeAssociation.LEVEL);
        assertEquals(12, border.evidence().size());
        Set<String> wrong = new TreeSet<>();
        inputs.predictions().stream().filter(p -> !p.correct()).forEach(p -> wrong.add(p.path()));
        assertTrue(wrong.containsAll(border.evidence()), "only errors are shown");
        assertTrue(finding(found, "localisation-of-errors:mass_accuracy").isPresent());
        assertTrue(
                found.findings().stream().noneMatch(f -> f.kind().id().equals("property-of-errors")),
                "nothing else is");
    }

    @Test
    void aPropertyAndAGroupOfHeatmapsAreFound() {
        Findings found = Association.of(new Synthetic(600, 3, new Effects(0, 1, 0.35)).inputs())
                .findings();
        Finding light = finding(found, "property-of-errors:brightness").orElseThrow();
        assertTrue(light.effect() > 0.3, light.text());
        assertTrue(light.text().startsWith("On test, brightness is "), light.text());
        Finding group = found.findings().stream()
                .filter(f -> f.kind().id().equals("heatmap-cluster") && f.effect() < 0)
                .findFirst()
                .orElseThrow();
        assertTrue(group.subject().contains("upper left"), group.subject());
        assertTrue(group.effect() < -0.2 && group.high() < 0, group.text());
        assertTrue(found.findings().stream().noneMatch(f -> f.kind().id().equals("localisation-of-errors")));
    }

    @Test
    void aClassWhoseErrorsLookAwayIsNamed() {
        List<Finding> findings = Association.of(new Synthetic(1200, 5, new Effects(2.5, 0, 0)).inputs())
                .findings()
                .findings();
        List<String> classes = findings.stream()
                .filter(f -> f.kind().id().equals("localisation-of-class-errors"))
                .map(Finding::subject)
                .toList();
        assertTrue(classes.size() >= 6, "classes with many errors: " + classes);
    }

    @Test
    void theMembersOfAGroupAreThoseThatItsFindingCounts() {
        AssociationInputs inputs = new Synthetic(600, 3, new Effects(0, 1, 0.35)).inputs();
        Association found = Association.of(inputs);
        Finding finding = found.findings().findings().stream()
                .filter(f -> f.kind().id().equals("heatmap-cluster") && f.effect() < 0)
                .findFirst()
                .orElseThrow();
        assertEquals(
                inputs.predictions().stream().map(Prediction::path).toList(),
                found.groups().stream().map(HeatmapClusterMember::path).toList());
        Set<String> members = new TreeSet<>();
        found.groups().stream()
                .filter(g -> g.cluster().equals(finding.subject()))
                .forEach(g -> members.add(g.path()));
        long right = inputs.predictions().stream()
                .filter(p -> p.correct() && members.contains(p.path()))
                .count();
        assertTrue(
                finding.text()
                        .contains(String.format(
                                Locale.ROOT,
                                " %d images are decided in the same place (group %s); %.1f %% of them are right",
                                members.size(),
                                finding.subject(),
                                100.0 * right / members.size())),
                finding.text());
        assertTrue(members.containsAll(finding.evidence()));
    }

    @Test
    void nothingFoundStatesWhatCouldHaveBeenSeen() {
        Findings few =
                Association.of(new Synthetic(150, 6, Effects.NONE).inputs()).findings();
        Findings many =
                Association.of(new Synthetic(1500, 6, Effects.NONE).inputs()).findings();
        assertEquals(List.of(), few.findings());
        assertEquals(List.of(), many.findings());
        assertTrue(many.tests().stream().allMatch(t -> t.detectable() > 0), "every test says it");
        double fromFew = border(few).detectable();
        double fromMany = border(many).detectable();
        assertTrue(fromMany > 0.1 && fromMany < 0.3, "of 1500 images " + fromMany);
        assertEquals(Math.sqrt(10), fromFew / fromMany, 0.8, "it falls with the root of the images");
    }

    @Test
    void withFewErrorsNothingIsTested() {
        List<Prediction> right = IntStream.range(0, 50)
                .mapToObj(i -> Synthetic.prediction(i + ".jpg", "class " + i % 5, i < 4))
                .toList();
        assertEquals(
                Findings.NONE,
                Association.of(new AssociationInputs(
                                right, List.of(), List.of(), Synthetic.NO_HEATMAPS, List.of(), new Randomness(1)))
                        .findings());
    }

    private static Optional<Finding> finding(Findings found, String id) {
        return found.findings().stream().filter(f -> f.id().equals(id)).findFirst();
    }

    private static TestedEffect border(Findings found) {
        return found.tests().stream()
                .filter(t -> t.kind().id().equals("localisation-of-errors")
                        && t.subject().equals("border_mass"))
                .findFirst()
                .orElseThrow();
    }
}
