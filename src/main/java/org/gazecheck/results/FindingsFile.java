package org.gazecheck.results;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.gazecheck.results.Finding.Grade;
import org.gazecheck.results.Finding.Severity;
import org.jspecify.annotations.Nullable;

/**
 * {@code findings.json}: {@code {"schemaVersion": 4, "verdict": {...}, "stories": [...], "findings": [...], "tests": [...],
 * "atTheEdge": [...]}}, as {@code findings.schema.json} states it. Stories follow from the findings. Version 3 has neither
 * stories nor a verdict, and some of its files nothing at the edge: those of runs that did not look.
 */
public final class FindingsFile {
    private static final int SCHEMA_VERSION = 4;
    private static final int WITHOUT_VERDICT = 3;
    private static final String EDGES = "atTheEdge";

    private FindingsFile() {}

    private record Content(
            int schemaVersion,
            @Nullable RunVerdict verdict,
            List<Told> stories,
            List<Entry> findings,
            List<TestedEffect> tests,
            List<String> atTheEdge) {}

    /** @param findings ids, that of the cause first */
    private record Told(String id, Severity severity, @Nullable Grade grade, List<String> findings) {
        static Told of(Story story) {
            return new Told(
                    story.id(),
                    story.severity(),
                    story.grade().orElse(null),
                    story.findings().stream().map(Finding::id).toList());
        }
    }

    private record Entry(
            String id,
            FindingKind kind,
            String subject,
            Severity severity,
            String text,
            double effect,
            double low,
            double high,
            @Nullable Double p,
            @Nullable Double q,
            int n,
            List<String> evidence,
            String advice,
            @Nullable Grade grade,
            @Nullable String reason,
            @Nullable String story) {
        static Entry of(Finding f) {
            return new Entry(
                    f.id(),
                    f.kind(),
                    f.subject(),
                    f.severity(),
                    f.text(),
                    f.effect(),
                    f.low(),
                    f.high(),
                    Statement.nullable(f.p()),
                    Statement.nullable(f.q()),
                    f.n(),
                    f.evidence(),
                    f.advice(),
                    f.grade(),
                    f.reason(),
                    f.story());
        }

        Finding finding() {
            Statement statement = new Statement(
                    severity,
                    text,
                    effect,
                    low,
                    high,
                    Statement.optional(p),
                    Statement.optional(q),
                    n,
                    evidence,
                    advice);
            return new Finding(kind, subject, statement, grade, reason, story);
        }
    }

    /** Throws a {@link ResultsException} when the file is damaged or of another version. */
    public static Findings read(Path file) throws IOException {
        JsonNode root = Json.read(file);
        Json.requireVersion(file, root, WITHOUT_VERDICT, SCHEMA_VERSION);
        List<Finding> findings = new ArrayList<>();
        for (JsonNode entry : list(file, root, "findings")) {
            findings.add(Json.value(file, entry, Entry.class).finding());
        }
        List<TestedEffect> tests = new ArrayList<>();
        for (JsonNode test : list(file, root, "tests")) {
            tests.add(Json.value(file, test, TestedEffect.class));
        }
        List<String> atTheEdge = new ArrayList<>();
        if (root.has(EDGES)) {
            list(file, root, EDGES).forEach(text -> atTheEdge.add(text.asText()));
        }
        RunVerdict verdict =
                root.hasNonNull("verdict") ? Json.value(file, root.get("verdict"), RunVerdict.class) : null;
        return new Findings(findings, tests, atTheEdge, verdict);
    }

    private static JsonNode list(Path file, JsonNode root, String name) throws ResultsException {
        JsonNode list = root.path(name);
        if (!list.isArray()) {
            throw new ResultsException(file, "'" + name + "' is not a list");
        }
        return list;
    }

    /** Written whole or not at all. */
    public static void write(Path file, Findings findings) throws IOException {
        List<Entry> entries = findings.findings().stream().map(Entry::of).toList();
        Json.write(
                file,
                new Content(
                        SCHEMA_VERSION,
                        findings.verdict(),
                        findings.stories().stream().map(Told::of).toList(),
                        entries,
                        findings.tests(),
                        findings.atTheEdge()));
    }
}
