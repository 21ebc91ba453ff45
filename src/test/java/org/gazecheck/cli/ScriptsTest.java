package org.gazecheck.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class ScriptsTest {
    static Stream<String> scripts() throws IOException {
        try (Stream<Path> files = Files.list(Path.of("scripts"))) {
            List<String> found = files.map(Path::toString)
                    .filter(file -> file.endsWith(".sh"))
                    .sorted()
                    .toList();
            return Stream.concat(Stream.of("gazecheck", ".ci/run"), found.stream());
        }
    }

    @ParameterizedTest
    @MethodSource("scripts")
    void scriptsAreExecutableAndParse(String script) throws Exception {
        assertTrue(Files.isExecutable(Path.of(script)), script);
        Process bash = new ProcessBuilder("bash", "-n", script).inheritIO().start();
        assertEquals(0, bash.waitFor(), script);
    }
}
