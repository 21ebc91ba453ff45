package org.gazecheck.audit;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assertions.fail;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.gazecheck.audit.part.AuditPart;
import org.gazecheck.config.Computation;
import org.gazecheck.config.Configuration;
import org.gazecheck.config.Identities;
import org.gazecheck.config.OtherSettings;
import org.gazecheck.results.RunFolder;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.io.TempDir;

/**
 * A part of the audit is skipped while its identity, what the stages before wrote and the files of the parts that it rests on
 * are unchanged. So nothing else may change what it writes: here each is done with these alone, and all other settings changed.
 */
class PartInputsTest {
    /** Has an effect only where some images have a mask and others none; here all are estimated. */
    private static final String MISSING_MASKS = "data.missingMasks";

    /** Of these drawings no patch is tried, of which something could be cut out. */
    private static final Map<String, Set<String>> UNWRITTEN = Map.of("counterfactuals", Set.of("crops.csv"));

    /** Settings of identities whose effect cannot be seen here: which images are drawn, of more than there are. */
    private static final Map<String, Set<String>> UNSEEN = Map.of(
            "properties", Set.of("seed"), // masks of 1000 images of train are estimated
            "data-quality", Set.of("seed"), // outliers are compared with 5000 images of train
            "weak-segments", Set.of("seed", "audit.estimateMasks")); // too few images share a scene

    @TempDir
    private static Path work;

    private static DrawnAudit drawn;
    private static Configuration configuration;
    private static Map<String, String> evaluated;
    private static final Map<String, Done> DONE = new LinkedHashMap<>();

    /**
     * A part after those before it.
     *
     * @param told files that it says it wrote, as its owned ones by their paths
     * @param written what is new or changed in the run folder, and its content
     */
    private record Done(Set<String> told, Set<String> owned, Map<String, String> written) {}

    @BeforeAll
    static void auditOnce() throws Exception {
        drawn = new DrawnAudit(work);
        configuration = drawn.configuration();
        RunFolder folder = drawn.evaluated();
        evaluated = content(folder);
        try (Audit audit = drawn.open(folder, configuration, work.resolve("kept"))) {
            for (AuditPart part : Audit.PARTS) {
                Map<String, String> before = content(folder);
                Set<String> told = names(folder, audit.run(part));
                Map<String, String> after = content(folder);
                assertTrue(after.keySet().containsAll(before.keySet()), part.name() + " removes files of others");
                after.entrySet().removeAll(before.entrySet());
                DONE.put(part.name(), new Done(told, names(folder, part.owned(folder)), after));
            }
        }
    }

    @TestFactory
    Stream<DynamicTest> aPartWritesWhatItOwnsAndAllOfIt() {
        return DONE.entrySet().stream()
                .map(part -> dynamicTest(part.getKey(), () -> {
                    Done done = part.getValue();
                    Set<String> owned = new TreeSet<>(done.owned);
                    owned.add("audit/" + part.getKey() + ".json");
                    owned.removeAll(UNWRITTEN.getOrDefault(part.getKey(), Set.of()));
                    Set<String> written = done.written.keySet();
                    assertEquals(done.told, written, "what it says that it wrote, and what it wrote");
                    Set<String> filled = new TreeSet<>(written.stream()
                            .map(file ->
                                    owned.contains(file) ? file : file.substring(0, Math.max(0, file.indexOf('/'))))
                            .toList());
                    assertEquals(owned, filled, "files and folders that it owns, and that it writes");
                }));
    }

    @TestFactory
    Stream<DynamicTest> nothingButItsInputsChangesAPart() {
        return Audit.PARTS.stream()
                .map(part -> dynamicTest(part.name(), () -> {
                    Set<String> others = OtherSettings.keys();
                    others.removeAll(declared(part));
                    Path nothingKept = work.resolve("of " + part.name());
                    if (!differing(part, alone(part, others, part.restsOn(), nothingKept))
                            .isEmpty()) {
                        Map<String, String> without = alone(part, Set.of(), part.restsOn(), work.resolve("kept"));
                        assertEquals(
                                Set.of(), differing(part, without), "where it finds no files but those it rests on");
                        assertEquals(Set.of(), effective(part, others), "settings beside its identity that change it");
                        fail("settings beside its identity change it together, or rows that parts before it kept do");
                    }
                }));
    }

