package org.gazecheck.killed;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.gazecheck.notify.EventLog;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.CleanupMode;
import org.junit.jupiter.api.io.TempDir;

/** Nights that are killed with SIGKILL, each followed by a normal one, end as undisturbed nights. */
class KilledNightsTest {
    private static final int GATE_FAILED = 3;
    private static final String WHOLE = "whole, nobody notified";
    private static final String ENDED = "after night-ended";

    /** Files at whose making a kill strikes: the journal of the history, marks of notified nights, verdicts, models, pages. */
    private static final List<String> MADE = List.of(
            "history.sqlite-journal",
            "history.sqlite-journal",
            ".notified*",
            "*gates.json*",
            ".*.part",
            ".index.html*",
            "junit.xml");

    @TempDir(cleanup = CleanupMode.ON_SUCCESS)
    private Path folder;

    private final Map<Integer, Undisturbed> undisturbed = new HashMap<>();
    private final List<String> struck = new ArrayList<>();
    private SmallNights nights;

    private record Undisturbed(int exitCode, double seconds) {}

    /** When a night is killed: at the making of a file, or after a share of the time that it took undisturbed. */
    private record Moment(Optional<String> made, double share) {
        static Moment made(String glob) {
            return new Moment(Optional.of(glob), 0);
        }

        static Moment within(double share) {
            return new Moment(Optional.empty(), share);
        }
    }

    @Test
    @Tag("slow")
    void threeKilledNightsOfWhichTheLastFailsEndAsUndisturbedOnes() throws Exception {
        runUndisturbed(List.of(1, 2, 7));
        assertEquals(GATE_FAILED, undisturbed.get(7).exitCode());
        nights.begin();
        killAndRepeat(1, Moment.within(0.5));
        killAndRepeat(2, Moment.made("history.sqlite-journal"));
        killAndRepeat(7, Moment.made("*gates.json*"));
        assertEndsAsUndisturbed();
        assertEquals(3, struck.size(), struck.toString());
    }

    /** Months of ten nights, each begun and killed once. A quarter of the kills waits for a file that is being written. */
    @Test
    @Tag("slowest")
    void nightsKilledAtRandomMomentsEndAsAnUndisturbedMonth() throws Exception {
        List<Integer> month = IntStream.rangeClosed(1, 10).boxed().toList();
        runUndisturbed(month);
        for (int i = 1; struck.size() < Kills.COUNT; i++) {
            assertTrue(i <= Kills.COUNT, "nights end before they are killed");
            SplittableRandom random = Kills.random(i);
            nights.begin();
            for (int night : month) {
                Moment moment = random.nextInt(4) == 0
                        ? Moment.made(MADE.get(random.nextInt(MADE.size())))
                        : Moment.within(random.nextDouble());
                if (struck.size() < Kills.COUNT) {
                    killAndRepeat(night, moment);
                } else {
                    nights.prepare(night);
                    repeat(night, "");
                }
            }
            System.out.println("month " + i + ": " + struck.size() + " kills");
            assertEndsAsUndisturbed();
        }
        Map<String, Long> counts = Kills.counts(struck.stream());
        System.out.println("kills by what was under way: " + counts);
        if (Kills.MANY) {
            long written = counts.getOrDefault("history", 0L);
            assertTrue(written >= 3, written + " kills struck while the history was written");
        }
    }

    private void runUndisturbed(List<Integer> month) throws Exception {
        nights = new SmallNights(folder);
        nights.draw();
        nights.begin();
        for (int night : month) {
            nights.prepare(night);
            long began = System.nanoTime();
            int code = end();
            undisturbed.put(night, new Undisturbed(code, (System.nanoTime() - began) * 1e-9));
            System.out.println("undisturbed night " + night + ": " + undisturbed.get(night));
        }
        Files.move(nights.nights(), folder.resolve("expected"));
    }

    private int end() throws Exception {
        try (Command command = nights.start()) {
            int code = command.end();
            assertTrue(code == 0 || code == GATE_FAILED, command.said());
            return code;
        }
    }

    private void assertEndsAsUndisturbed() throws IOException {
        SmallNights.assertEqual(folder.resolve("expected"), nights.nights());
        Ending.assertNothingIsLeftBehind(folder.resolve("work"));
    }

    private void killAndRepeat(int night, Moment moment) throws Exception {
        nights.prepare(night);
        int events = events().size();
        List<String> before = SmallNights.ids(nights.nights());
        int code;
        try (NewFiles made = new NewFiles(nights.nights(), moment.made().orElse(""));
                Command command = nights.start()) {
            if (moment.made().isPresent()) {
                made.await(command);
            } else {
                long milliseconds =
                        (long) (1000 * moment.share() * undisturbed.get(night).seconds());
                Thread.sleep(200 + milliseconds);
            }
            code = command.kill();
            assertTrue(code == Command.KILLED || code == undisturbed.get(night).exitCode(), command.said());
        }
        if (code == Command.KILLED) {
            String killed = underWay(events, before);
            System.out.println("night " + night + " is killed: " + killed + " "
                    + moment.made().orElse(""));
            struck.add(killed);
            repeat(night, killed);
        } else {
            repeat(night, ENDED);
        }
    }

    /** A night that was whole when it was killed, or had ended, is not begun again: nothing is new. */
    private void repeat(int night, String killed) throws Exception {
        int code = end();
        boolean nothingIsNew = code == 0 && (killed.equals(WHOLE) || killed.equals(ENDED));
        assertTrue(
                code == undisturbed.get(night).exitCode() || nothingIsNew,
                "night " + night + " ended with " + code + " after a kill: " + killed);
    }

    /** Where the kill struck, read off what the dead process left. */
    private String underWay(int events, List<String> before) throws IOException {
        try (Stream<Path> files = Files.list(nights.nights())) {
            if (files.anyMatch(file -> file.getFileName().toString().startsWith("history.sqlite-"))) {
                return "history";
            }
        }
        List<JsonNode> since = events().stream().skip(events).toList();
        if (since.isEmpty()) {
            return "start";
        }
        String last = since.get(since.size() - 1).get("event").asText();
        List<String> ids = SmallNights.ids(nights.nights());
        if (!last.equals("arrivals") || ids.equals(before)) {
            return "after " + last;
        }
        Path newest = nights.nights().resolve(ids.get(ids.size() - 1));
        return Files.exists(newest.resolve(".unfinished")) ? "night" : WHOLE;
    }

    private List<JsonNode> events() throws IOException {
        return EventLog.read(nights.nights().resolve("events.jsonl"));
    }
}
