package org.gazecheck.history;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.gazecheck.results.GateLevel;
import org.gazecheck.results.GateOutcome;
import org.gazecheck.results.Signature.Decision;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Which run others are measured by, where nobody sets one. */
class SignOffsTest {
    private static final Instant NOW = Instant.parse("2026-03-20T00:00:00Z");

    @TempDir
    private Path reports;

    private static RecordedRun run(String id, String ended, GateOutcome... gates) {
        return new RecordedRun(
                id,
                Optional.of(id),
                "flowers",
                Optional.empty(),
                Optional.empty(),
                Map.of(),
                "2 cores",
                Instant.parse(ended),
                Instant.parse(ended),
                Map.of(),
                Outcome.DONE,
                0,
                List.of(),
                List.of(),
                List.of(gates).stream()
                        .map(outcome -> new RecordedGate("new.refused <= 0", GateLevel.FAIL, outcome, "it is 0."))
                        .toList());
    }

    @Test
    void aRejectedRunIsNoBaselineAndTheHistorySaysWhoRejectedIt() throws Exception {
        HistoryFile file = HistoryFile.of(reports);
        RecordedRun first = run("20260314T020000Z-aaaa", "2026-03-14T02:00:00Z", GateOutcome.PASSED);
        RecordedRun second = run("20260315T020000Z-bbbb", "2026-03-15T02:00:00Z", GateOutcome.PASSED);
        file.add(first);
        file.add(second);
        assertEquals(Optional.of(second), file.read().baseline(NOW));
        RecordedSignOff rejected =
                new RecordedSignOff(second.id(), Decision.REJECT, "Ann", Instant.EPOCH, "too many errors");
        file.signOff(List.of(rejected));
        assertEquals(Optional.of(first), file.read().baseline(NOW));
        assertEquals(Optional.of(rejected), HistoryFile.of(reports).read().signOff(second));
        file.signOff(List.of(new RecordedSignOff(second.id(), Decision.ACCEPT, "Ann", Instant.EPOCH, "")));
        assertEquals(Optional.of(second), file.read().baseline(NOW));
    }

    @Test
    void whatNoGateJudgedIsFinishedAndNoBaseline() throws Exception {
        HistoryFile file = HistoryFile.of(reports);
        file.add(run("20260314T020000Z-aaaa", "2026-03-14T02:00:00Z"));
        assertEquals(Optional.empty(), file.read().baseline(NOW));
        assertEquals("finished", file.read().runs().get(0).outcome().words());
    }

    @Test
    void thereIsOneBaselineAfterAClockThatWasAhead() {
        RecordedRun now = run("20260314T020000Z-aaaa", "2026-03-14T02:00:00Z", GateOutcome.PASSED);
        RecordedRun ahead = run("20280314T020000Z-bbbb", "2028-03-14T02:00:00Z", GateOutcome.PASSED);
        History history = new History(List.of(ahead, now), Optional.empty(), List.of());
        assertEquals(Optional.of(now), history.baseline(NOW));
        assertEquals(Optional.of(ahead), history.baseline(NOW.plus(Duration.ofDays(1000))));
        assertTrue(history.upTo(NOW).mayBeBaseline().toList().contains(now));
    }
}
