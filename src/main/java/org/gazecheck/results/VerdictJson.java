package org.gazecheck.results;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.time.Instant;
import java.util.Iterator;
import java.util.List;
import java.util.Map;

/** Verdicts as JSON objects with the columns of {@link VerdictsFile} as keys, all of them texts. */
public final class VerdictJson {
    private static final JsonMapper JSON = JsonMapper.builder()
            .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .build();

    private VerdictJson() {}

    /**
     * A verdict, checked as a line of a file is.
     *
     * @throws IllegalArgumentException that says what is wrong
     */
    public static Verdict verdict(byte[] json) {
        JsonNode object = object(json);
        for (String part : VerdictsFile.parts()) {
            if (!object.has(part)) {
                throw new IllegalArgumentException(part + " is missing");
            }
        }
        return VerdictsFile.of(
                VerdictsFile.parts().stream()
                        .map(part -> object.get(part).textValue())
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
        JsonNode object = object(json);
        Instant now = Instant.now();
        String time = text(object, "time");
        return new Withdrawal(
                text(object, "reviewer"), subject(object), time.isEmpty() ? now : VerdictsFile.past(time, now));
    }

    private static String subject(JsonNode object) {
        String sha256 = text(object, "sha256");
        if (!sha256.isEmpty()) {
            return ImageVerdict.requireHash(sha256);
        }
        String path = text(object, "path");
        if (!path.startsWith(FindingVerdict.PREFIX)) {
            throw new IllegalArgumentException("expected the image's sha256, or the finding's path and run");
        }
        String run = text(object, "run");
        RunId.require(run);
        return FindingVerdict.subject(run, path);
    }

    private static String text(JsonNode object, String part) {
        return object.has(part) ? object.get(part).textValue() : "";
    }

    /** A list of objects. */
    public static byte[] of(List<Verdict> verdicts) throws IOException {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        List<String> parts = VerdictsFile.parts();
        try (JsonGenerator json = JSON.createGenerator(out)) {
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

    private static JsonNode object(byte[] json) {
        JsonNode object;
        try {
            object = JSON.readTree(json);
        } catch (JsonProcessingException e) {
            throw new IllegalArgumentException("not JSON: " + e.getOriginalMessage(), e);
        } catch (IOException e) {
            throw new IllegalArgumentException("not JSON in UTF-8", e);
        }
        if (!object.isObject()) {
            throw new IllegalArgumentException("expected a JSON object");
        }
        for (Iterator<Map.Entry<String, JsonNode>> fields = object.fields(); fields.hasNext(); ) {
            Map.Entry<String, JsonNode> field = fields.next();
            if (!VerdictsFile.parts().contains(field.getKey())) {
                throw new IllegalArgumentException("'" + field.getKey() + "' is no part of a verdict");
            }
            if (!field.getValue().isTextual()) {
                throw new IllegalArgumentException(field.getKey() + " is not a text");
            }
            requireText(field.getKey(), field.getValue().textValue());
        }
        return object;
    }

    /** What a file in UTF-8 or a database cannot hold is refused before either fails at it. */
    private static void requireText(String part, String text) {
        boolean whole = text.codePoints().noneMatch(c -> c == 0 || Character.getType(c) == Character.SURROGATE);
        if (!whole) {
            throw new IllegalArgumentException(part + " has a character that is none (U+0000, or half of a pair)");
        }
    }
}
