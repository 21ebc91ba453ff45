package org.gazecheck.report;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.RecordComponent;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import org.gazecheck.config.Configuration;
import org.gazecheck.report.page.Page.Fact;

/** A configuration as dotted keys and values, in the order of its records. */
final class ConfigurationLines {
    private ConfigurationLines() {}

    static List<Fact> of(Configuration configuration) {
        List<Fact> facts = new ArrayList<>();
        add("", configuration, facts);
        return facts;
    }

    private static void add(String prefix, Record node, List<Fact> facts) {
        for (RecordComponent component : node.getClass().getRecordComponents()) {
            String key = prefix + component.getName();
            Object value = value(component, node);
            if (value instanceof Record inner) {
                add(key + ".", inner, facts);
            } else {
                facts.add(new Fact(key, text(value)));
            }
        }
    }

    private static Object value(RecordComponent component, Record node) {
        try {
            return component.getAccessor().invoke(node);
        } catch (IllegalAccessException | InvocationTargetException e) {
            throw new IllegalStateException("cannot read " + component + " of the configuration", e);
        }
    }

    private static String text(Object value) {
        if (value == null) {
            return "none";
        }
        if (value instanceof List<?> list) {
            return list.isEmpty()
                    ? "none"
                    : list.stream().map(ConfigurationLines::text).collect(Collectors.joining(", "));
        }
        return value instanceof Enum<?> constant ? constant.name().toLowerCase(Locale.ROOT) : value.toString();
    }
}
