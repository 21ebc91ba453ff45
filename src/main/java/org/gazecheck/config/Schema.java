package org.gazecheck.config;

import java.lang.reflect.Constructor;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.RecordComponent;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.gazecheck.config.Entry.Field;
import org.gazecheck.config.Entry.Section;
import org.jspecify.annotations.Nullable;

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

    /** The entry with that whole key. */
    Optional<Entry> find(String key) {
        Optional<Entry> entry = Optional.of(root);
        for (String part : key.split("\\.", -1)) {
            entry = entry.flatMap(found -> found instanceof Section section ? section.find(part) : Optional.empty());
        }
        return entry;
    }

    /** Whole keys of all fields, in order. */
    List<String> keys() {
        return root.fields().stream().map(Field::key).toList();
    }

    /** The value of a field in a configuration. */
    static Optional<Object> value(Record configuration, Field field) {
        Optional<Object> value = Optional.of(configuration);
        for (String part : field.key().split("\\.")) {
            value = value.map(section -> component(section, part));
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

    private static @Nullable Object component(Object section, String name) {
        try {
            return section.getClass().getMethod(name).invoke(section);
        } catch (InvocationTargetException | IllegalAccessException | NoSuchMethodException e) {
            throw new IllegalStateException("cannot read " + name + " of " + section, e);
        }
    }
}
