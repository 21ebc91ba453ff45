package org.gazecheck.report;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import org.gazecheck.progress.Progress;
import org.gazecheck.results.Findings;
import org.gazecheck.results.FindingsFile;
import org.gazecheck.results.RunFolder;
import org.gazecheck.results.RunId;
import org.gazecheck.results.Signature;
import org.gazecheck.results.Signature.Decision;
import org.gazecheck.results.Signature.Reviewed;
import org.gazecheck.results.Signature.Share;
import org.gazecheck.results.SignatureFile;
import org.gazecheck.results.SigningFile;
import org.gazecheck.results.VerdictsFile;
import org.gazecheck.review.ReviewableRun;
import org.gazecheck.review.ReviewedRun;
import org.gazecheck.review.SignOff;
import org.gazecheck.serve.ReviewServer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.openqa.selenium.Keys;

/** Signing a run on its page, from the file system and by the server. */
@Tag("browser")
class SigningBrowserTest {
    private static final String SUBMIT = "document.querySelector('#sign [name=sign]')";
    private static final String SAYS = "document.getElementById('sign-says').textContent";
    private static final String OPEN = "document.getElementById('sign').open";
    private static final String SIGNATURE = "document.getElementById('signature').textContent";
    private static final String REQUIRED = "#images?outcome=any&verdict=required";

    @TempDir
    Path work;

    private final SyntheticRun synthetic = SyntheticRun.small();
    private RunFolder run;
    private Browser browser;

    @BeforeEach
    void writeRun() throws IOException {
        run = new RunFolder(Files.createDirectory(work.resolve("run")));
        writeRun(synthetic.findings());
        browser = Browser.open();
    }

    private void writeRun(Findings findings) throws IOException {
        ReviewableRun.finish(run, synthetic.predictions(), findings, synthetic.classes(), "{errors: 3, correct: 2}");
        synthetic.id = RunId.of(run);
        ReportInput input = synthetic.full();
        VerdictsFile.write(run.verdicts(), input.review().verdicts().verdicts());
        ReportWriter.write(input, run.root(), Progress.SILENT);
    }

    @AfterEach
    void close() {
        if (browser != null) {
            browser.close();
        }
    }

    private void openFromFolder(String fragment) {
        browser.open(run.report(), fragment, 1200, 900);
    }

    private void open(ReviewServer server, String fragment) {
        browser.open(server.address(), fragment, 1200, 900);
        assertEquals("server", browser.text("document.documentElement.dataset.verdicts"));
    }

    private void name(String reviewer) {
        browser.run(
                "const name = document.querySelector('#review [name=reviewer]'); name.value = arguments[0];"
                        + "name.dispatchEvent(new Event('change'));",
                reviewer);
    }

    /** Opens the dialog and chooses a decision. */
    private void decide(String decision) {
        browser.run("const button = document.getElementById('sign-open'); button.focus(); button.click();"
                + "document.querySelector('#sign [value=" + decision + "]').click()");
        assertTrue(browser.is(OPEN));
    }

    private void comment(String text) {
        browser.run("document.querySelector('#sign textarea').focus()");
        browser.press(text);
    }

    private void judgeEverything() {
        long open = browser.number("document.querySelectorAll('#gallery article').length");
        browser.run("document.querySelector('#gallery article').click()");
        for (int i = 0; i < open; i++) {
            browser.press("3");
        }
        browser.press(Keys.ESCAPE);
        browser.run("document.querySelectorAll('[data-ruling] [data-word=confirmed]').forEach(b => b.click())");
    }

    @Test
    void theButtonSaysWhatIsInTheWay() throws Exception {
        openFromFolder("");
        browser.run("document.getElementById('sign-open').focus()");
        browser.press(Keys.ENTER);
        assertEquals("Choose a decision first", browser.text(SUBMIT + ".textContent"));
        browser.press(" ");
        String text = browser.text(SUBMIT + ".textContent");
        assertTrue(text.matches("Not yet: 1 finding, [23] errors and 2 correct predictions are open"), text);
        assertEquals("true", browser.text(SUBMIT + ".getAttribute('aria-disabled')"));
        browser.catchDownloads();
        browser.run(SUBMIT + ".click()");
        assertTrue(browser.is(
                "!('exported' in window) && document.activeElement.textContent === '1 finding for signing'"));
        browser.press(Keys.ENTER);
        browser.until("return !" + OPEN + " && document.activeElement.closest('[data-ruling]') !== null");

        browser.run("history.back()");
        browser.until("return document.getElementById('sign-open').checkVisibility()");
        decide("reject");
        assertEquals("Give your name first", browser.text(SUBMIT + ".textContent"));
        browser.run("document.querySelector('#sign [name=reviewer]').focus()");
        browser.press("Ann");
        assertEquals("Say why the run is rejected", browser.text(SUBMIT + ".textContent"));
        comment("too many wrong labels");
        assertEquals("Export for signing: reject", browser.text(SUBMIT + ".textContent"));
        browser.press(Keys.ESCAPE);
        browser.until("return !" + OPEN);
        assertEquals("sign-open", browser.text("document.activeElement.id"), "back where it came from");
        browser.assertClean();
    }

