package org.gazecheck.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ReproduceCommandTest {
    @TempDir
    private Path folder;

    private record Outcome(int code, String out, String err) {}

    @Test
    void helpNamesItsOptions() {
        Outcome outcome = execute("reproduce", "--help");

        assertEquals(0, outcome.code());
        for (String option : "--output=DIR --keep-cache --set=KEY=VALUE".split(" ")) {
            assertTrue(outcome.out().contains(option), outcome.out());
        }
    }

    @Test
    void aFolderThatIsNoRunIsAFailure() {
        Outcome outcome = execute("reproduce", folder.toString());

        assertEquals(1, outcome.code());
        assertTrue(outcome.err().contains("is not a run folder"), outcome.err());
    }

    @Test
    void whatWouldMakeAnotherRunOfItIsRefused() {
        Outcome outcome = execute("reproduce", folder.toString(), "--set", "seed=2");

        assertEquals(2, outcome.code());
        assertTrue(outcome.err().contains("--set seed: has no effect here"), outcome.err());
    }

    private static Outcome execute(String... args) {
        StringWriter out = new StringWriter();
        StringWriter err = new StringWriter();
        int code = Main.execute(new PrintWriter(out), new PrintWriter(err), args);
        return new Outcome(code, out.toString(), err.toString());
    }
}
