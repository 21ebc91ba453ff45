package org.gazecheck.history;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.Statement;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.gazecheck.io.DamagedFileException;
import org.gazecheck.metric.MetricId;
import org.gazecheck.results.Acknowledgement;
import org.gazecheck.results.Figure;
import org.gazecheck.results.Finding;
import org.gazecheck.results.GateLevel;
import org.gazecheck.results.GateOutcome;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.function.Executable;
import org.junit.jupiter.api.io.TempDir;

class HistoryFileTest {
    @TempDir
    private Path reports;

    private HistoryFile file;

    @BeforeEach
    void open() {
        file = HistoryFile.of(reports);
    }

    private static RecordedRun run(String id, String ended, Outcome outcome) {
        Map<String, Double> seconds = new LinkedHashMap<>();
        seconds.put("train", 60.25);
        seconds.put("evaluate", 1.0 / 3);
        return new RecordedRun(
                id,
                Optional.of("a \"folder\"/" + id),
                "flowers",
                Optional.of("00ff".repeat(16)),
                Optional.empty(),
                Map.of("Gazecheck", "0.1.0"),
                "2 cores",
                Instant.parse("2026-11-25T20:00:00.123456789Z"),
                Instant.parse(ended),
                seconds,
                outcome,
                outcome.good() ? 0 : 3,
                List.of(
                        new RecordedMetric(MetricId.parse("test.top1"), new Figure(0.9, 0.88, 0.92, 1000)),
                        new RecordedMetric(
                                MetricId.parse("test.top1").ofClass("rose'; DROP TABLE runs"),
                                new Figure(1, 0.7, 1, 9)),
                        new RecordedMetric(
                                MetricId.parse("new.ece"), new Figure(Double.NaN, Double.NaN, Double.NaN, 0))),
                List.of(new RecordedFinding(
                        "outliers", "test", Finding.Severity.HIGH, "odd\nones", -0.5, OptionalDouble.empty(), 3)),
                List.of(new RecordedGate("test.top1 >= 0.95", GateLevel.FAIL, GateOutcome.FAILED, "it is 0.90")));
    }

    private static final RecordedRun OLD = run("20261123T010000Z-00aa", "2026-11-23T02:00:00Z", Outcome.DONE);
    private static final RecordedRun WARNED = run("20261124T010000Z-00bb", "2026-11-24T02:00:00.5Z", Outcome.WARNED);
    private static final RecordedRun FAILED = run("20261124T010000Z-00cc", "2026-11-24T02:00:00.75Z", Outcome.FAILED);

    @Test
    void whatIsKeptComesBackEqualTheNewestFirst() throws IOException {
        for (RecordedRun run : List.of(WARNED, FAILED, OLD)) {
            assertTrue(file.add(run));
        }
        History history = HistoryFile.of(reports).read();
        assertEquals(List.of(FAILED, WARNED, OLD), history.runs());
        assertEquals(
                List.of("train", "evaluate"),
                List.copyOf(history.runs().get(0).seconds().keySet()));
        assertEquals(2, file.overview().runs().get(0).metrics().size(), "an overview has no figures of single classes");
        assertEquals(
                0.9,
                history.runs()
                        .get(0)
                        .figure(MetricId.parse("test.top1"))
                        .orElseThrow()
                        .value());
    }

    @Test
    void theSameRunTwiceIsOneRow() throws IOException {
        assertTrue(file.add(OLD));
        assertFalse(file.add(OLD));
        assertEquals(List.of(OLD), file.read().runs());
    }

    @Test
    void theBaselineIsWhatIsSetOtherwiseTheLastGoodRun() throws IOException {
        for (RecordedRun run : List.of(OLD, WARNED, FAILED)) {
            file.add(run);
        }
        assertEquals(Optional.of(WARNED), file.read().baseline());
        file.setBaseline(FAILED.id());
        file.setBaseline(OLD.id());
        assertEquals(Optional.of(OLD), file.read().baseline());
        assertEquals(Optional.of(OLD.id()), file.read().chosen());
        file.clearBaseline();
        assertEquals(Optional.of(WARNED), file.read().baseline());
        assertThrows(IllegalArgumentException.class, () -> file.setBaseline("20200101T000000Z-0000"));
    }

