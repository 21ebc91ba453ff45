package org.gazecheck.report;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import org.gazecheck.progress.Progress;
import org.gazecheck.results.Findings;
import org.gazecheck.results.FindingsFile;
import org.gazecheck.results.ImageVerdict;
import org.gazecheck.results.ImageVerdict.Judgement;
import org.gazecheck.results.ManifestFile;
import org.gazecheck.results.Prediction;
import org.gazecheck.results.PredictionsFile;
import org.gazecheck.results.RunFolder;
import org.gazecheck.results.RunId;
import org.gazecheck.results.RunManifest;
import org.gazecheck.results.Verdict;
import org.gazecheck.results.VerdictsFile;
import org.gazecheck.review.ReviewedRun;
import org.gazecheck.review.VerdictsDatabase;
import org.gazecheck.serve.ReviewServer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.openqa.selenium.Keys;

/** The page in a real browser, handed out by the real server. */
@Tag("browser")
class ServedReportBrowserTest {
    private static final String ERRORS = "#images?outcome=error&sort=-confidence";
    private static final String SAYS = "document.getElementById('review-says').textContent";

    @TempDir
    Path work;

    private final SyntheticRun synthetic = SyntheticRun.small();
    private RunFolder run;
    private ReviewServer server;
    private Browser browser;

    @BeforeEach
    void serve() throws IOException {
        run = new RunFolder(Files.createDirectory(work.resolve("run")));
        PredictionsFile.write(run.predictions(), synthetic.predictions());
        FindingsFile.write(run.findings(), synthetic.findings());
        ManifestFile.write(run.manifest(), RunManifest.empty("x").withData(synthetic.classes(), List.of()));
        synthetic.id = RunId.of(run);
        ReportWriter.write(synthetic.full(), run.root(), Progress.SILENT);
        server = ReviewServer.start(run.root(), 0);
        browser = Browser.open();
    }

    @AfterEach
    void close() {
        if (browser != null) {
            browser.close();
        }
        server.close();
    }

    private void open() {
        browser.open(server.address(), ERRORS, 1440, 1000);
        browser.assertClean();
        assertEquals("server", browser.text("document.documentElement.dataset.verdicts"));
    }

    private void name(String reviewer) {
        browser.run(
                "const name = document.querySelector('#review [name=reviewer]'); name.value = arguments[0];"
                        + "name.dispatchEvent(new Event('change'));",
                reviewer);
    }

    private void openFirst() {
        browser.run("document.querySelector('#gallery article').click()");
    }

    private void serveAgain(int port) throws IOException {
        server = ReviewServer.start(run.root(), port);
    }

    private List<Verdict> kept() throws IOException {
        return VerdictsDatabase.read(run.verdictsDatabase()).verdicts();
    }

    private void untilKept(int number) throws Exception {
        long end = System.nanoTime() + Duration.ofSeconds(30).toNanos();
        while (kept().size() != number) {
            assertTrue(System.nanoTime() < end, kept().toString());
            Thread.sleep(50);
        }
    }

    private Verdict ofBen(Prediction p, Instant time) {
        return new ImageVerdict(
                p.sha256(),
                p.path(),
                p.split(),
                p.label(),
                p.predicted(),
                Judgement.POOR_IMAGE,
                "",
                "",
                "Ben",
                time,
                synthetic.id);
    }

    /** The server has a verdict before the browser has its answer. */
    private void untilNothingWaits() {
        browser.until("return Object.keys(localStorage).every(key => !key.startsWith('gazecheck.unsent'))");
    }

    private String inLocalStorage() {
        return browser.text("JSON.stringify(localStorage)");
    }

    @Test
    void verdictsByKeyboardAreKeptOnTheServerAlsoThoseGivenWhileItWasAway() throws Exception {
        open();
        assertEquals("", browser.text("location.search"), "the key to the server is not in what is copied or shown");
        assertEquals(
                "200 image/svg+xml",
                browser.run("return fetch(document.querySelector('link[rel=icon]').href)"
                        + ".then(reply => reply.status + ' ' + reply.headers.get('Content-Type'))"));
        name("Ann");
        openFirst();
        browser.press("2");
        untilKept(1);
        assertEquals("background", kept().get(0).word());
        untilNothingWaits();
        assertFalse(inLocalStorage().contains("background"), inLocalStorage());
        int port = server.address().getPort();

        server.close();
        browser.press("3");
        browser.press("5");
        browser.until("return " + SAYS + ".includes('2 verdicts wait in this browser')");
        assertTrue(browser.is("document.querySelector('#gallery .said').textContent.includes('background')"));
        assertTrue(browser.is("[...document.querySelectorAll('#gallery .said')]"
                + ".some(s => s.textContent.includes('not on the server yet'))"));
        assertEquals(1, kept().size());
        serveAgain(port);
        untilKept(3);
        browser.until("return " + SAYS + ".includes('answers again')");
        assertEquals(
                List.of("ambiguous", "background", "fair-mistake"),
                kept().stream().map(Verdict::word).sorted().toList());
        assertTrue(kept().stream()
                .allMatch(v -> v.reviewer().equals("Ann") && v.run().equals(synthetic.id)));
        untilNothingWaits();
        String first = browser.text("document.documentElement.dataset.firstError || 'could not load none'");
        assertTrue(first.startsWith("could not load "), "nothing but images, while the server was away: " + first);
    }

