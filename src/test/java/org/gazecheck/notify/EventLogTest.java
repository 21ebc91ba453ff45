package org.gazecheck.notify;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class EventLogTest {
    private static final Clock CLOCK = Clock.fixed(Instant.parse("2026-03-14T02:00:00.123456Z"), ZoneOffset.UTC);

    @TempDir
    Path folder;

    @Test
    void anEventIsALine() throws IOException {
        Path file = folder.resolve("reports/events.jsonl");
        EventLog log = new EventLog(file, CLOCK);
        log.append("night.begin", null, Map.of());
        log.append("stage", "run-1", Map.of("stage", "audit\n\"x\"", "seconds", 1.5, "images", 50, "none", Double.NaN));
        assertEquals(
                "{\"time\":\"2026-03-14T02:00:00.123Z\",\"event\":\"night.begin\"}",
                Files.readAllLines(file).get(0));
        assertEquals(2, Files.readAllLines(file).size());
        JsonNode event = EventLog.read(file).get(1);
        assertEquals("run-1", event.get("run").asText());
        assertEquals("audit\n\"x\"", event.get("stage").asText());
        assertEquals(50, event.get("images").asInt());
        assertTrue(event.get("none").isNull());
    }

    @Test
    void theEventsOwnKeysAreNotOverwritten() throws IOException {
        Path file = folder.resolve("events.jsonl");
        new EventLog(file, CLOCK).append("a", "run", Map.of("event", "b", "time", "never"));
        assertEquals("a", EventLog.read(file).get(0).get("event").asText());
        assertTrue(EventLog.read(file).get(0).get("time").asText().startsWith("2026"));
    }

    /** Wherever in its last line a killed process stopped, in the middle of a letter as well. */
    @Test
    void aTornLineIsClosedByTheNextWriter() throws IOException {
        Path file = folder.resolve("events.jsonl");
        new EventLog(file, CLOCK).append("whole", "run", Map.of());
        int first = (int) Files.size(file);
        new EventLog(file, CLOCK).append("torn", "run", Map.of("name", "Käfer"));
        byte[] bytes = Files.readAllBytes(file);
        for (int length = first; length <= bytes.length; length++) {
            Files.write(file, Arrays.copyOf(bytes, length));
            assertEquals(length >= bytes.length - 1 ? 2 : 1, EventLog.read(file).size(), length + " bytes");
            new EventLog(file, CLOCK).append("next", "run", Map.of());
            List<String> events = EventLog.read(file).stream()
                    .map(event -> event.get("event").asText())
                    .toList();
            assertEquals("whole", events.get(0));
            assertEquals("next", events.get(events.size() - 1), length + " bytes");
        }
    }

    @Test
    void writersInTurnLoseNothing() throws Exception {
        Path file = folder.resolve("events.jsonl");
        List<Thread> writers = IntStream.range(0, 4)
                .mapToObj(i -> new Thread(() -> {
                    EventLog log = new EventLog(file, Clock.systemUTC());
                    for (int n = 0; n < 200; n++) {
                        log.append("writer " + i, "run", Map.of("text", "x".repeat(500)));
                    }
                }))
                .toList();
        writers.forEach(Thread::start);
        for (Thread writer : writers) {
            writer.join();
        }
        assertEquals(800, EventLog.read(file).size());
    }

    @Test
    void aLogThatCannotBeWrittenFailsNothing() throws IOException {
        Path blocked = Files.writeString(folder.resolve("blocked"), "a file where a folder should be");
        EventLog log = new EventLog(blocked.resolve("events.jsonl"), CLOCK);
        log.append("a", "run", Map.of());
        log.append("b", "run", Map.of());
        assertEquals(List.of(), EventLog.read(folder.resolve("none.jsonl")));
        assertEquals("a file where a folder should be", Files.readString(blocked));
    }
}
