package org.gazecheck.report;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.gazecheck.progress.Progress;
import org.gazecheck.results.Split;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.openqa.selenium.Keys;

/** The page for everyone: narrow, dark, by keyboard, on paper, and with names that run from right to left. */
@Tag("browser")
class LooksBrowserTest {
    private static final String ROSE = "\u05d5\u05e8\u05d3 (\u05d2\u05df) 2";
    private static final String STEERED = "\u202eesor";

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

    private Path written(SyntheticRun run) throws IOException {
        ReportWriter.write(run.full(), folder.resolve("run"), Progress.SILENT);
        return folder.resolve("run/index.html");
    }

    /** Long names without a place to break, as folders and files have them. */
    private static SyntheticRun longNames() {
        SyntheticRun run = new SyntheticRun(
                List.of("a_class_whose_name_is_longer_than_a_narrow_screen_is_wide", "x".repeat(80), "daisy"), 64);
        for (int i = 0; i < 40; i++) {
            run.add(
                    i % 4 == 3 ? Split.VAL : Split.TEST,
                    "images_of_2026/" + "y".repeat(90) + i + ".jpg",
                    i % 3,
                    i % 5 == 0);
        }
        return run;
    }

    private void assertNothingOverflows(String where) {
        assertEquals(
                List.of(),
                browser.run("const wide = innerWidth + 1;"
                        + "const boxed = e => e.closest('.scroll, nav, svg, .skip, .unseen, dialog:not([open])');"
                        + "const clipped = e => { for (let p = e.parentElement; p; p = p.parentElement) {"
                        + " if (['hidden', 'clip'].includes(getComputedStyle(p).overflowX)) { return true; } } return false; };"
                        + "return [...document.querySelectorAll('body *')].filter(e => !boxed(e) && !clipped(e)"
                        + " && e.getBoundingClientRect().right > wide).map(e => e.outerHTML.slice(0, 90))"),
                where);
        assertEquals(
                0,
                browser.number("document.documentElement.scrollWidth - document.documentElement.clientWidth"),
                where + ": the page does not scroll sideways");
    }

    @Test
    void at360PixelsNothingOverflows() throws Exception {
        for (SyntheticRun run : List.of(SyntheticRun.small(), longNames())) {
            Path page = written(run);
            browser.narrow(360, 800);
            browser.open(page, "", 360, 800);
            browser.run("document.querySelectorAll('details').forEach(d => { d.open = true; })");
            assertNothingOverflows("overview, findings, classes, confusions");
            browser.open(
                    page, "#images?outcome=any&label=" + encoded(run.classes().get(1)), 360, 800);
            assertNothingOverflows("gallery");
            browser.run("document.getElementById('gallery').scrollIntoView()");
            browser.until("return document.querySelector('#gallery article') !== null");
            browser.run("document.querySelector('#gallery article').click()");
            assertNothingOverflows("large view");
            assertEquals(
                    0,
                    browser.number("(d => d.scrollWidth - d.clientWidth)(document.getElementById('detail'))"),
                    "the large view does not scroll sideways");
            browser.press("1");
            assertNothingOverflows("a verdict in words");
            browser.press(Keys.ESCAPE);
            browser.press(Keys.ESCAPE);
            browser.run("document.getElementById('sign-open').click()");
            assertNothingOverflows("signing");
            browser.assertClean();
        }
    }