    @Test
    void twoWindowsOfOneReviewerLoseNothingOfEachOther() throws Exception {
        open();
        name("Ann");
        openFirst();
        browser.press("2");
        untilKept(1);
        browser.secondWindow();
        open();
        openFirst();
        browser.press("3");
        untilWord("ambiguous");
        untilNothingWaits();
        int port = server.address().getPort();
        server.close();
        browser.press("5");
        browser.until("return " + SAYS + ".includes('1 verdict waits in this browser')");
        browser.firstWindow();
        browser.press("7");
        browser.press("own words", Keys.ENTER);
        browser.until("return " + SAYS + ".includes('wait')");
        serveAgain(port);
        untilWord("ambiguous", "other");
        untilNothingWaits();
    }

    @Test
    void whatWaitsIsSentByALaterPage() throws Exception {
        open();
        name("Ann");
        openFirst();
        int port = server.address().getPort();
        server.close();
        browser.press("2");
        browser.until("return " + SAYS + ".includes('1 verdict waits in this browser')");
        serveAgain(port);
        open();
        untilKept(1);
        browser.until("return document.getElementById('review').elements.progress.value.startsWith('1 of 8 errors')");
        browser.assertClean();
    }

    @Test
    void undoAndWithdrawalReachTheServer() throws Exception {
        open();
        name("Ann");
        openFirst();
        browser.press("2");
        untilKept(1);
        browser.press(Keys.ARROW_LEFT);
        browser.press("3");
        browser.until("return " + SAYS + ".includes('ambiguous')");
        browser.press("u");
        browser.until("return " + SAYS + ".match(/^Undone: .*: ambiguous\\. It is .background. again\\.$/) !== null");
        untilWord("background");
        browser.press("u");
        untilKept(0);
        browser.press(Keys.ARROW_LEFT);
        browser.press("6");
        untilKept(1);
        browser.press(Keys.ARROW_LEFT);
        browser.press("0");
        untilKept(0);
        browser.press("u");
        untilKept(1);
        assertEquals("correct", kept().get(0).word());
        browser.assertClean();
    }

    private void untilWord(String... words) throws Exception {
        long end = System.nanoTime() + Duration.ofSeconds(30).toNanos();
        while (!kept().stream().map(Verdict::word).sorted().toList().equals(List.of(words))) {
            assertTrue(System.nanoTime() < end, kept().toString());
            Thread.sleep(50);
        }
    }

    @Test
    void whatOthersSayIsSeenWithoutReloadingUnlessBlind() throws Exception {
        open();
        name("Ann");
        VerdictsDatabase database = VerdictsDatabase.create(run.verdictsDatabase());
        Instant time = Instant.now().truncatedTo(ChronoUnit.SECONDS);
        List<Prediction> errors =
                synthetic.predictions().stream().filter(p -> !p.correct()).toList();
        database.put(ofBen(errors.get(0), time));
        String seen = "[...document.querySelectorAll('#gallery .said')]"
                + ".filter(s => s.textContent.includes('Ben: poor image')).length";
        browser.until("return " + seen + " === 1");
        browser.run("document.getElementById('review').elements.blind.click()");
        assertEquals(0, browser.number(seen));
        database.put(ofBen(errors.get(1), time));
        openFirst();
        browser.press("2");
        untilKept(3);
        assertEquals(0, browser.number(seen));
        browser.press(Keys.ESCAPE);
        browser.run("document.getElementById('review').elements.blind.click()");
        browser.until("return " + seen + " === 2");
        browser.assertClean();
    }

