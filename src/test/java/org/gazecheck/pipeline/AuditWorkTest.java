package org.gazecheck.pipeline;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.gazecheck.audit.Audit;
import org.gazecheck.audit.part.AuditPart;
import org.gazecheck.config.Configuration;
import org.gazecheck.config.ConfigurationReader;
import org.gazecheck.config.Identities;
import org.gazecheck.progress.Progress;
import org.gazecheck.results.DatasetFile;
import org.gazecheck.results.DatasetRow;
import org.gazecheck.results.MaskList;
import org.gazecheck.results.MaskListFile;
import org.gazecheck.results.RunFolder;
import org.gazecheck.results.RunManifest;
import org.gazecheck.results.RunManifest.PartState;
import org.gazecheck.results.RunManifest.StageState;
import org.gazecheck.results.Split;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What makes the parts of an audit stale. */
class AuditWorkTest {
    private static final Set<String> ALL = names(Audit.PARTS.stream());

    @TempDir
    private Path work;

    @Test
    void anOutputOfAnEarlierStageAndAMaskMakeAllPartsStale() throws Exception {
        Path mask = Files.createDirectories(work.resolve("masks")).resolve("a.png");
        Files.writeString(mask, "a mask");
        Run run = run("model.architecture=demo", "data.masks=" + mask.getParent());
        for (Stage stage : List.of(Stage.PREPARE, Stage.TRAIN, Stage.EVALUATE)) {
            assertEquals(ALL, stale(run, () -> run.record(stage, Optional.of(done("another output")))), stage.text());
        }
        assertEquals(ALL, stale(run, () -> Files.writeString(mask, "another mask")));
        assertEquals(Set.of(), stale(run, () -> run.record(Stage.REPORT, Optional.of(done("another output")))));
    }

    @Test
    void theOutputOfAPartMakesThosePartsStaleThatRestOnIt() throws Exception {
        Run run = run("model.architecture=demo");
        for (AuditPart part : Audit.PARTS) {
            assertEquals(
                    names(Audit.PARTS.stream().filter(other -> other.restsOn().contains(part.name()))),
                    stale(run, () -> {
                        Map<String, PartState> parts =
                                new HashMap<>(run.manifest().parts());
                        parts.put(part.name(), new PartState("", Map.of("a", "another output")));
                        run.update(run.manifest().withParts(parts));
                    }),
                    part.name());
        }
    }

    @Test
    void theNamesOfClassesMakeAllPartsStaleWhereTheModelDoesNotHoldThem() throws Exception {
        Run run = run("external.model=model.onnx", "external.labels=labels.txt");
        assertEquals(ALL, stale(run, () -> run.update(run.manifest().withData(List.of("tulip"), List.of()))));
    }

    private interface Change {
        void make() throws IOException;
    }

    /** Names of the parts that a change makes stale. */
    private static Set<String> stale(Run run, Change change) throws IOException {
        List<List<String>> before = inputs(run);
        change.make();
        List<List<String>> after = inputs(run);
        return names(Audit.PARTS.stream()
                .filter(part -> !before.get(Audit.PARTS.indexOf(part)).equals(after.get(Audit.PARTS.indexOf(part)))));
    }

    private static List<List<String>> inputs(Run run) throws IOException {
        List<List<String>> inputs = new ArrayList<>();
        for (AuditPart part : Audit.PARTS) {
            inputs.add(new AuditedPart(run, null, part, AuditWork.before(run)).inputs());
        }
        return inputs;
    }

    private static Set<String> names(Stream<AuditPart> parts) {
        return parts.map(AuditPart::name).collect(Collectors.toCollection(TreeSet::new));
    }

    private Run run(String... more) throws Exception {
        List<String> settings =
                new ArrayList<>(List.of("data.source=folder", "data.dir=" + work, "output.dir=" + work.resolve("run")));
        settings.addAll(List.of(more));
        Configuration configuration = ConfigurationReader.of("x", settings);
        RunFolder folder = new RunFolder(work.resolve("run"));
        MaskListFile.write(
                folder.masks(), new MaskList(MaskList.SCHEMA_VERSION, "notZero", 0, Map.of("a.png", "a.png")));
        DatasetFile.write(folder.dataset(), List.of(new DatasetRow("a.png", Split.TEST, "rose", 8, 8, "sha", "")));
        RunManifest manifest = RunManifest.empty("x")
                .withData(List.of("rose"), List.of())
                .withStages(Stream.of(Stage.values()).collect(Collectors.toMap(Stage::text, stage -> done("output"))))
                .withParts(
                        ALL.stream().collect(Collectors.toMap(n -> n, n -> new PartState("", Map.of("a", "output")))));
        Run run = new Run(configuration, Identities.CURRENT, folder, manifest, Progress.SILENT);
        run.reuseData();
        return run;
    }

    private static StageState done(String output) {
        return new StageState("done", "", Map.of("file", output), 1, "");
    }
}
