package org.gazecheck.config;

import java.lang.reflect.Type;
import java.util.List;
import java.util.Optional;

/** A key of the configuration: a section or a field. */
sealed interface Entry {
    /** The whole key ("train.probe.l2"). */
    String key();

    /** The last part of the key. */
    String name();

    String meaning();

    /** Keys under a common key; the root's key is empty. */
    record Section(String key, String name, String meaning, Class<? extends Record> type, List<Entry> entries)
            implements Entry {
        Optional<Entry> find(String wanted) {
            return entries.stream().filter(entry -> entry.name().equals(wanted)).findFirst();
        }

        List<String> names() {
            return entries.stream().map(Entry::name).toList();
        }

        /** All fields below, in order. */
        List<Field> fields() {
            return entries.stream()
                    .flatMap(entry -> entry instanceof Section section
                            ? section.fields().stream()
                            : List.of((Field) entry).stream())
                    .toList();
        }
    }

    /** A key with a value. */
    record Field(String key, String name, Setting setting, Type type) implements Entry {
        @Override
        public String meaning() {
            return setting.value();
        }

        boolean required() {
            return setting.initial().equals(Setting.REQUIRED);
        }

        boolean nullable() {
            return setting.initial().equals("null");
        }
    }
}
