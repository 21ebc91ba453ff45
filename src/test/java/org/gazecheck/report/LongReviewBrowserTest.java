package org.gazecheck.report;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.gazecheck.cli.Main;
import org.gazecheck.progress.Progress;
import org.gazecheck.results.FindingsFile;
import org.gazecheck.results.ImageVerdict.Judgement;
import org.gazecheck.results.ManifestFile;
import org.gazecheck.results.PredictionsFile;
import org.gazecheck.results.RunFolder;
import org.gazecheck.results.RunId;
import org.gazecheck.results.RunManifest;
import org.gazecheck.results.Split;
import org.gazecheck.results.Verdict;
import org.gazecheck.review.VerdictsDatabase;
import org.gazecheck.serve.ReviewServer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.openqa.selenium.Keys;

/** A long review by keyboard; the server, in a process of its own, is killed meanwhile. */
@Tag("browser")
@Tag("slowest")
class LongReviewBrowserTest {
    private static final int VERDICTS = 500;
    private static final int AT_ONCE = 25;

    /** Those that need no words, by their keys. */
    private static final Map<String, Judgement> KEYS = Map.of(
            "2", Judgement.BACKGROUND,
            "3", Judgement.AMBIGUOUS,
            "4", Judgement.POOR_IMAGE,
            "5", Judgement.FAIR_MISTAKE,
            "6", Judgement.CORRECT);

    @TempDir
    Path work;

    private final SyntheticRun synthetic = new SyntheticRun(List.of("rose", "daisy", "tulip"), 16);
    private RunFolder run;
    private Process server;
    private Browser browser;

    @AfterEach
    void close() {
        if (browser != null) {
            browser.close();
        }
        if (server != null) {
            server.destroyForcibly();
        }
    }

    private URI serve(int port) throws IOException {
        server = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-Xmx256m",
                        "-cp",
                        System.getProperty("java.class.path"),
                        Main.class.getName(),
                        "serve",
                        run.root().toString(),
                        "--port",
                        Integer.toString(port))
                .redirectErrorStream(true)
                .start();
        String first = server.inputReader().readLine();
        assertTrue(first != null && first.startsWith("serving "), first);
        return URI.create(first.substring(first.lastIndexOf(' ') + 1));
    }

    private void kill() throws InterruptedException {
        server.destroyForcibly().waitFor();
    }

    private Map<String, String> kept() throws IOException {
        return VerdictsDatabase.read(run.verdictsDatabase()).verdicts().stream()
                .collect(Collectors.toMap(Verdict::path, Verdict::word));
    }

    /** Gives verdicts 2 to 6 in turn from one on; returns the keys in the order of the images. */
    private static String keys(int from, int to) {
        StringBuilder keys = new StringBuilder();
        for (int i = from; i < to; i++) {
            keys.append(2 + i % KEYS.size());
        }
        return keys.toString();
    }

    private void judge(int from, int to) {
        for (int at = from; at < to; at += AT_ONCE) {
            browser.press(keys(at, Math.min(to, at + AT_ONCE)));
        }
    }

    @Test
    void fiveHundredVerdictsByKeyboardAreAllKeptThoughTheServerIsKilledTwice() throws Exception {
        Map<String, String> given = new LinkedHashMap<>();
        for (int i = 0; i <= VERDICTS; i++) {
            synthetic.add(Split.TEST, "jpg/" + i + ".jpg", i % 3, i % 7 == 0);
        }
        String keys = keys(0, VERDICTS);
        for (int i = 0; i < VERDICTS; i++) {
            given.put("jpg/" + i + ".jpg", KEYS.get(keys.substring(i, i + 1)).text());
        }
        run = new RunFolder(Files.createDirectory(work.resolve("run")));
        PredictionsFile.write(run.predictions(), synthetic.predictions());
        FindingsFile.write(run.findings(), synthetic.findings());
        ManifestFile.write(run.manifest(), RunManifest.empty("x").withData(synthetic.classes(), List.of()));
        synthetic.id = RunId.of(run);
        ReportWriter.write(synthetic.full(), run.root(), Progress.SILENT);
        int port;
        try (ReviewServer free = ReviewServer.start(run.root(), 0)) {
            port = free.address().getPort();
        }

        URI page = serve(port);
        browser = Browser.open();
        browser.open(page, "#images?outcome=any&sort=row", 1440, 1000);
        browser.run("document.querySelector('#gallery article').click()");
        browser.press("2");
        browser.press("Ann", Keys.ENTER);
        judge(1, 150);
        kill();
        judge(150, 200);
        serve(port);
        judge(200, 350);
        kill();
        judge(350, 375);
        serve(port);
        judge(375, VERDICTS);

        long end = System.nanoTime() + Duration.ofMinutes(2).toNanos();
        while (kept().size() < VERDICTS && System.nanoTime() < end) {
            Thread.sleep(200);
        }
        assertEquals(given, new LinkedHashMap<>(kept()));
        browser.until("return Object.keys(localStorage).every(key => !key.startsWith('gazecheck.unsent'))");
    }
}
