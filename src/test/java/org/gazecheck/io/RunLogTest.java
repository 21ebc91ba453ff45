package org.gazecheck.io;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

class RunLogTest {
    private static final Logger LOG = LoggerFactory.getLogger("org.example.library");

    @Test
    void whatIsLoggedWhileItIsAttachedIsAppended(@TempDir Path folder) throws Exception {
        Path file = folder.resolve("run/gazecheck.log");
        LOG.info("before");
        try (RunLog log = RunLog.attach(file)) {
            LOG.info("first");
            LOG.debug("detail");
        }
        LOG.info("between");
        try (RunLog log = RunLog.attach(file)) {
            LOG.warn("second", new IllegalStateException("why"));
        }

        List<String> lines = Files.readAllLines(file);
        assertTrue(
                lines.get(0)
                        .matches("\\d{4}-\\d\\d-\\d\\dT\\d\\d:\\d\\d:\\d\\d\\.\\d{3}Z INFO  \\[.*] .*library - first"),
                lines.get(0));
        assertTrue(lines.get(1).endsWith("library - second"), lines.get(1));
        assertEquals("java.lang.IllegalStateException: why", lines.get(2));
    }
}