    private static String encoded(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8);
    }

    @Test
    void atTwiceTheSizeAndWideNothingOverflows() throws Exception {
        Path page = written(longNames());
        for (int width : new int[] {720, 900, 1440}) {
            browser.narrow(width, 450);
            browser.open(page, "#images?outcome=error", width, 450);
            assertNothingOverflows(width + " px");
            browser.run("document.getElementById('gallery').scrollIntoView()");
            browser.until("return document.querySelector('#gallery article') !== null");
            browser.run("document.querySelector('#gallery article').click()");
            assertNothingOverflows(width + " px, large view");
            assertTrue(
                    browser.is(
                            "[...document.querySelectorAll('#detail ol.top .class')].every(e => e.offsetWidth >= 60)"),
                    "names can be read at " + width + " px");
        }
    }

    @Test
    void axeFindsNoViolationInTheDarkNorInDialogs() throws Exception {
        Path page = written(SyntheticRun.small());
        for (boolean dark : new boolean[] {false, true}) {
            if (dark) {
                browser.dark();
                browser.open(page, "#images?outcome=error", 1440, 1000);
                assertEquals(List.of(), browser.violations(), "gallery");
                browser.run("document.querySelector('#gallery article').click()");
                assertEquals(List.of(), browser.violations(), "large view");
            }
            browser.open(page, "", 1440, 1000);
            browser.run("document.getElementById('sign-open').click()");
            assertEquals(List.of(), browser.violations(), "signing");
            browser.run("document.querySelector('#sign [value=reject]').click();"
                    + "for (const [name, text] of [['reviewer', 'Ann'], ['comment', 'no']]) {"
                    + " const field = document.querySelector('#sign [name=' + name + ']'); field.value = text;"
                    + " field.dispatchEvent(new Event('input', { bubbles: true }));"
                    + " field.dispatchEvent(new Event('change', { bubbles: true })); }");
            browser.catchDownloads();
            browser.run("document.querySelector('#sign [name=sign]').click()");
            assertEquals(List.of(), browser.violations(), "the command");
            browser.press(Keys.ESCAPE);
            browser.run("document.querySelector('[data-ruling] [data-word=other]').click()");
            assertEquals(List.of(), browser.violations(), "own words");
            browser.press(Keys.ESCAPE);
            browser.press("?");
            assertEquals(List.of(), browser.violations(), "help");
        }
    }

    @Test
    void whateverHasTheFocusShowsIt() throws Exception {
        browser.open(written(SyntheticRun.small()), "", 1440, 1000);
        browser.run("document.getElementById('sign-open').focus()");
        for (int i = 0; i < 60; i++) {
            browser.press(Keys.TAB);
            assertTrue(
                    browser.is("document.activeElement === document.body || (s => s.outlineStyle !== 'none'"
                            + " && parseFloat(s.outlineWidth) >= 1)(getComputedStyle(document.activeElement))"),
                    browser.text("document.activeElement.outerHTML.slice(0, 100)"));
        }
    }

    @Test
    void namesFromRightToLeftKeepToThemselves() throws Exception {
        SyntheticRun run = new SyntheticRun(List.of(ROSE, STEERED, "daisy"), 64);
        for (int i = 0; i < 40; i++) {
            run.add(i % 4 == 3 ? Split.VAL : Split.TEST, "\u05d2\u05df/" + i + " (1).jpg", i % 3, i % 5 == 0);
        }
        Path page = written(run);
        browser.open(page, "#images?outcome=error", 1440, 1000);
        browser.run("document.querySelector('#gallery article').click()");
        assertEquals(
                List.of(),
                browser.run("const turns = /[\\u0590-\\u08ff\\u202a-\\u202e]/;"
                        + "const texts = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);"
                        + "const loose = [];"
                        + "for (let node = texts.nextNode(); node; node = texts.nextNode()) {"
                        + "  const rest = node.data.replace(/\\u2068[^\\u2069]*\\u2069/g, '');"
                        + "  const holder = node.parentElement;"
                        + "  const alone = holder.closest('bdi, [dir=auto]');"
                        + "  if (turns.test(rest) && !(alone && /isolate|plaintext/.test(getComputedStyle(alone).unicodeBidi))"
                        + "    && !holder.closest('script, style')) {"
                        + "    loose.push(holder.outerHTML.slice(0, 120));"
                        + "  }"
                        + "}"
                        + "return [...new Set(loose)]"),
                "every untrusted name stands in an element or in characters that isolate it");
        browser.press(Keys.ESCAPE);
        assertEquals(
                "left",
                browser.text("(() => { const name = document.querySelector('#gallery .naming .class');"
                        + " return getComputedStyle(name).textAlign; })()"));
        browser.assertClean();
    }

    @Test
    void onPaperStandsASummaryOfFewPagesOrEverythingByChoice() throws Exception {
        browser.open(written(SyntheticRun.small()), "", 1000, 900);
        List<String> summary = browser.printed();
        assertTrue(summary.size() >= 2 && summary.size() <= 4, summary.size() + " pages");
        assertEquals("none", browser.text("document.documentElement.dataset.paper || 'none'"), "back on the screen");
        browser.run("window.print = () => { window.printed = document.documentElement.dataset.errors; };");
        browser.press(Keys.CONTROL, "P");
        browser.until("return window.printed === '0'");
        List<String> everything = browser.printed();
        assertTrue(everything.size() > summary.size() + 3, everything.size() + " pages");
        for (List<String> pages : List.of(summary, everything)) {
            assertEquals(
                    List.of(),
                    pages.stream().filter(page -> page.length() < 400).toList(),
                    "no page without content");
        }
        browser.assertClean();
    }

    @Test
    void theSummaryHasWhatASignatureNeedsAndNothingOfThePagesControls() throws Exception {
        browser.open(written(SyntheticRun.small()), "#/images", 1000, 900);
        browser.onPaper();
        browser.run("dispatchEvent(new Event('beforeprint'))");
        String seen = "(name => { const e = document.querySelector(name); return e.checkVisibility(); })";
        for (String there : List.of(
                ".answer .level",
                ".answer .proof img",
                ".stories .story",
                "#metrics .card",
                "#confusions table",
                "#limits li",
                "#signed",
                ".by-hand",
                "#signature")) {
            assertTrue(browser.is(seen + "('" + there + "')"), there);
        }
        for (String gone :
                List.of("header.top", "#images", "#toolbar", "#findings", "#sign-open", ".more", ".skip", "#matrix")) {
            assertFalse(browser.is(seen + "('" + gone + "')"), gone);
        }
        assertEquals(
                "\"flowers102 – Gazecheck\"",
                browser.text("getComputedStyle(document.documentElement).getPropertyValue('--running')"));
        browser.run("dispatchEvent(new Event('afterprint'))");
        browser.run("document.documentElement.dataset.paper = 'everything'");
        for (String there :
                List.of("#findings .statement", "#findings .thumbnail", "#images", "#data", "#provenance")) {
            assertTrue(browser.is(seen + "('" + there + "')"), there);
        }
    }

    @Test
    void nothingIsTornAndNothingLiesBeyondTheEdgeOfThePaper() throws Exception {
        browser.open(written(SyntheticRun.small()), "", 1000, 900);
        browser.onPaper();
        browser.narrow(703, 1000);
        assertEquals(
                List.of(),
                browser.run("return ['.answer', '.story', '.pair', '.picture', '.thumbnail', '.card', '.image', 'tr']"
                        + ".filter(name => [...document.querySelectorAll(name)].some(e =>"
                        + " getComputedStyle(e).breakInside !== 'avoid'))"));
        assertEquals(
                List.of(),
                browser.run("return [...document.querySelectorAll('main > .brief *')].filter(e => e.checkVisibility()"
                        + " && !e.closest('.unseen, svg') && e.getBoundingClientRect().right > innerWidth + 1)"
                        + ".map(e => e.outerHTML.slice(0, 90))"));
    }

    @Test
    void noWindowOfTheBrowserAsksOrTells() throws IOException {
        String scripts;
        try (Stream<Path> parts = Files.list(Path.of("src/main/resources/org/gazecheck/report/script"))) {
            StringBuilder text = new StringBuilder();
            for (Path part : parts.toList()) {
                text.append(Files.readString(part));
            }
            scripts = text.toString();
        }
        assertEquals(
                0,
                scripts.lines()
                        .filter(l -> l.matches(".*\\b(prompt|alert|confirm)\\(.*"))
                        .count());
    }
}
