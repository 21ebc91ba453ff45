package org.gazecheck.results;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** JSON objects of texts that pages send, taken strictly: known parts only, each a text that files can hold. */
final class TextObject {
    static final JsonMapper JSON = JsonMapper.builder()
            .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .build();

    private final JsonNode object;

    private TextObject(JsonNode object) {
        this.object = object;
    }

    /**
     * An object whose parts are among those named.
     *
     * @param whole what it is a whole of, such as "a verdict"
     * @throws IllegalArgumentException that says what is wrong
     */
    static TextObject of(JsonNode object, List<String> parts, String whole) {
        if (!object.isObject()) {
            throw new IllegalArgumentException("expected a JSON object");
        }
        for (Iterator<Map.Entry<String, JsonNode>> fields = object.fields(); fields.hasNext(); ) {
            Map.Entry<String, JsonNode> field = fields.next();
            if (!parts.contains(field.getKey())) {
                throw new IllegalArgumentException("'" + field.getKey() + "' is not a part of " + whole);
            }
            if (!field.getValue().isTextual()) {
                throw new IllegalArgumentException(field.getKey() + " is not a text");
            }
            requireText(field.getKey(), field.getValue().textValue());
        }
        return new TextObject(object);
    }

    /** @throws IllegalArgumentException if it is no JSON */
    static JsonNode tree(byte[] json) {
        try {
            return JSON.readTree(json);
        } catch (JsonProcessingException e) {
            throw new IllegalArgumentException("not JSON: " + e.getOriginalMessage(), e);
        } catch (IOException e) {
            throw new IllegalArgumentException("not JSON in UTF-8", e);
        }
    }

    /** What a file in UTF-8 or a database cannot hold is refused before either fails at it. */
    private static void requireText(String part, String text) {
        boolean whole = text.codePoints().noneMatch(c -> c == 0 || Character.getType(c) == Character.SURROGATE);
        if (!whole) {
            throw new IllegalArgumentException(part + " has an invalid character (U+0000, or half of a pair)");
        }
    }

    /** @throws IllegalArgumentException if it is not there */
    String required(String part) {
        if (!object.has(part)) {
            throw new IllegalArgumentException(part + " is missing");
        }
        return object.get(part).textValue();
    }

    /** Empty where it is not there, or without a character. */
    Optional<String> optional(String part) {
        return Optional.of(object.path(part).asText()).filter(text -> !text.isEmpty());
    }
}
