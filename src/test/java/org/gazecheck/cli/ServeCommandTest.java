package org.gazecheck.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.atomic.AtomicInteger;
import org.gazecheck.results.RunFolder;
import org.gazecheck.review.ReviewableRun;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ServeCommandTest {
    @TempDir
    private Path work;

    private RunFolder run;
    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();

    @BeforeEach
    void makeRun() throws IOException {
        run = ReviewableRun.write(work.resolve("run"), 3);
    }

    private int serve(Object... options) {
        String[] arguments = new String[2 + options.length];
        arguments[0] = "serve";
        arguments[1] = run.root().toString();
        for (int i = 0; i < options.length; i++) {
            arguments[2 + i] = options[i].toString();
        }
        return Main.execute(new PrintWriter(out), new PrintWriter(err), arguments);
    }

    @Test
    void itSaysWhereItServesAndEndsWhenInterrupted() throws Exception {
        AtomicInteger code = new AtomicInteger(-1);
        Thread command = new Thread(() -> code.set(serve("--port", 0)));
        command.start();
        while (!out.toString().contains("Ctrl-C ends it") && command.isAlive()) {
            Thread.sleep(10);
        }
        command.interrupt();
        command.join();

        assertEquals(130, code.get(), err.toString());
        String[] lines = out.toString().split("\n");
        assertTrue(lines[0].matches("serving .*run at http://127\\.0\\.0\\.1:[0-9]+/\\?key=[0-9a-f]{32}"), lines[0]);
        assertEquals("verdicts: " + run.verdictsDatabase(), lines[1]);
        assertEquals("stopped", lines[3]);
    }

    @Test
    void aPortThatIsTakenIsAFailure() throws IOException {
        try (ServerSocket holder = new ServerSocket(0, 1, InetAddress.getByName("127.0.0.1"))) {
            assertEquals(1, serve("--port", holder.getLocalPort()));
            assertTrue(
                    err.toString().startsWith("gazecheck: port " + holder.getLocalPort() + " is taken"),
                    err.toString());
            assertTrue(err.toString().contains("choose another with --port"), err.toString());
        }
    }

    @Test
    void aPortThatIsNoneIsAMistakeInTheCommandLine() {
        assertEquals(2, serve("--port", 70000));
        assertTrue(err.toString().startsWith("gazecheck: --port is 70000, expected 0 to 65535"), err.toString());
    }

    @Test
    void aRunWithoutReportIsToldWhatToDo() throws IOException {
        Files.delete(run.report());
        assertEquals(1, serve());
        assertTrue(err.toString().contains("has no report: write it first (gazecheck report "), err.toString());
    }

    @Test
    void aDamagedDatabaseIsInvalidData() throws IOException {
        Files.writeString(run.verdictsDatabase(), "no database ".repeat(100));
        assertEquals(4, serve("--port", 0));
        assertTrue(
                err.toString().startsWith("gazecheck: " + run.verdictsDatabase() + ": damaged, or no database"),
                err.toString());
    }

    @Test
    void verdictsThatCannotBeKeptAreToldAtOnce() throws IOException {
        Files.createDirectory(run.verdictsDatabase());
        assertEquals(1, serve("--port", 0));
        assertTrue(
                err.toString()
                        .startsWith("gazecheck: " + run.verdictsDatabase()
                                + " cannot be opened: is it a file that may be read and written?"),
                err.toString());
    }
}
