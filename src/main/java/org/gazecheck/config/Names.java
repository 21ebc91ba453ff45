package org.gazecheck.config;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;

/** Enum constants as they are written in a configuration: {@code LEAVE_OUT} is {@code leaveOut}. */
final class Names {
    private Names() {}

    static String of(Enum<?> constant) {
        StringBuilder name = new StringBuilder();
        for (String word : constant.name().toLowerCase(Locale.ROOT).split("_")) {
            name.append(name.isEmpty() ? word : word.substring(0, 1).toUpperCase(Locale.ROOT) + word.substring(1));
        }
        return name.toString();
    }

    static List<String> all(Class<?> type) {
        return Arrays.stream(type.getEnumConstants())
                .map(constant -> of((Enum<?>) constant))
                .toList();
    }
}
