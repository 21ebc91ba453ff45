package org.gazecheck.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ScriptsTest {
    @ParameterizedTest
<<<<<<< HEAD
    @ValueSource(strings = {"gazecheck", ".ci/run", "scripts/refusals.sh", "scripts/scale.sh"})
=======
    @ValueSource(strings = {"gazecheck", ".ci/run", "scripts/refusals.sh", "scripts/deploy-check.sh"})
>>>>>>> api
    void scriptsAreExecutableAndParse(String script) throws Exception {
        assertTrue(Files.isExecutable(Path.of(script)), script);
        Process bash = new ProcessBuilder("bash", "-n", script).inheritIO().start();
        assertEquals(0, bash.waitFor(), script);
    }
}
