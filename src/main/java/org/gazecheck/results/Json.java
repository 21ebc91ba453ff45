package org.gazecheck.results;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.util.DefaultIndenter;
import com.fasterxml.jackson.core.util.DefaultPrettyPrinter;
import com.fasterxml.jackson.core.util.Separators;
import com.fasterxml.jackson.databind.DeserializationContext;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializerProvider;
import com.fasterxml.jackson.databind.deser.std.FromStringDeserializer;
import com.fasterxml.jackson.databind.deser.std.StdDeserializer;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.module.SimpleModule;
import com.fasterxml.jackson.databind.ser.std.StdSerializer;
import com.fasterxml.jackson.databind.ser.std.ToStringSerializer;
import java.io.IOException;
import java.nio.charset.CharacterCodingException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.util.function.Function;
import org.gazecheck.failure.GazecheckException;
import org.gazecheck.io.AtomicFile;

/**
 * JSON of the run folder: a double that is NaN is written as {@code null} and read back as NaN; unknown keys, of a newer
 * program, are passed over; missing ones are refused.
 */
final class Json {
    private static final ObjectMapper MAPPER = JsonMapper.builder()
            .addModule(new SimpleModule()
                    .addSerializer(double.class, new NanAsNull())
                    .addDeserializer(double.class, new NullAsNan())
                    .addSerializer(Instant.class, ToStringSerializer.instance)
                    .addDeserializer(Instant.class, new Text<>(Instant.class, Instant::parse))
                    .addSerializer(LocalDate.class, ToStringSerializer.instance)
                    .addDeserializer(LocalDate.class, new Text<>(LocalDate.class, LocalDate::parse)))
            .enable(DeserializationFeature.FAIL_ON_MISSING_CREATOR_PROPERTIES)
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
            .defaultPrettyPrinter(new DefaultPrettyPrinter(
                            Separators.createDefaultInstance().withObjectFieldValueSpacing(Separators.Spacing.AFTER))
                    .withObjectIndenter(new DefaultIndenter("  ", "\n"))
                    .withArrayIndenter(new DefaultIndenter("  ", "\n")))
            .build();

    private Json() {}

    static void write(Path file, Object value) throws IOException {
        byte[] json = MAPPER.writerWithDefaultPrettyPrinter().writeValueAsBytes(value);
        AtomicFile.write(file, out -> {
            out.write(json);
            out.write('\n');
        });
    }

    /** In one line. */
    static byte[] line(Object value) throws IOException {
        return MAPPER.writeValueAsBytes(value);
    }

    static JsonNode read(Path file) throws IOException {
        JsonNode root;
        try {
            root = MAPPER.readTree(Files.readString(file));
        } catch (JsonProcessingException e) {
            throw broken(file, e);
        } catch (CharacterCodingException e) {
            throw new ResultsException(file, "expected text in UTF-8", e);
        }
        if (!root.isObject()) {
            throw new ResultsException(file, "expected a JSON object");
        }
        return root;
    }

    /** Refuses a file of the audit that another version of the program wrote. */
    static void requireVersion(Path file, JsonNode root, int version) throws ResultsException {
        requireVersion(file, root, version, version);
    }

    /**
     * @param oldest that is read
     * @param newest that is read, and written
     */
    static void requireVersion(Path file, JsonNode root, int oldest, int newest) throws ResultsException {
        JsonNode found = root.path("schemaVersion");
        if (!found.isInt() || found.intValue() < oldest || found.intValue() > newest) {
            throw new ResultsException(
                    file,
                    "schemaVersion is " + found + ", this program reads " + (oldest == newest ? "" : oldest + " to ")
                            + newest);
        }
    }

    static <T> T value(Path file, JsonNode node, Class<T> type) throws IOException {
        try {
            return MAPPER.treeToValue(node, type);
        } catch (JsonProcessingException e) {
            throw broken(file, e);
        }
    }

    private static ResultsException broken(Path file, JsonProcessingException e) {
        String place = e.getLocation() == null || e.getLocation().getLineNr() < 1
                ? ""
                : "line " + e.getLocation().getLineNr() + ": ";
        return new ResultsException(file, place + e.getOriginalMessage(), e);
    }

    private static final class NanAsNull extends StdSerializer<Double> {
        NanAsNull() {
            super(double.class, false);
        }

        @Override
        public void serialize(Double value, JsonGenerator out, SerializerProvider provider) throws IOException {
            if (value.isNaN()) {
                out.writeNull();
            } else if (value.isInfinite()) {
                throw new GazecheckException("a figure is " + value);
            } else {
                out.writeNumber(value);
            }
        }
    }

    private static final class NullAsNan extends StdDeserializer<Double> {
        NullAsNan() {
            super(double.class);
        }

        @Override
        public Double deserialize(JsonParser in, DeserializationContext context) throws IOException {
            return _parseDoublePrimitive(in, context);
        }

        @Override
        public Double getNullValue(DeserializationContext context) {
            return Double.NaN;
        }
    }

    /** A time in its ISO 8601 form. */
    private static final class Text<T> extends FromStringDeserializer<T> {
        private final transient Function<String, T> parser;

        Text(Class<T> type, Function<String, T> parser) {
            super(type);
            this.parser = parser;
        }

        @Override
        protected T _deserialize(String value, DeserializationContext context) throws IOException {
            try {
                return parser.apply(value);
            } catch (DateTimeException e) {
                throw context.weirdStringException(value, _valueClass, "expected a time as ISO 8601 writes it");
            }
        }
    }
}
