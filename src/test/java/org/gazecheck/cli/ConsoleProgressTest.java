package org.gazecheck.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.IntStream;
import org.gazecheck.progress.Progress;
import org.junit.jupiter.api.Test;

class ConsoleProgressTest {
    private final AtomicLong millis = new AtomicLong();
    private final StringWriter written = new StringWriter();

    @Test
    void withoutATerminalThereAreFewPlainLines() {
        try (Progress.Task task = progress(false).start("features", 1000)) {
            for (int i = 0; i < 1000; i++) {
                millis.addAndGet(20);
                task.advance(1);
            }
        }
        assertEquals(
                """
                features: 250/1000  50/s  0:15 left
                features: 500/1000  50/s  0:10 left
                features: 750/1000  50/s  0:05 left
                features: 1000 in 0:20, 50/s
                """,
                written.toString());
    }

    @Test
    void slowWorkTellsEveryTenSeconds() {
        Progress.Task task = progress(false).start("epochs", 100);
        for (int i = 0; i < 5; i++) {
            millis.addAndGet(6000);
            task.advance(1);
        }
        assertEquals(
                "epochs: 2/100  6.0 s each  9:48 left\nepochs: 4/100  6.0 s each  9:36 left\n", written.toString());
    }

    @Test
    void onATerminalABarIsRedrawnAtMostTenTimesASecond() {
        try (Progress.Task task = progress(true).start("images", 2000)) {
            for (int i = 0; i < 2000; i++) {
                millis.incrementAndGet();
                task.advance(1);
            }
        }
        int drawn = written.toString().split("\\[=* *]", -1).length - 1;
        assertTrue(drawn >= 19 && drawn <= 21, drawn + " bars in two seconds");
        assertTrue(written.toString().endsWith("\033[2Kimages: 2000 in 0:02, 1000/s\n"), written.toString());
    }

    @Test
    void aMessageStandsOnItsOwnLineAboveTheBar() {
        ConsoleProgress progress = progress(true);
        progress.start("images", 4).advance(1);
        progress.message("hello");

        assertTrue(written.toString().contains("\r\033[2Khello\n\r\033[2Kimages  [======"), written.toString());
    }

    @Test
    void noStepIsLostBetweenThreads() {
        try (Progress.Task task = progress(false).start("rows", 0)) {
            IntStream.range(0, 10_000).parallel().forEach(i -> task.advance(1));
            millis.addAndGet(1000);
        }
        assertEquals("rows: 10000 in 0:01, 10000/s\n", written.toString());
    }

    @Test
    void workThatTurnsOutToBeDoneLeavesNoLine() {
        progress(false).start("features", 10).close();
        assertEquals("", written.toString());
    }

    private ConsoleProgress progress(boolean terminal) {
        return new ConsoleProgress(new PrintWriter(written), terminal, 80, () -> millis.get() * 1_000_000);
    }
}