    @Test
    void fromTheFileSystemOneFileIsExportedThatTheCommandTakes() throws Exception {
        openFromFolder(REQUIRED);
        name("\u05d0\u05e0\u05d4 O'Neil");
        judgeEverything();
        decide("accept-with-conditions");
        comment("until \"May\"");
        assertEquals("Export for signing: accept with conditions", browser.text(SUBMIT + ".textContent"));
        browser.catchDownloads();
        browser.run(SUBMIT + ".click()");
        String file = "signing-\u05d0\u05e0\u05d4-O-Neil-" + synthetic.id + ".json";
        assertEquals(
                "./gazecheck review sign reports/synthetic --import '" + file + "'",
                browser.text("document.getElementById('sign-command').textContent")
                        .replaceFirst("sign \\S+ --import", "sign reports/synthetic --import"));
        SigningFile.Content exported =
                SigningFile.read(Files.writeString(work.resolve("signing.json"), browser.download()));
        SignOff signOff =
                ReviewedRun.open(run.root(), List.of(), exported.verdicts()).signOff(exported.request());
        Signature signature = assertInstanceOf(SignOff.Granted.class, signOff).signature();
        assertEquals(Decision.ACCEPT_WITH_CONDITIONS, signature.decision());
        assertEquals("\u05d0\u05e0\u05d4 O'Neil", signature.reviewer());
        assertEquals("until \"May\"", signature.comment());
        assertEquals(3, signature.reviewed().errors().judged());
        browser.assertClean();
    }

    @Test
    void byTheServerItIsSignedAndEveryPageShowsIt() throws Exception {
        try (ReviewServer server = ReviewServer.start(run.root(), 0)) {
            open(server, REQUIRED);
            assertEquals("Not signed off.", browser.text(SIGNATURE), "the server knows better than the report");
            name("Ann");
            judgeEverything();
            browser.secondWindow();
            open(server, "");
            browser.otherWindow();
            decide("accept");
            browser.until("return " + SUBMIT + ".textContent === 'Sign: accept'");
            browser.run(SUBMIT + ".click()");
            browser.until("return !" + OPEN);
            Signature signature = SignatureFile.read(run.signature());
            assertEquals(Decision.ACCEPT, signature.decision());
            assertTrue(signature.validFor(synthetic.id));
            String text = "Accepted by Ann at " + signature.time() + ".";
            assertEquals(text, browser.text(SIGNATURE));
            browser.otherWindow();
            browser.until("return " + SIGNATURE + " === '" + text + "'");
            browser.assertClean();
        }
    }

    @Test
    void theServersRefusalsAreTold() throws Exception {
        try (ReviewServer server = ReviewServer.start(run.root(), 0)) {
            open(server, "");
            name("Ann");
            decide("reject");
            comment("no");
            Signature ben = new Signature(
                    Decision.REJECT,
                    "Ben",
                    Instant.parse("2026-11-03T08:00:00Z"),
                    "indeed",
                    synthetic.id,
                    new Reviewed(new Share(0, 1), new Share(1, 3), new Share(0, 2)));
            SignatureFile.write(run.signature(), ben);
            browser.run(SUBMIT + ".click()");
            browser.until("return " + SAYS + ".includes('rejected by Ben at 2026-11-03T08:00:00Z')");
            browser.until("return " + SIGNATURE + ".includes('indeed')");
            browser.run(SUBMIT + ".click()");
            browser.until("return !" + OPEN);
            assertEquals("Ann", SignatureFile.read(run.signature()).reviewer(), "after it was shown");

            decide("reject");
            FindingsFile.write(run.findings(), Findings.NONE);
            ReviewableRun.finish(
                    run, synthetic.predictions(), Findings.NONE, synthetic.classes(), "{errors: 3, correct: 2}");
            browser.run(SUBMIT + ".click()");
            browser.until("return " + SAYS + ".includes('and this is run " + RunId.of(run) + "')");
        }
        writeRun(Findings.NONE);
        try (ReviewServer server = ReviewServer.start(run.root(), 0)) {
            open(server, "");
            assertTrue(browser.is(
                    SIGNATURE + ".startsWith('Not signed off: the run changed after it was rejected by Ann')"));
        }
    }
}
