package org.gazecheck.config;

import java.lang.reflect.ParameterizedType;
import java.lang.reflect.Type;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import org.gazecheck.config.Entry.Field;

/** What a field may hold, in words: for messages and for the reference. */
final class Expected {
    private Expected() {}

    /** "a whole number, 1 or more, at most 4096". */
    static String of(Field field) {
        String range = range(field.setting());
        return type(field) + (range.isEmpty() ? "" : " " + range) + (field.nullable() ? ", or null" : "");
    }

    private static String type(Field field) {
        if (field.type() instanceof ParameterizedType list) {
            return "a list [a, b, ...] of " + plural(list.getActualTypeArguments()[0]);
        }
        List<String> allowed = List.of(field.setting().oneOf());
        if (!allowed.isEmpty()) {
            return choice(allowed);
        }
        if (field.type() instanceof Class<?> type && type.isEnum()) {
            return choice(Names.all(type));
        }
        if (field.type() == boolean.class || field.type() == Boolean.class) {
            return "true or false";
        }
        if (field.type() == Path.class) {
            return "a path";
        }
        if (field.type() == String.class) {
            return "a text";
        }
        if (field.setting().bytes()) {
            return "a size such as 12 GB";
        }
        return field.type() == double.class || field.type() == Double.class ? "a number" : "a whole number";
    }

    private static String plural(Type element) {
        if (element == String.class) {
            return "texts";
        }
        return element instanceof Class<?> type && type.isEnum() ? String.join(", ", Names.all(type)) : "numbers";
    }

    private static String choice(List<String> allowed) {
        int last = allowed.size() - 1;
        return last == 0 ? allowed.get(0) : String.join(", ", allowed.subList(0, last)) + " or " + allowed.get(last);
    }

    private static String range(Setting setting) {
        boolean low = setting.min() != Double.NEGATIVE_INFINITY;
        boolean high = setting.max() != Double.POSITIVE_INFINITY;
        String from = low ? (setting.above() ? "above " : "from ") + number(setting, setting.min()) : "";
        String to = high ? (setting.below() ? "below " : low && !setting.above() ? "to " : "up to ") : "";
        return (from
                        + (low && high && setting.below() ? " and " : " ")
                        + to
                        + (high ? number(setting, setting.max()) : ""))
                .strip();
    }

    private static String number(Setting setting, double value) {
        if (setting.bytes()) {
            return Quantity.ofBytes((long) value);
        }
        return value == Math.rint(value) && value >= 10_000
                ? String.format(Locale.ROOT, "%,d", (long) value).replace(',', '_')
                : Quantity.of(value);
    }
}
