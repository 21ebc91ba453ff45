package org.gazecheck.config;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.gazecheck.config.Entry.Field;
import org.gazecheck.config.Entry.Section;

/** Writes a resolved configuration as YAML that reads as an equal one, whatever the file is called. */
public final class ConfigurationWriter {
    private static final Pattern SAFE = Pattern.compile("[\\p{L}/_.][\\p{L}\\p{N}/_.-]*");

    private final Record configuration;
    private final StringBuilder text = new StringBuilder();

    private ConfigurationWriter(Record configuration) {
        this.configuration = configuration;
    }

    /** Every key with its value, defaults included. */
    public static String yaml(Configuration configuration) {
        ConfigurationWriter writer = new ConfigurationWriter(configuration);
        writer.section(Schema.RUN.root(), "");
        return writer.text.toString();
    }

    private void section(Section section, String indent) {
        for (Entry entry : section.entries()) {
            text.append(indent).append(entry.name()).append(':');
            if (entry instanceof Section inner) {
                text.append('\n');
                section(inner, indent + "  ");
            } else if (entry instanceof Field field) {
                text.append(' ')
                        .append(value(field, Schema.value(configuration, field)))
                        .append('\n');
            }
        }
    }

    static String value(Field field, Optional<Object> value) {
        return value.map(given -> text(field, given)).orElse("null");
    }

    private static String text(Field field, Object value) {
        if (value instanceof List<?> list) {
            return list.stream().map(element -> text(field, element)).collect(Collectors.joining(", ", "[", "]"));
        }
        if (value instanceof Enum<?> constant) {
            return Names.of(constant);
        }
        if (value instanceof Double number) {
            return Quantity.of(number);
        }
        if (value instanceof Long bytes && field.setting().bytes()) {
            return Quantity.ofBytes(bytes);
        }
        return value instanceof String || value instanceof Path ? quoted(value.toString()) : String.valueOf(value);
    }

    private static String quoted(String text) {
        if (SAFE.matcher(text).matches() && !text.equals("null")) {
            return text;
        }
        StringBuilder quoted = new StringBuilder("\"");
        text.codePoints().forEach(c -> {
            if (c == '"' || c == '\\') {
                quoted.append('\\').appendCodePoint(c);
            } else if (Character.isISOControl(c)) {
                quoted.append(String.format("\\x%02x", c));
            } else {
                quoted.appendCodePoint(c);
            }
        });
        return quoted.append('"').toString();
    }
}