    @Test
    void acknowledgementsAreKeptAndEnd() throws IOException {
        Acknowledgement said = new Acknowledgement(
                "scene-correlation:rose",
                LocalDate.parse("2026-12-24"),
                "known; \"new\" images come",
                "Ann",
                Instant.EPOCH);
        file.acknowledge(said);
        assertEquals(List.of(said), file.read().acknowledgements());
        assertTrue(said.holdsOn(LocalDate.parse("2026-12-24")));
        assertFalse(said.holdsOn(LocalDate.parse("2026-12-25")));
    }

    @Test
    void withoutAHistoryTheMessageSaysHowToBegin() {
        IOException e = assertThrows(IOException.class, () -> file.read());
        assertEquals("no history in " + reports + " yet: gazecheck history add RUN creates it", e.getMessage());
        assertFalse(Files.exists(reports.resolve(HistoryFile.NAME)));
    }

    @Test
    void aCorruptFileIsNeverOverwritten() throws IOException {
        byte[] garbage = "not a database".repeat(400).getBytes(StandardCharsets.UTF_8);
        Files.write(reports.resolve(HistoryFile.NAME), garbage);
        DamagedFileException e = assertThrows(DamagedFileException.class, () -> file.add(OLD));
        assertTrue(
                e.getMessage()
                        .endsWith("bring a copy back (nights keep one, history-backup.sqlite), or move it aside and"
                                + " add the runs again"
                                + " (gazecheck history add RUN); it was left as it is"),
                e.getMessage());
        assertArrayEquals(garbage, Files.readAllBytes(reports.resolve(HistoryFile.NAME)));
    }

    @Test
    void aHistoryOfAnOlderVersionIsRefusedAndLeftAsItIs() throws Exception {
        file.add(OLD);
        Path old = reports.resolve(HistoryFile.NAME);
        try (Connection c = DriverManager.getConnection(
                        "jdbc:sqlite:file:" + old.toUri().getRawPath());
                Statement statement = c.createStatement()) {
            statement.execute("PRAGMA user_version = 2");
        }
        byte[] before = Files.readAllBytes(old);
        for (Executable work : List.<Executable>of(() -> file.read(), () -> file.add(WARNED))) {
            DamagedFileException e = assertThrows(DamagedFileException.class, work);
            assertEquals(
                    old
                            + ": of version 2, which only an older Gazecheck reads: move it aside, add the runs again"
                            + " (gazecheck history add RUN), and acknowledge again what stands in its table"
                            + " acknowledgements (gazecheck ack); it was left as it is",
                    e.getMessage());
        }
        assertArrayEquals(before, Files.readAllBytes(old));
    }

    @Test
    void severalWritersWaitForEachOther() throws Exception {
        ExecutorService writers = Executors.newFixedThreadPool(3);
        List<Future<?>> done = new ArrayList<>();
        for (int w = 0; w < 3; w++) {
            int writer = w;
            done.add(writers.submit(() -> {
                for (int i = 0; i < 10; i++) {
                    String id = String.format("20261123T0100%02dZ-00a%d", i, writer);
                    HistoryFile.of(reports).add(run(id, "2026-11-23T02:00:00Z", Outcome.DONE));
                }
                return null;
            }));
        }
        for (Future<?> writer : done) {
            writer.get();
        }
        writers.shutdown();
        assertEquals(30, file.read().runs().size());
    }

    @Test
    void anIdHasATimeAndAHash() {
        assertTrue(RecordedRun.isId("20261125T215625Z-1c0f33aa"));
        assertFalse(RecordedRun.isId("flowers102"));
        assertThrows(IllegalArgumentException.class, () -> run("flowers102", "2026-11-23T02:00:00Z", Outcome.DONE));
    }
}