    @Test
    void theMergedTableIsSeenBesideWhatTheServerHasAndConflictsAreFiltered() throws Exception {
        Instant time = Instant.parse("2026-11-01T08:00:00Z");
        List<Prediction> errors = synthetic.errors();
        VerdictsFile.write(
                run.verdicts(),
                List.of(
                        synthetic.verdict("Ada", errors.get(0), Judgement.LABEL_WRONG, time),
                        synthetic.verdict("Cleo", errors.get(1), Judgement.AMBIGUOUS, time)));
        VerdictsDatabase.create(run.verdictsDatabase()).put(ofBen(errors.get(0), time));
        String lines = "JSON.stringify([...document.querySelectorAll('#gallery .said')].map(s => s.textContent))";
        browser.open(server.address(), "#images?outcome=any&verdict=conflict", 1440, 1000);
        assertEquals("[\"conflict: Ada: wrong label \u00b7 Ben: poor image\"]", browser.text(lines));
        browser.open(server.address(), "#images?outcome=any&verdict=ambiguous", 1440, 1000);
        assertEquals("[\"Cleo: ambiguous\"]", browser.text(lines));
        assertEquals(1, kept().size(), "the page sends nothing of the table back");

        VerdictsFile.write(run.verdicts(), List.of(synthetic.verdict("Cleo", errors.get(1), Judgement.CORRECT, time)));
        browser.until("return " + lines + " === '[\"Cleo: nothing wrong\"]'");
        name("Cleo");
        browser.open(server.address(), "#images?outcome=any&verdict=correct", 1440, 1000);
        openFirst();
        browser.press("0");
        browser.until("return " + SAYS + ".includes('withdrawn')");
        assertFalse(browser.text(SAYS).contains("in this browser only"));
        untilNothingWaits();
        assertEquals(List.of("Ben"), ReviewedRun.verdicts(run, List.of()).reviewers());
        browser.open(server.address(), "#images?outcome=any&verdict=anybody", 1440, 1000);
        assertEquals("[\"Ben: poor image\"]", browser.text(lines));
        browser.assertClean();
    }

    @Test
    void aDamagedTableIsToldOnThePage() throws Exception {
        open();
        Files.writeString(run.verdicts(), "sha256,path\n");
        browser.until("return " + SAYS + ".includes('verdicts.csv: line 1: expected the header')");
        Files.delete(run.verdicts());
        browser.until("return " + SAYS + ".includes('answers again')");
    }

    @Test
    void aRunThatWasDoneAgainAsksForReloading() throws Exception {
        open();
        name("Ann");
        FindingsFile.write(run.findings(), Findings.NONE);
        openFirst();
        browser.press("2");
        browser.until("return !document.getElementById('broken').hidden");
        assertTrue(browser.is("document.getElementById('broken').textContent.includes('reload the page')"));
        assertEquals(0, kept().size());

        synthetic.id = RunId.of(run);
        ReportWriter.write(synthetic.full(), run.root(), Progress.SILENT);
        open();
        assertTrue(browser.is(SAYS + ".startsWith('1 verdicts of another run wait in this browser')"));
        browser.catchDownloads();
        browser.run("document.getElementById('review').elements.save.click()");
        Path file = work.resolve("verdicts.csv");
        Files.writeString(file, browser.download());
        assertEquals(
                List.of("background"),
                VerdictsFile.read(file).stream().map(Verdict::word).toList());
    }

    @Test
    void anImportedFileGoesToTheServerAndARefusalIsTold() throws Exception {
        Instant time = Instant.parse("2026-11-01T08:00:00Z");
        List<Prediction> errors =
                synthetic.predictions().stream().filter(p -> !p.correct()).toList();
        Path file = work.resolve("ben.csv");
        VerdictsFile.write(file, List.of(ofBen(errors.get(0), time), ofBen(errors.get(1), time)));
        open();
        browser.choose("load", file);
        untilKept(2);
        Prediction other = new Prediction(
                "else.jpg",
                "00ff".repeat(16),
                errors.get(0).split(),
                errors.get(0).label(),
                errors.get(0).predicted(),
                0.1f,
                0.9f,
                2,
                errors.get(0).top5());
        VerdictsFile.write(file, List.of(ofBen(other, time)));
        browser.choose("load", file);
        browser.until("return " + SAYS + ".startsWith('Not kept: else.jpg, poor-image: this run has no prediction')");
        assertEquals(2, kept().size());
        browser.assertClean();
    }

    @Test
    void aFolderThatAnotherServerHandsOutKeepsVerdictsInTheBrowser() throws Exception {
        HttpServer plain = HttpServer.create(new InetSocketAddress("127.0.0.1", 0), 0);
        plain.createContext("/", exchange -> {
            Path asked = run.root().resolve(exchange.getRequestURI().getPath().substring(1));
            boolean there = Files.isRegularFile(asked);
            exchange.sendResponseHeaders(there ? 200 : 404, there ? Files.size(asked) : -1);
            if (there) {
                Files.copy(asked, exchange.getResponseBody());
            }
            exchange.close();
        });
        plain.start();
        try {
            URI page = URI.create("http://127.0.0.1:" + plain.getAddress().getPort() + "/index.html");
            browser.open(page, ERRORS, 1440, 1000);
            assertTrue(browser.is("!('verdicts' in document.documentElement.dataset)"));
            name("Ann");
            openFirst();
            browser.press("2");
            browser.open(page, ERRORS + "&verdict=any", 1440, 1000);
            assertEquals("1 of 40 images", browser.text("document.querySelector('.matches').value"));
        } finally {
            plain.stop(0);
        }
    }
}
