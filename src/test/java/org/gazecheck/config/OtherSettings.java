package org.gazecheck.config;

import java.lang.reflect.ParameterizedType;
import java.lang.reflect.Type;
import java.nio.file.Path;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.gazecheck.config.Entry.Field;

/** Configurations of which settings have another value, within their range and near the one that they had. */
public final class OtherSettings {
    private OtherSettings() {}

    /** Keys of all settings of a run. */
    public static Set<String> keys() {
        return new TreeSet<>(Schema.RUN.keys());
    }

    /** The configuration with another value at each of these keys. */
    public static Configuration of(Configuration configuration, Collection<String> keys) {
        Map<String, Object> values = new HashMap<>();
        for (Field field : Schema.RUN.root().fields()) {
            Object value = Schema.value(configuration, field).orElse(null);
            values.put(field.key(), keys.contains(field.key()) ? other(field, field.type(), value) : value);
        }
        return (Configuration) Schema.build(Schema.RUN.root(), values);
    }

    private static Object other(Field field, Type type, Object value) {
        if (type instanceof ParameterizedType list) {
            List<?> values = value == null ? List.of() : (List<?>) value;
            return values.size() > 1
                    ? values.subList(0, values.size() - 1)
                    : List.of(other(field, list.getActualTypeArguments()[0], values.isEmpty() ? null : values.get(0)));
        }
        List<?> candidates = candidates(field, (Class<?>) type, value);
        return candidates.stream()
                .filter(candidate -> !candidate.equals(value) && within(candidate, field.setting()))
                .findFirst()
                .orElseThrow(() -> new IllegalStateException(field.key() + " has no other value than " + value));
    }

    private static List<?> candidates(Field field, Class<?> type, Object value) {
        if (type.isEnum()) {
            return List.of(type.getEnumConstants());
        }
        if (type == boolean.class || type == Boolean.class) {
            return List.of(true, false);
        }
        if (type == int.class) {
            return List.of((int) value - 1, (int) value + 1);
        }
        if (type == long.class) {
            return List.of((long) value - 1, (long) value + 1);
        }
        if (type == double.class || type == Double.class) {
            double number = value == null ? 1 : (double) value;
            return List.of(number / 2, number + 0.25);
        }
        List<String> texts =
                field.setting().oneOf().length > 0 ? List.of(field.setting().oneOf()) : List.of("other");
        return type == Path.class ? Stream.of("elsewhere").map(Path::of).toList() : texts;
    }

    private static boolean within(Object value, Setting setting) {
        if (!(value instanceof Number number)) {
            return true;
        }
        double size = number.doubleValue();
        return size >= setting.min()
                && size <= setting.max()
                && !(setting.above() && size == setting.min())
                && !(setting.below() && size == setting.max());
    }
}
