package org.gazecheck.notify;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.networknt.schema.Error;
import com.networknt.schema.Schema;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SpecificationVersion;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.StreamSupport;
import org.gazecheck.results.Acknowledgement;
import org.gazecheck.results.GateFailure;
import org.gazecheck.results.GateLevel;
import org.gazecheck.results.GateOutcome;
import org.gazecheck.results.GateResult;
import org.gazecheck.results.GateVerdict;
import org.junit.jupiter.api.Test;

class NightNoticeTest {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final Instant START = Instant.parse("2026-03-14T02:00:00Z");

    static GateVerdict verdict() {
        Acknowledgement known =
                new Acknowledgement("outliers:test", LocalDate.parse("2026-04-01"), "camera", "Ann", START);
        GateFailure failure = new GateFailure(
                "outliers:test",
                "Outliers.",
                GateFailure.State.ACKNOWLEDGED,
                Double.NaN,
                Double.NaN,
                Double.NaN,
                known);
        List<GateResult> gates = new ArrayList<>();
        for (GateOutcome outcome : GateOutcome.values()) {
            gates.add(new GateResult(
                    "rule \"" + outcome.text() + "\"",
                    GateLevel.WARN,
                    outcome,
                    "A \u0000 sentence.",
                    List.of(failure)));
        }
        return new GateVerdict(1, "night", START, 0.01, 0, Double.NaN, gates, List.of(known), null);
    }

    @Test
    void whatIsSentIsWhatTheSchemaSays() throws Exception {
        for (NightOutcome outcome : NightOutcome.values()) {
            NightNotice whole = new NightNotice(
                    "flowers",
                    "night",
                    outcome,
                    3,
                    true,
                    START,
                    START.plusMillis(1500),
                    "text",
                    "index.html",
                    verdict());
            assertEquals(List.of(), violations(JSON.readTree(whole.json())));
            NightNotice crashed = new NightNotice(
                    "flowers", null, outcome, 1, true, START, START.minusSeconds(1), "text", null, null);
            JsonNode json = JSON.readTree(crashed.json());
            assertEquals(List.of(), violations(json));
            assertFalse(json.has("gates") || json.has("run") || json.has("report"));
            assertEquals(0, json.get("seconds").asDouble(), "a clock that is set back");
        }
        JsonNode json = JSON.readTree(new NightNotice(
                        "flowers",
                        "night",
                        NightOutcome.DONE,
                        0,
                        false,
                        START,
                        START.plusMillis(1500),
                        "t",
                        null,
                        verdict())
                .json());
        assertEquals(1.5, json.get("seconds").asDouble());
        assertEquals("2026-03-14T02:00:01.500Z", json.get("ended").asText());
        assertEquals("not-applicable", json.at("/gates/5/outcome").asText());
        assertEquals("A \u0000 sentence.", json.at("/gates/0/sentence").asText());
        ((ObjectNode) json).put("more", 1);
        assertFalse(violations(json).isEmpty());
    }

    @Test
    void theExampleInTheDocumentationFitsTheSchema() throws Exception {
        String page = Files.readString(Path.of("docs/nightly.md"));
        int begin = page.indexOf("```json") + "```json".length();
        JsonNode example = JSON.readTree(page.substring(begin, page.indexOf("```", begin)));
        assertEquals(List.of(), violations(example));
        for (NightOutcome outcome : NightOutcome.values()) {
            assertTrue(page.contains("`" + outcome.text() + "`"), outcome.text());
        }
    }

    private static List<String> violations(JsonNode json) throws IOException {
        try (InputStream text = NightNotice.class.getResourceAsStream("webhook.schema.json")) {
            Schema schema = SchemaRegistry.withDefaultDialect(SpecificationVersion.DRAFT_2020_12)
                    .getSchema(text);
            return StreamSupport.stream(schema.validate(json).spliterator(), false)
                    .map(Error::toString)
                    .toList();
        }
    }
}
