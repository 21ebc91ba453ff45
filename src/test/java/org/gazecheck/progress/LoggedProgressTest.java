package org.gazecheck.progress;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.gazecheck.io.RunLog;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LoggedProgressTest {
    @Test
    void workIsPassedOnAndLoggedWhenItEnds(@TempDir Path folder) throws Exception {
        List<String> heard = new ArrayList<>();
        Progress next = new Progress() {
            @Override
            public Task start(String name, long total) {
                heard.add(name + " of " + total);
                return new Task() {
                    @Override
                    public void advance(long steps) {
                        heard.add("+" + steps);
                    }

                    @Override
                    public void close() {
                        heard.add("end");
                    }
                };
            }

            @Override
            public void message(String text) {
                heard.add(text);
            }
        };
        Path file = folder.resolve("gazecheck.log");
        try (RunLog log = RunLog.attach(file)) {
            Progress progress = new LoggedProgress(next);
            try (Progress.Task task = progress.start("check images", 40)) {
                task.advance(30);
                task.advance(7);
            }
            progress.message("done");
        }
        assertEquals(List.of("check images of 40", "+30", "+7", "end", "done"), heard);
        List<String> lines = Files.readAllLines(file);
        assertEquals(1, lines.size());
        assertTrue(lines.get(0).matches(".*LoggedProgress - check images: 37 in \\d+\\.\\d s"), lines.get(0));
    }
}
