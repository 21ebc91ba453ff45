package org.gazecheck.results;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.databind.JsonNode;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** Verdicts as JSON objects with the columns of {@link VerdictsFile} as keys, all of them texts. */
public final class VerdictJson {
    private VerdictJson() {}

    /**
     * A verdict, checked as a line of a file is. Pages of before there were adjudications do not say that it is one.
     *
     * @throws IllegalArgumentException that says what is wrong
     */
    public static Verdict verdict(byte[] json) {
        return verdict(TextObject.tree(json));
    }

    static Verdict verdict(JsonNode json) {
        TextObject object = object(json);
        return VerdictsFile.of(
                VerdictsFile.parts().stream()
                        .map(part -> part.equals(VerdictsFile.ADJUDICATES)
                                ? object.optional(part).orElse("")
                                : object.required(part))
                        .toList(),
                Instant.now());
    }

    /**
     * What is withdrawn: {@code reviewer}, the image's {@code sha256} or the finding's {@code path} and {@code run}; other
     * parts of the verdict may stand beside them.
     *
     * @throws IllegalArgumentException that says what is wrong
     */
    public static Withdrawal withdrawal(byte[] json) {
        TextObject object = object(TextObject.tree(json));
        Instant now = Instant.now();
        return new Withdrawal(
                object.optional("reviewer").orElse(""),
                subject(object),
                object.optional("time")
                        .map(time -> VerdictsFile.past(time, now))
                        .orElse(now));
    }

    private static TextObject object(JsonNode json) {
        return TextObject.of(json, VerdictsFile.parts(), "a verdict");
    }

    private static String subject(TextObject object) {
        Optional<String> sha256 = object.optional("sha256");
        if (sha256.isPresent()) {
            return ImageVerdict.requireHash(sha256.get());
        }
        String path = object.optional("path")
                .filter(given -> given.startsWith(FindingVerdict.PREFIX))
                .orElseThrow(() ->
                        new IllegalArgumentException("expected the image's sha256, or the finding's path and run"));
        String run = object.optional("run").orElse("");
        RunId.require(run);
        return FindingVerdict.subject(run, path);
    }

    /** A list of objects. */
    public static byte[] of(List<Verdict> verdicts) throws IOException {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        List<String> parts = VerdictsFile.parts();
        try (JsonGenerator json = TextObject.JSON.createGenerator(out)) {
            json.writeStartArray();
            for (Verdict verdict : verdicts) {
                List<String> cells = VerdictsFile.cells(verdict);
                json.writeStartObject();
                for (int i = 0; i < parts.size(); i++) {
                    json.writeStringField(parts.get(i), cells.get(i));
                }
                json.writeEndObject();
            }
            json.writeEndArray();
        }
        return out.toByteArray();
    }
}
