package org.gazecheck.config;

import java.lang.reflect.Constructor;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.RecordComponent;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.gazecheck.config.Entry.Field;
import org.gazecheck.config.Entry.Section;

/**
 * The keys of a kind of configuration, taken from its records and their {@link Setting}s.
 *
 * @param root all of it
 */
record Schema(Section root) {
    /** That of a run. */
    static final Schema RUN = of(Configuration.class);

    /** That of nightly audits. */
    static final Schema NIGHTLY = of(NightlyConfiguration.class);

    private static Schema of(Class<? extends Record> type) {
        return new Schema(section("", "", "", type));
    }

    /** The entry with that whole key, or null. */
    Entry find(String key) {
        Entry entry = root;
        for (String part : key.split("\\.", -1)) {
            entry = entry instanceof Section section ? section.find(part) : null;
        }
        return entry;
    }

    /** Whole keys of all fields, in order. */
    List<String> keys() {
        return root.fields().stream().map(Field::key).toList();
    }

    /** The value of a field in a configuration. */
    static Object value(Record configuration, Field field) {
        Object value = configuration;
        for (String part : field.key().split("\\.")) {
            value = component(value, part);
        }
        return value;
    }

    private static Section section(String key, String name, String meaning, Class<? extends Record> type) {
        String prefix = key.isEmpty() ? "" : key + ".";
        List<Entry> entries = Arrays.stream(type.getRecordComponents())
                .map(component -> entry(prefix, component))
                .toList();
        return new Section(key, name, meaning, type, entries);
    }

    private static Entry entry(String prefix, RecordComponent component) {
        Setting setting = component.getAnnotation(Setting.class);
        String key = prefix + component.getName();
        if (setting == null) {
            throw new IllegalStateException(key + " has no @Setting");
        }
        return component.getType().isRecord()
                ? section(
                        key,
                        component.getName(),
                        setting.value(),
                        component.getType().asSubclass(Record.class))
                : new Field(key, component.getName(), setting, component.getGenericType());
    }

    /** The section's record with these values, by whole key. */
    static Record build(Section section, Map<String, Object> values) {
        Object[] arguments = section.entries().stream()
                .map(entry -> entry instanceof Section inner ? build(inner, values) : values.get(entry.key()))
                .toArray();
        Class<?>[] types = Arrays.stream(section.type().getRecordComponents())
                .map(RecordComponent::getType)
                .toArray(Class<?>[]::new);
        try {
            Constructor<? extends Record> constructor = section.type().getDeclaredConstructor(types);
            return constructor.newInstance(arguments);
        } catch (ReflectiveOperationException e) {
            throw new IllegalStateException("cannot make " + section.type(), e);
        }
    }

    private static Object component(Object section, String name) {
        try {
            return section.getClass().getMethod(name).invoke(section);
        } catch (InvocationTargetException | IllegalAccessException | NoSuchMethodException e) {
            throw new IllegalStateException("cannot read " + name + " of " + section, e);
        }
    }
}
