package org.gazecheck.config;

import java.util.Arrays;
import java.util.Collection;
import java.util.Comparator;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * What outputs depend on of program and configuration, as text: the version of the algorithm, then in the order of their
 * ids the settings that it is affected by, without those that have their default. So a setting that is added, moved or
 * renamed leaves everything up to date that was computed before.
 */
public record Identities(Collection<Effect> effects, Map<Computation, Integer> versions) {
    /** Those of this program. */
    public static final Identities CURRENT = new Identities(
            SettingEffects.all().values(),
            Arrays.stream(Computation.values()).collect(Collectors.toMap(Function.identity(), Computation::version)));

    /** One line each: {@code evaluate version 2}, {@code evaluate.flip true}. */
    public String of(Configuration configuration, Computation computation) {
        Stream<String> settings = effects.stream()
                .filter(effect -> effect.affects().contains(computation))
                .sorted(Comparator.comparing(Effect::id))
                .filter(effect ->
                        !effect.initial().equals(Optional.of(effect.value().apply(configuration))))
                .map(effect -> effect.id() + " " + effect.value().apply(configuration));
        return Stream.concat(Stream.of(computation.id() + " version " + versions.get(computation)), settings)
                .collect(Collectors.joining("\n"));
    }
}
