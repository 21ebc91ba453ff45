package org.gazecheck.config;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

class ConfigurationReferenceTest {
    @Test
    void thePublishedReferenceIsUpToDate() throws Exception {
        assertEquals(
                ConfigurationReference.markdown(),
                Files.readString(Path.of("docs/configuration.md")),
                "run ./gazecheck config --reference > docs/configuration.md");
    }

    @Test
    void everyKeyHasARow() {
        String page = ConfigurationReference.markdown();
        for (String key : Schema.RUN.keys()) {
            assertTrue(page.contains("| `" + key + "` |"), key);
        }
    }
}
