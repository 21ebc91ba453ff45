package org.gazecheck.config;

import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import org.gazecheck.config.Entry.Field;

/**
 * A setting whose value changes outputs.
 *
 * @param id that it has in identities for ever, whatever its key is called
 * @param value of a configuration, as text
 * @param initial the default, as text; empty where there is none that all runs share
 * @param affects what its value changes
 */
public record Effect(
        String id, Function<Configuration, String> value, Optional<String> initial, Set<Computation> affects) {
    public Effect {
        affects = Set.copyOf(affects);
    }

    static Effect of(String key, String id, Computation... affects) {
        Field field = (Field) Schema.RUN.find(key).orElseThrow();
        return new Effect(
                id,
                configuration -> ConfigurationWriter.value(field, Schema.value(configuration, field)),
                ConfigurationReader.initial(field),
                Set.of(affects));
    }
}
