package org.gazecheck.report;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.IntStream;
import org.gazecheck.progress.Progress;
import org.gazecheck.results.Split;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.openqa.selenium.Keys;

/** Getting around in the page: views by address, the rail, and the browser's own Back and Forward, from the file system. */
@Tag("browser")
class ViewsBrowserTest {
    private static final List<String> VIEWS =
            List.of("overview", "findings", "images", "classes", "data", "heatmaps", "runs", "provenance");

    @TempDir
    Path folder;

    private Browser browser;

    @BeforeEach
    void openBrowser() throws IOException {
        browser = Browser.open();
    }

    @AfterEach
    void closeBrowser() {
        if (browser != null) {
            browser.close();
        }
    }

    private Path written(ReportInput input) throws IOException {
        ReportWriter.write(input, folder.resolve("run"), Progress.SILENT);
        return folder.resolve("run/index.html");
    }

    private void untilIn(String view) {
        browser.until("return document.querySelector('main > [data-in=\"" + view + "\"]').checkVisibility()");
        assertEquals(
                List.of(view),
                browser.run("return [...new Set([...document.querySelectorAll('main > section')]"
                        + ".filter(s => s.checkVisibility()).map(s => s.dataset.in))]"),
                "nothing else is seen");
    }

    @Test
    void everyViewHasAnAddressAndThePlaceIsMarked() throws Exception {
        Path page = written(SyntheticRun.small().full());
        for (String view : VIEWS) {
            browser.open(page, "#/" + view, 1440, 900);
            untilIn(view);
            assertEquals(
                    "#/" + view,
                    browser.text("document.querySelector('nav [aria-current=page]').getAttribute('href')"));
            assertTrue(browser.is("document.title.includes(document.querySelector('[aria-current]').textContent)"));
            browser.assertClean();
        }
    }

    @Test
    void addressesOfEarlierReportsStillOpen() throws Exception {
        Path page = written(SyntheticRun.small().full());
        for (String[] place : new String[][] {
            {"", "overview"},
            {"#?outcome=correct", "images"},
            {"#images?outcome=any&label=rose", "images"},
            {"#data-labels", "data"},
            {"#backgrounds", "findings"},
            {"#confusions", "classes"},
            {"#kind-localisation-of-errors", "findings"},
            {"#story-localisation-of-errors", "findings"},
            {"#nowhere", "overview"},
            {"#/nowhere", "overview"},
            {"#%E0%A4%A", "overview"}
        }) {
            browser.open(page, place[0], 1440, 900);
            untilIn(place[1]);
            browser.assertClean();
        }
    }

    @Test
    void backAndForwardLeadWhereOneWas() throws Exception {
        browser.open(written(SyntheticRun.small().full()), "", 1440, 600);
        browser.run("document.querySelector('nav [href=\"#/findings\"]').click()");
        untilIn("findings");
        browser.run("scrollTo(0, 500)");
        browser.until("return scrollY === 500");
        browser.run("return new Promise(done => setTimeout(done, 100))");
        browser.run("document.querySelector('#classes [data-label]').click()");
        untilIn("images");
        assertEquals(0, browser.number("scrollY"));
        browser.run("document.querySelector('#gallery article').click()");
        assertTrue(browser.text("location.hash").contains("&image="));
        browser.run("history.back()");
        browser.until("return !document.getElementById('detail').open && !location.hash.includes('image=')");
        untilIn("images");
        browser.run("history.forward()");
        browser.until("return document.getElementById('detail').open");
        long steps = browser.number("history.length");
        for (int again = 0; again < 3; again++) {
            browser.run("document.getElementById('detail').close(); document.querySelectorAll('#gallery article')["
                    + again + "].click()");
            browser.press(Keys.ESCAPE, Keys.ENTER);
            browser.until("return document.getElementById('detail').open && location.hash.includes('image=')");
            browser.run("document.getElementById('detail').close();"
                    + "return new Promise(done => setTimeout(() => { document.querySelector('#gallery article').click();"
                    + " done(); }))");
            browser.until("return document.getElementById('detail').open && location.hash.includes('image=')");
        }
        assertEquals(steps, browser.number("history.length"), "closing and opening at once leaves no steps behind");
        browser.press(Keys.ESCAPE);
        browser.until("return !location.hash.includes('image=')");
        browser.run("location.reload()");
        browser.until("return document.documentElement.dataset.ready === 'true'");
        untilIn("images");
        browser.run("history.back()");
        untilIn("findings");
        browser.until("return scrollY === 500");
        browser.run("history.back()");
        untilIn("overview");
        browser.assertClean();
    }

