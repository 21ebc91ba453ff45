package org.gazecheck.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Names and paths that no folder can have. */
class NamesTest {
    private static final String REST = "data: {source: demo, dir: drawn}\nmodel: {architecture: demo}\n";

    @TempDir
    private Path folder;

    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();

    private int config(String yaml, String... more) throws IOException {
        Path file = Files.writeString(folder.resolve("some.yaml"), yaml);
        String[] arguments = new String[2 + more.length];
        arguments[0] = "config";
        arguments[1] = file.toString();
        System.arraycopy(more, 0, arguments, 2, more.length);
        return Main.execute(new PrintWriter(out), new PrintWriter(err), arguments);
    }

    private void assertOneSentence(int code, String key) {
        assertEquals(2, code, err.toString());
        assertEquals(1, err.toString().lines().count(), err.toString());
        assertTrue(err.toString().contains(key + " "), err.toString());
        assertFalse(err.toString().contains("Exception"), err.toString());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "\\0",
                "..",
                ".",
                "a/b",
                "a\\\\b",
                "a.",
                "a ",
                " a",
                "CON",
                "nul.txt",
                "a\\nb",
                "a\\x1b[31m",
                "\\u2028"
            })
    void aNameOfNoFolder(String name) throws IOException {
        assertOneSentence(config("name: \"" + name + "\"\n" + REST), "name");
    }

    @Test
    void aNameOf300Characters() throws IOException {
        assertOneSentence(config("name: " + "x".repeat(300) + "\n" + REST), "name");
    }

    @Test
    void thePathsToo() throws IOException {
        for (String key : List.of("output.dir", "data.dir", "cache.dir")) {
            for (String path : List.of("a\0b", "x".repeat(300), "runs/a\nb")) {
                err.getBuffer().setLength(0);
                assertOneSentence(config(REST, "--set", key + "=" + path), key);
            }
        }
        for (String path : List.of("runs/aux", "runs/a./b", "runs/a /b", "runs/Com1.d")) {
            err.getBuffer().setLength(0);
            assertOneSentence(config(REST, "--set", "output.dir=" + path), "output.dir");
        }
        err.getBuffer().setLength(0);
        assertOneSentence(config(REST, "--set", "name=a\0b"), "name");
    }

    @Test
    void otherNamesMakeAFolder() throws IOException {
        for (String name :
                List.of("flowers 2", "flowers: again", "#1", "null", "Öl", "console", "a.b", "...a", "- x")) {
            out.getBuffer().setLength(0);
            assertEquals(0, config("name: \"" + name + "\"\n" + REST), err.toString());
            assertTrue(out.toString().contains("reports/" + name), out.toString());
        }
    }

    @Test
    void aPathMayClimb() throws IOException {
        assertEquals(0, config(REST, "--set", "output.dir=../runs/x", "--set", "data.dir=./aux"), err.toString());
    }
}
