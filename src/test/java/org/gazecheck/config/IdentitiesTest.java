package org.gazecheck.config;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

class IdentitiesTest {
    /** Lines {@code computation version id default}; lines are added and never changed. */
    private static final Path DEFAULTS = Path.of("src/test/resources/org/gazecheck/config/defaults.txt");

    @Test
    void ofEverySettingItIsSaidWhatItChangesOrWhyNothing() {
        Set<String> said = new TreeSet<>(SettingEffects.all().keySet());
        SettingEffects.WITHOUT.forEach((key, why) -> {
            assertEquals(true, said.add(key), key + " both changes outputs and does not");
            assertEquals(false, why.isBlank(), key);
        });
        assertEquals(new TreeSet<>(Schema.RUN.keys()), said);
        assertEquals(
                SettingEffects.all().size(),
                SettingEffects.all().values().stream()
                        .map(Effect::id)
                        .distinct()
                        .count());
    }

    @Test
    void aChangedDefaultIsAChangedAlgorithm() throws IOException {
        Map<String, String> defaults = new HashMap<>();
        for (String line : Files.readAllLines(DEFAULTS)) {
            String[] parts = line.split(" ", 4);
            String version = String.join(" ", parts[0], parts[1], parts[2]);
            assertEquals(null, defaults.put(version, parts[3]), version + " had another default: raise the version");
        }
        for (Effect effect : SettingEffects.all().values()) {
            for (Computation computation : effect.affects()) {
                String version = computation.id() + " " + computation.version() + " " + effect.id();
                assertEquals(
                        effect.initial().orElse("-"),
                        defaults.get(version),
                        "default of " + version + " in " + DEFAULTS + ": raise the version of the computation if the"
                                + " default was changed, and add the line");
            }
        }
    }

    @Test
    void aSettingEntersWhereItsValueIsNotTheDefaultAndWhatItAffects() throws Exception {
        Configuration plain = configuration();
        assertEquals("evaluate version 4", Identities.CURRENT.of(plain, Computation.EVALUATE));
        Configuration flipped = configuration("seed=2", "evaluate.flip=true");
        assertEquals(
                "evaluate version 4\nevaluate.flip true\nseed 2", Identities.CURRENT.of(flipped, Computation.EVALUATE));
        assertEquals(Set.of(Computation.EVALUATE), changed("evaluate.flip=true"));
        assertEquals(Set.of(Computation.LOCALISATION), changed("audit.border=0.2"));
        assertEquals(Set.of(Computation.HEATMAP_QUALITY), changed("audit.trust.steps=9"));
        assertEquals(Set.of(Computation.FINETUNE), changed("train.finetune.epochs=3"));
        assertEquals(Set.of(Computation.TRAIN), changed("train.views.crops=3"));
        assertEquals(
                Set.of(Computation.TRAIN, Computation.VIEWS, Computation.FINETUNE), changed("train.views.hue=0.01"));
    }

    @Test
    void whatChangesNoOutputNeverEnters() throws Exception {
        assertEquals(
                Set.of(),
                changed(
                        "train.finetune.diskLimit=900 GB",
                        "cache.dir=elsewhere",
                        "cache.maxSize=3 GB",
                        "compute.threads=3",
                        "compute.batch=2",
                        "output.dir=elsewhere",
                        "model.dir=elsewhere",
                        "model.download=false"));
    }

    @Test
    void anEntryWithItsDefaultAndTheOrderOfEntriesChangeNothing() throws Exception {
        List<Effect> more = new ArrayList<>(Identities.CURRENT.effects());
        Collections.reverse(more);
        more.add(0, new Effect("a.new", c -> "0.5", Optional.of("0.5"), EnumSet.allOf(Computation.class)));
        Identities upgraded = new Identities(more, Identities.CURRENT.versions());
        Configuration configuration = configuration("seed=3", "evaluate.flip=true", "evaluate.bootstrap=200");
        for (Computation computation : Computation.values()) {
            assertEquals(Identities.CURRENT.of(configuration, computation), upgraded.of(configuration, computation));
        }
    }

    @Test
    void aRaisedVersionChangesItsComputationOnly() throws Exception {
        Map<Computation, Integer> versions = new EnumMap<>(Identities.CURRENT.versions());
        versions.merge(Computation.EVALUATE, 1, Integer::sum);
        Identities upgraded = new Identities(Identities.CURRENT.effects(), versions);
        for (Computation computation : Computation.values()) {
            String before = Identities.CURRENT.of(configuration(), computation);
            String after = upgraded.of(configuration(), computation);
            if (computation == Computation.EVALUATE) {
                assertNotEquals(before, after);
            } else {
                assertEquals(before, after);
            }
        }
    }

    private static Set<Computation> changed(String... settings) throws Exception {
        Configuration plain = configuration();
        Configuration other = configuration(settings);
        Set<Computation> changed = EnumSet.noneOf(Computation.class);
        for (Computation computation : Computation.values()) {
            if (!Identities.CURRENT.of(plain, computation).equals(Identities.CURRENT.of(other, computation))) {
                changed.add(computation);
            }
        }
        return changed;
    }

    private static Configuration configuration(String... settings) throws Exception {
        List<String> all = new ArrayList<>(List.of("data.source=demo", "data.dir=flowers", "model.architecture=demo"));
        all.addAll(Arrays.asList(settings));
        return ConfigurationReader.of("tiny", all);
    }
}