    @Test
    void aCountLeadsToExactlyTheImagesThatItCounts() throws Exception {
        Path page = written(SyntheticRun.small().full());
        browser.open(page, "#/classes", 1440, 900);
        int links = (int) browser.number("document.querySelectorAll('#classes td a, #confusions td a').length");
        assertTrue(links > 9, links + " links");
        for (int i = 0; i < links; i++) {
            browser.run("location.hash = '#/classes'");
            untilIn("classes");
            String count = browser.text("(a => { a.click(); return a.textContent; })"
                    + "(document.querySelectorAll('#classes td a, #confusions td a')[" + i + "])");
            untilIn("images");
            browser.until("return document.querySelector('.matches').value.startsWith('" + count + " of ')");
        }
        List<?> findings = (List<?>) browser.run(
                "return [...document.querySelectorAll('main a[href*=\"finding=\"]')].map(a => a.getAttribute('href'))");
        assertFalse(findings.isEmpty());
        for (Object address : findings) {
            browser.run("location.hash = arguments[0]", address);
            browser.until("return document.querySelector('#chips .chip') !== null");
            assertFalse(
                    browser.text("document.querySelector('.matches').value").startsWith("0 of"), address.toString());
        }
        browser.assertClean();
    }

    @Test
    void theFirstPageShowsPicturesBeforeStatistics() throws Exception {
        browser.open(written(SyntheticRun.small().full()), "", 1440, 900);
        assertTrue(browser.number("document.querySelectorAll('#overview img').length") >= 10);
        assertTrue(browser.is(
                "[...document.querySelectorAll('#overview :is(.value, .interval, .expected)')].every(figure =>"
                        + " document.querySelector('#overview img').compareDocumentPosition(figure)"
                        + " & Node.DOCUMENT_POSITION_FOLLOWING)"));
        assertEquals(
                List.of(),
                browser.run(
                        "return [...document.links].map(a => a.getAttribute('href')).filter(a => !a.startsWith('#'))"),
                "nothing links outside");
    }

    @Test
    void aRunWithAThousandClassesAndWithoutMasksMapsOrTestHasItsPages() throws Exception {
        SyntheticRun run = new SyntheticRun(
                IntStream.range(0, 1000).mapToObj(i -> "class " + i).toList(), 32);
        for (int i = 0; i < 60; i++) {
            run.add(Split.VAL, "jpg/" + i + ".jpg", i * 16, i % 4 == 0);
        }
        Path page = written(run.bare());
        for (String view : VIEWS) {
            browser.open(page, "#/" + view, 1440, 900);
            untilIn(view);
            assertFalse(browser.is("document.querySelector('main').innerText.trim().length < 40"), view);
            browser.assertClean();
        }
        browser.run("location.hash = '#/classes'");
        untilIn("classes");
        String rows = "[...document.querySelectorAll('#classes tbody tr')].filter(row => row.checkVisibility()).length";
        assertEquals(50, browser.number(rows));
        browser.run("document.querySelector('#classes [data-long]').click()");
        assertEquals(1000, browser.number(rows));
        assertTrue(browser.number("document.querySelectorAll('#matrix .row').length") <= 80);
    }

    @Test
    void axeFindsNoViolationInAnyView() throws Exception {
        Path page = written(SyntheticRun.small().full());
        for (int width : new int[] {1440, 390}) {
            browser.narrow(width, 900);
            for (String view : VIEWS) {
                browser.open(page, "#/" + view, width, 900);
                assertEquals(List.of(), browser.violations(), view + " at " + width + " px");
            }
        }
    }
}
