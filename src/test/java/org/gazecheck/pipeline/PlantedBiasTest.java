package org.gazecheck.pipeline;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.gazecheck.ReferenceData;
import org.gazecheck.config.ConfigurationReader;
import org.gazecheck.io.Folders;
import org.gazecheck.progress.Progress;
import org.gazecheck.results.Finding;
import org.gazecheck.results.FindingKind;
import org.gazecheck.results.FindingsFile;
import org.gazecheck.results.RunFolder;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Whether the audit names the classes whose background gives them away, and no others, on real flowers before drawn
 * backgrounds. Which background an image stands on is known to this test alone.
 */
class PlantedBiasTest {
    private static final int REPETITIONS = Integer.getInteger("planted.repetitions", 5);
    private static final int INDEPENDENT = Integer.getInteger("planted.independent", 20);

    /** The first of the independent sets, for going on where a run was stopped. */
    private static final int FIRST = Integer.getInteger("planted.first", 1);

    @TempDir
    private Path work;

    @Test
    @Tag("reference")
    void bothPlantedClassesAreNamedAndNoOther() throws Exception {
        Path planted = ReferenceData.path("planted");
        assertNamed(
                run(planted, planted.resolve("masks"), 1, "train.views.crops=0", "audit.budget=1500", "model.size=128"),
                truth(planted));
    }

    @Test
    @Tag("slowest")
    void theyAreNamedWithEstimatedMasksToo() throws Exception {
        Path planted = ReferenceData.path("planted");
        assertNamed(run(planted, null, 1), truth(planted));
    }

    @Test
    @Tag("slowest")
    void theyAreNamedWhicheverFourFifthsOfTrainAreUsed() throws Exception {
        Path planted = ReferenceData.path("planted");
        for (int seed = 1; seed <= REPETITIONS; seed++) {
            Path data = work.resolve("part");
            copyFourFifths(planted, data, seed);
            assertNamed(run(data, planted.resolve("masks"), seed), truth(planted));
            Folders.delete(data);
        }
    }

    @Test
    @Tag("slowest")
    void tiesOfEightyFivePercentAreNamedToo() throws Exception {
        for (int seed = 1; seed <= REPETITIONS; seed++) {
            Path data = work.resolve("tied");
            Map<String, String> kinds = PlantedSet.draw(ReferenceData.path("planted"), data, 0.85, seed);
            assertNamed(run(data, data.resolve("masks"), seed), kinds);
            Folders.delete(data);
        }
    }

    @Test
    @Tag("slowest")
    void otherClassesTiedToOtherBackgroundsAreNamed() throws Exception {
        for (int seed = 1; seed <= REPETITIONS; seed++) {
            Path data = work.resolve("others");
            Path planted = ReferenceData.path("planted");
            Map<String, String> ties = PlantedSet.someTies(planted, seed);
            Map<String, String> kinds = PlantedSet.drawOthers(planted, data, ties, seed / (REPETITIONS + 1f), seed);
            System.out.println("seed " + seed + ": " + ties);
            assertNamed(run(data, data.resolve("masks"), seed), ties, kinds);
            Folders.delete(data);
        }
    }

    @Test
    @Tag("slowest")
    void whereBackgroundsAreIndependentOfClassNoneIsNamed() throws Exception {
        int clean = 0;
        for (int seed = FIRST; seed <= INDEPENDENT; seed++) {
            Path data = work.resolve("independent");
            PlantedSet.draw(ReferenceData.path("planted"), data, 0, 100 + seed);
            List<Finding> findings = run(data, data.resolve("masks"), seed);
            clean += findings.isEmpty() ? 1 : 0;
            System.out.println(
                    "set " + seed + ": " + findings.stream().map(Finding::text).toList());
            Folders.delete(data);
        }
        int sets = INDEPENDENT - FIRST + 1;
        System.out.println("no background finding in " + clean + " of " + sets);
        assertTrue(clean >= Math.floor(0.95 * sets), clean + " of " + sets);
    }

    private static void assertNamed(List<Finding> findings, Map<String, String> kinds) {
        assertNamed(findings, PlantedSet.TIES, kinds);
    }

    private static void assertNamed(List<Finding> findings, Map<String, String> ties, Map<String, String> kinds) {
        Set<String> named = findings.stream().map(Finding::subject).collect(Collectors.toCollection(TreeSet::new));
        assertEquals(new TreeSet<>(ties.keySet()), named);
        for (Finding finding : findings) {
            String tied = ties.get(finding.subject());
            long on = finding.evidence().stream()
                    .filter(path -> kinds.get(path).equals(tied))
                    .count();
            System.out.println(
                    finding.text() + " " + on + " of " + finding.evidence().size() + " on " + tied);
            assertTrue(finding.evidence().size() >= 5, finding.evidence().toString());
            assertTrue(on >= 0.9 * finding.evidence().size(), finding.evidence().toString());
        }
    }

    /** The background findings of a run. */
    private List<Finding> run(Path data, Path masks, long seed, String... more) throws Exception {
        Path output = work.resolve("run");
        List<String> settings = new ArrayList<>(List.of(
                "name=planted",
                "seed=" + seed,
                "data.dir=" + data,
                "model.weights=" + ReferenceData.path("weights/resnet50.safetensors"),
                "train.views.crops=2",
                "audit.trust.images=0",
                "audit.dataQuality=0",
                "output.dir=" + output,
                "cache.dir=" + work.resolve("cache")));
        if (masks != null) {
            settings.add("data.masks=" + masks);
        }
        settings.addAll(List.of(more));
        try (Pipeline pipeline =
                Pipeline.open(ConfigurationReader.read(Path.of("config/folder.yaml"), settings), Progress.SILENT)) {
            pipeline.runTo(Stage.AUDIT);
        }
        List<Finding> findings = FindingsFile.read(new RunFolder(output).findings()).findings().stream()
                .filter(finding -> finding.is(FindingKind.BACKGROUND_SHORTCUT))
                .toList();
        Folders.delete(output);
        Folders.delete(work.resolve("cache"));
        return findings;
    }

    private static Map<String, String> truth(Path planted) throws IOException {
        Map<String, String> kinds = new HashMap<>();
        for (String line : Files.readAllLines(planted.resolve("backgrounds.csv"))) {
            String[] cells = line.split(",");
            kinds.put(cells[0], cells[3]);
        }
        return kinds;
    }

    /** A set without a fifth of each class's training images. */
    private static void copyFourFifths(Path from, Path to, long seed) throws IOException {
        SplittableRandom random = new SplittableRandom(seed);
        TreeMap<String, List<Path>> classes = new TreeMap<>();
        for (String split : List.of("train", "val", "test")) {
            try (Stream<Path> files = Files.walk(from.resolve(split))) {
                files.filter(Files::isRegularFile).sorted().forEach(file -> classes.computeIfAbsent(
                                from.relativize(file.getParent()).toString(), name -> new ArrayList<>())
                        .add(file));
            }
        }
        for (Map.Entry<String, List<Path>> each : classes.entrySet()) {
            List<Path> files = each.getValue();
            int without = each.getKey().startsWith("train") ? files.size() / 5 : 0;
            for (int i = 0; i < without; i++) {
                files.remove(random.nextInt(files.size()));
            }
            copy(files, from, to);
        }
    }

    private static void copy(Collection<Path> files, Path from, Path to) throws IOException {
        for (Path file : files) {
            Path target = to.resolve(from.relativize(file));
            Files.createDirectories(target.getParent());
            Files.copy(file, target);
        }
    }
}
