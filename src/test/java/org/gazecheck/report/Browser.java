package org.gazecheck.report;

import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assertions.fail;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.Assumptions;

/** Headless Chromium: opens a file, lets its scripts run, and gives the document or a picture of it. */
final class Browser {
    private static final String VARIABLE = "GAZECHECK_BROWSER";

    private final String program;
    private final Path scratch;

    private Browser(String program, Path scratch) {
        this.program = program;
        this.scratch = scratch;
    }

    /** The browser that GAZECHECK_BROWSER names, or Chromium on the path; without either the test is skipped. */
    static Browser open(Path scratch) {
        String named = System.getenv(VARIABLE);
        if (named != null) {
            return new Browser(named, scratch);
        }
        String found = Stream.of("chromium", "chromium-browser", "google-chrome")
                .flatMap(name -> Stream.of(System.getenv("PATH").split(":"))
                        .map(folder -> Path.of(folder).resolve(name)))
                .filter(Files::isExecutable)
                .map(Path::toString)
                .findFirst()
                .orElse(null);
        if (found == null) {
            Assumptions.abort("skipped: no chromium on the path; install it or set " + VARIABLE + " to a browser");
        }
        return new Browser(found, scratch);
    }

    /** The document as it stands when the scripts have run. */
    String dump(Path page, int width, int height) throws IOException, InterruptedException {
        return run(page, List.of("--window-size=" + width + "," + height, "--dump-dom"));
    }

    private String run(Path page, List<String> options) throws IOException, InterruptedException {
        Path out = Files.createTempFile(scratch, "browser", ".html");
        Path log = Files.createTempFile(scratch, "browser", ".log");
        List<String> command = new ArrayList<>(List.of(
                program,
                "--headless",
                "--no-sandbox",
                "--disable-gpu",
                "--disable-quic",
                "--no-first-run",
                "--disable-background-networking",
                "--disable-component-update",
                "--disable-sync",
                "--virtual-time-budget=4000",
                "--user-data-dir=" + Files.createTempDirectory(scratch, "profile")));
        command.addAll(options);
        command.add(page.toUri().toString());
        Process process = new ProcessBuilder(command)
                .redirectOutput(out.toFile())
                .redirectError(log.toFile())
                .start();
        if (!process.waitFor(60, TimeUnit.SECONDS)) {
            process.destroyForcibly();
            fail(program + " did not end within 60 s: " + Files.readString(log));
        }
        String document = Files.readString(out);
        assertTrue(document.contains("<html"), () -> program + " gave no document");
        return document;
    }
}
