package org.gazecheck.results;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.gazecheck.results.Finding.Severity;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.io.TempDir;

class FindingsSchemaTest {
    private static final ObjectMapper JSON = new ObjectMapper();

    @TempDir
    Path folder;

    @Test
    void everyKindOfFindingIsAllowedAndOnlyTheConfirmedOneSpeaksOfBackgrounds() throws Exception {
        List<Finding> findings = new ArrayList<>();
        List<TestedEffect> tests = new ArrayList<>();
        for (FindingKind kind : FindingKind.values()) {
            for (Statement statement : List.of(tested(), untested())) {
                Finding finding = new Finding(kind, "colt's foot", statement);
                findings.add(finding);
                tests.add(new TestedEffect(
                        kind, "colt's foot", "share", 0.5, Double.NaN, 0.6, 0.01, 0.02, 9, Double.NaN));
            }
        }
        Path file = folder.resolve("findings.json");
        RunVerdict verdict = RunVerdict.of(
                List.of(new RunVerdict.Ground(
                        RunVerdict.Level.DO_NOT_USE, RunVerdict.Source.AUDIT, "It recognises colt's foot by blur.")),
                "");
        FindingsFile.write(file, new Findings(findings, tests, List.of("8 groups, the most"), verdict));
        assertEquals(List.of(), FindingsSchema.violations(file));
        FindingsFile.write(
                file,
                new Findings(
                        findings,
                        tests,
                        List.of(),
                        verdict.and(List.of(new RunVerdict.Ground(
                                RunVerdict.Level.DO_NOT_USE,
                                RunVerdict.Source.REVIEW,
                                "Rejected in review by Ada.")))));
        assertFalse(FindingsSchema.violations(file).isEmpty(), "what others say is never stored as the audit's");
        assertEquals(
                List.of("background-shortcut"),
                FindingKind.ids().stream()
                        .filter(kind -> kind.contains("background"))
                        .toList());
    }

    @TestFactory
    Stream<DynamicTest> whatIsBrokenIsNotAllowed() {
        Map<String, Consumer<ObjectNode>> damages = Map.of(
                "an unknown kind", finding -> finding.put("kind", "background-association"),
                "no subject", finding -> finding.remove("subject"),
                "an empty subject", finding -> finding.put("subject", ""),
                "a list of subjects", finding -> finding.putArray("subject").add("rose"),
                "an unknown severity", finding -> finding.put("severity", "HIGH"),
                "p above 1", finding -> finding.put("p", 1.5),
                "an effect in words", finding -> finding.put("effect", "large"),
                "a share of an image", finding -> finding.put("n", 2.5),
                "evidence by number", finding -> finding.putArray("evidence").add(3),
                "no interval", finding -> finding.remove("low"));
        return damages.entrySet().stream()
                .map(damage -> DynamicTest.dynamicTest(damage.getKey(), () -> {
                    Path file = folder.resolve("findings.json");
                    FindingsFile.write(
                            file,
                            new Findings(
                                    List.of(new Finding(FindingKind.BACKGROUND_SHORTCUT, "rose", tested())),
                                    List.of()));
                    assertEquals(List.of(), FindingsSchema.violations(file));
                    JsonNode root = JSON.readTree(file.toFile());
                    damage.getValue().accept((ObjectNode) root.get("findings").get(0));
                    Files.writeString(file, root.toString());
                    assertFalse(FindingsSchema.violations(file).isEmpty());
                }));
    }

    @Test
    void aFileOfAnotherVersionIsNotAllowed() throws IOException {
        Path file = folder.resolve("findings.json");
        FindingsFile.write(file, Findings.NONE);
        assertEquals(List.of(), FindingsSchema.violations(file));
        Files.writeString(file, Files.readString(file).replace("\"schemaVersion\": 4", "\"schemaVersion\": 3"));
        List<String> violations = FindingsSchema.violations(file);
        assertTrue(violations.toString().contains("schemaVersion"), violations.toString());
    }

    private static Statement tested() {
        return statement(0.4, OptionalDouble.of(0.01), OptionalDouble.of(0.02), List.of("x/<b>.jpg"));
    }

    private static Statement untested() {
        return statement(Double.NaN, OptionalDouble.empty(), OptionalDouble.empty(), List.of());
    }

    private static Statement statement(double low, OptionalDouble p, OptionalDouble q, List<String> evidence) {
        return new Statement(Severity.HIGH, "Some text.", 0.5, low, 0.6, p, q, 9, evidence, "Look.");
    }
}