    /** So the drawings show what would go wrong if a part's identity lacked one of its settings. */
    @TestFactory
    Stream<DynamicTest> everySettingOfItsIdentityChangesAPart() {
        return Audit.PARTS.stream()
                .map(part -> dynamicTest(part.name(), () -> {
                    Set<String> seen = declared(part);
                    seen.removeAll(UNSEEN.getOrDefault(part.name(), Set.of()));
                    seen.remove(MISSING_MASKS);
                    assertEquals(seen, effective(part, seen));
                }));
    }

    @TestFactory
    Stream<DynamicTest> aPartCannotBeDoneWithoutWhatItRestsOn() {
        return Audit.PARTS.stream().flatMap(part -> part.restsOn().stream()
                .map(other -> dynamicTest(part.name() + " on " + other, () -> {
                    List<String> rest = new ArrayList<>(part.restsOn());
                    rest.remove(other);
                    assertThrows(NoSuchFileException.class, () -> alone(part, Set.of(), rest, work.resolve("kept")));
                })));
    }

    /** Keys of those settings that change what a part writes when they alone are changed. */
    private static Set<String> effective(AuditPart part, Set<String> keys) throws IOException {
        Set<String> effective = new TreeSet<>();
        for (String key : keys) {
            if (!differing(part, alone(part, Set.of(key), part.restsOn(), work.resolve("kept")))
                    .isEmpty()) {
                effective.add(key);
            }
        }
        return effective;
    }

    /** Files that a part wrote otherwise than after the others. */
    private static Set<String> differing(AuditPart part, Map<String, String> found) {
        Map<String, String> written = DONE.get(part.name()).written;
        Set<String> files = new TreeSet<>(written.keySet());
        files.addAll(found.keySet());
        files.removeIf(file -> Objects.equals(written.get(file), found.get(file)));
        return files;
    }

    /** Keys of the settings that a part's identity contains. */
    private static Set<String> declared(AuditPart part) {
        Computation computation = Computation.of(part.name());
        String identity = Identities.CURRENT.of(configuration, computation);
        Set<String> declared = OtherSettings.keys();
        declared.removeIf(key -> Identities.CURRENT
                .of(OtherSettings.of(configuration, Set.of(key)), computation)
                .equals(identity));
        return declared;
    }

    /**
     * Does a part in a folder that has only what was evaluated and files of some other parts.
     *
     * @param changed keys of settings that have another value
     * @param kept folder of the rows that are computed
     * @return what it wrote
     */
    private static Map<String, String> alone(AuditPart part, Set<String> changed, List<String> others, Path kept)
            throws IOException {
        Map<String, String> before = new TreeMap<>(evaluated);
        others.forEach(other -> before.putAll(DONE.get(other).written));
        RunFolder folder = drawn.folder(before);
        try (Audit audit = drawn.open(folder, OtherSettings.of(configuration, changed), kept)) {
            audit.run(part);
        }
        Map<String, String> after = content(folder);
        after.entrySet().removeAll(before.entrySet());
        return after;
    }

    private static Map<String, String> content(RunFolder folder) throws IOException {
        Map<String, String> content = new TreeMap<>();
        try (Stream<Path> files = Files.walk(folder.root())) {
            for (Path file : files.filter(Files::isRegularFile).toList()) {
                content.put(name(folder, file), Files.readString(file, StandardCharsets.ISO_8859_1));
            }
        }
        return content;
    }

    private static Set<String> names(RunFolder folder, List<Path> files) {
        Set<String> names = new HashSet<>();
        files.forEach(file -> names.add(name(folder, file)));
        return names;
    }

    private static String name(RunFolder folder, Path file) {
        return folder.root().relativize(file).toString().replace('\\', '/');
    }
}
