package org.gazecheck.history;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.gazecheck.DrawnRun;
import org.gazecheck.io.Hashes;
import org.gazecheck.metric.MetricId;
import org.gazecheck.results.Figure;
import org.gazecheck.results.Finding;
import org.gazecheck.results.FindingKind;
import org.gazecheck.results.ManifestFile;
import org.gazecheck.results.RunFolder;
import org.gazecheck.results.RunManifest;
import org.gazecheck.results.Split;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FinishedRunTest {
    @TempDir
    private Path reports;

    private static DrawnRun drawn() {
        DrawnRun run = new DrawnRun().draw(Split.TEST, "test", 200, 1).draw(Split.VAL, "val", 80, 2);
        run.findings.add(new Finding(FindingKind.SCENE_CORRELATION, "rose", DrawnRun.statement(Finding.Severity.HIGH)));
        return run;
    }

    private static MetricId id(String text) {
        return MetricId.parse(text);
    }

    @Test
    void aRunIsReadAsItsFilesHaveIt() throws IOException {
        DrawnRun drawn = drawn();
        RecordedRun run = FinishedRun.read(reports, drawn.write(reports.resolve("deep er/run")));

        assertTrue(run.id().matches("20261125T215625Z-[0-9a-f]{8}"), run.id());
        assertEquals(Optional.of("deep er/run"), run.folder());
        assertEquals("drawn", run.name());
        assertEquals(Optional.of(Hashes.sha256("model")), run.model());
        assertEquals("Gazecheck 0.1.0, Engine ONNX Runtime 1.23.2", run.versionsText());
        assertEquals(Instant.parse("2026-11-25T21:56:25Z"), run.ended());
        assertEquals(Instant.parse("2026-11-25T21:55:25Z"), run.started(), "training took longest before it");
        assertEquals(
                List.of("prepare", "train", "evaluate", "audit", "report"),
                List.copyOf(run.seconds().keySet()));
        assertEquals(Outcome.DONE, run.outcome());
        assertEquals("scene-correlation:rose", run.findings().get(0).id());
        assertEquals(Finding.Severity.HIGH, run.findings().get(0).severity());

        double right = drawn.images.stream()
                        .filter(i -> i.split() == Split.TEST && i.label().equals(i.predicted()))
                        .count()
                / 200.0;
        assertEquals(right, run.figure(id("test.top1")).orElseThrow().value(), 1e-12);
        double[] lifts = drawn.images.stream()
                .filter(i -> i.split() == Split.TEST && i.label().equals(i.predicted()))
                .mapToDouble(i -> i.inside() / 0.25)
                .toArray();
        Figure lift = run.figure(id("test.localisation.mass_lift.correct")).orElseThrow();
        assertEquals(Arrays.stream(lifts).average().orElseThrow(), lift.value(), 1e-12);
        assertEquals(lifts.length, lift.n());
        assertTrue(lift.low() < lift.value() && lift.value() < lift.high());
        assertEquals(
                DrawnRun.CLASSES.size(),
                run.metrics().stream()
                        .filter(m -> m.id().overall().equals(id("val.top1"))
                                && m.id().ofClass().isPresent())
                        .count());
    }

    @Test
    void withoutMasksThereIsNoLift() throws IOException {
        DrawnRun drawn = drawn();
        drawn.masks = false;
        RecordedRun run = FinishedRun.read(reports, drawn.write(reports.resolve("run")));
        assertEquals(Optional.empty(), run.figure(id("test.localisation.mass_lift.correct")));
        assertTrue(run.figure(id("test.localisation.border_mass.correct")).isPresent());
    }

    @Test
    void theIdIsThatOfTheWorkAndNotOfTheReportOrTheFolder() throws IOException {
        RecordedRun first = FinishedRun.read(reports, drawn().write(reports.resolve("a")));
        RunFolder copy = new RunFolder(drawn().write(reports.resolve("b")));
        RunManifest manifest = ManifestFile.read(copy.manifest());
        ManifestFile.write(copy.manifest(), manifest.withStages(without(manifest, "report")));
        assertEquals(first.id(), FinishedRun.read(reports, copy.root()).id());

        DrawnRun again = drawn();
        again.model = Hashes.sha256("another");
        assertNotEquals(
                first.id(),
                FinishedRun.read(reports, again.write(reports.resolve("c"))).id());
        String night = "20261126T010203Z-12ab34cd";
        assertEquals(
                night,
                FinishedRun.read(reports, drawn().write(reports.resolve(night))).id());
    }

    private static Map<String, RunManifest.StageState> without(RunManifest manifest, String stage) {
        Map<String, RunManifest.StageState> stages = new LinkedHashMap<>(manifest.stages());
        stages.remove(stage);
        return stages;
    }

    @Test
    void whatIsNoFinishedRunIsTold() throws IOException {
        Path empty = Files.createDirectory(reports.resolve("empty"));
        assertTold(empty + " is not a run folder: it has no run.json", reports, empty);

        RunFolder half = new RunFolder(drawn().write(reports.resolve("half")));
        RunManifest manifest = ManifestFile.read(half.manifest());
        ManifestFile.write(half.manifest(), manifest.withStages(without(manifest, "audit")));
        assertTold(
                half.root()
                        + " holds no finished run: the stage 'audit' is not done; finish the run first (gazecheck run)",
                reports,
                half.root());

        Path elsewhere = drawn().write(reports.resolve("elsewhere/run"));
        assertTold(
                elsewhere + " does not lie in the folder of runs " + empty
                        + ": copy it there, or name its own folder with --reports",
                empty,
                elsewhere);
    }

    private static void assertTold(String message, Path reports, Path run) {
        assertEquals(
                message,
                assertThrows(IOException.class, () -> FinishedRun.read(reports, run))
                        .getMessage());
    }
}
