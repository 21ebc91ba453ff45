package org.gazecheck.knownanswers;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.MissingNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * What the audit of a run says, as far as it is published: {@code findings.json} by {@code kind}, {@code subject}, {@code grade}
 * and {@code reason}, and the candidates of {@code interventions.json}.
 */
final class Outcome {
    private static final ObjectMapper JSON = new ObjectMapper();

    private final JsonNode findings;
    private final JsonNode candidates;

    private Outcome(JsonNode findings, JsonNode candidates) {
        this.findings = findings;
        this.candidates = candidates;
    }

    /** @param run its folder; without interventions there are no candidates */
    static Outcome read(Path run) throws IOException {
        Path interventions = run.resolve("interventions.json");
        return of(
                JSON.readTree(run.resolve("findings.json").toFile()),
                Files.exists(interventions) ? JSON.readTree(interventions.toFile()) : MissingNode.getInstance());
    }

    static Outcome of(JsonNode findings, JsonNode interventions) {
        return new Outcome(findings.path("findings"), interventions.path("shortcuts"));
    }

    /** What is said about a class. */
    List<Row.Verdict> verdicts(String label) {
        List<Row.Verdict> verdicts = new ArrayList<>();
        for (JsonNode finding : findings) {
            String grade = finding.path("grade").asText("");
            if (finding.path("kind").asText().contains("shortcut")
                    && finding.path("subject").asText().equals(label)
                    && !grade.isEmpty()
                    && !grade.equals("null")) {
                verdicts.add(new Row.Verdict(
                        grade.equals("proven"), finding.path("reason").asText("none")));
            }
        }
        return verdicts;
    }

    /** How far the best candidate with the artefact's reason came; empty where there was none. */
    String candidate(String label, Artefact artefact) {
        JsonNode best = null;
        for (JsonNode candidate : candidates) {
            if (candidate.path("name").asText().equals(label)
                    && artefact.isNamedBy(candidate.path("reason").asText())
                    && (best == null || difference(candidate) > difference(best))) {
                best = candidate;
            }
        }
        return best == null ? "" : text(best);
    }

    private static double difference(JsonNode candidate) {
        return candidate.path("attracts").path("difference").path("value").asDouble(Double.NEGATIVE_INFINITY);
    }

    private static String text(JsonNode candidate) {
        JsonNode attracts = candidate.path("attracts");
        String grade = candidate.path("grade").asText("null");
        if (!grade.equals("null")) {
            return grade;
        }
        if (!attracts.isObject()) {
            return "not tried";
        }
        return String.format(
                Locale.ROOT,
                "%s at %+.0f points; q %.2g",
                attracts.path("stopped").asBoolean() ? "stopped" : "tried",
                100 * difference(candidate),
                attracts.path("q").asDouble(Double.NaN));
    }
}
