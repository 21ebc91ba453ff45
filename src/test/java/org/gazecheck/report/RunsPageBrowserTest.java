package org.gazecheck.report;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.gazecheck.history.History;
import org.gazecheck.history.RecordedRun;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The page of all runs in a real browser, opened from the file system. */
@Tag("browser")
class RunsPageBrowserTest {
    @TempDir
    private Path work;

    private Path page() throws IOException {
        Path reports = Files.createDirectory(work.resolve("reports & 'more'"));
        History history = RecordedNights.of(200);
        for (RecordedRun run : history.runs()) {
            if (run.folder().isPresent()) {
                Path folder =
                        Files.createDirectories(reports.resolve(run.folder().get()));
                Files.writeString(folder.resolve("index.html"), "<!DOCTYPE html><title>the report</title>");
            }
        }
        RunsPageWriter.write(history, reports);
        return reports.resolve(RunsPageWriter.NAME);
    }

    @Test
    void aYearIsShownWithoutFaultAndItsLinksLead() throws Exception {
        Path page = page();
        try (Browser browser = Browser.open()) {
            browser.open(page, "", 1440, 1000);
            assertEquals(200, browser.number("document.querySelectorAll('table.runs tbody tr:not(.alarms)').length"));
            assertEquals(4, browser.number("document.querySelectorAll('svg.trend').length"));
            assertEquals(List.of(), browser.loaded(), "everything is inside");
            assertTrue(
                    browser.is("getComputedStyle(document.querySelector('header.top')).display === 'flex'"),
                    "the policy admits the style sheet");
            assertTrue(browser.is("document.body.textContent.includes('<script>alert(1)</script>')"), "names are text");
            for (boolean dark : new boolean[] {false, true}) {
                if (dark) {
                    browser.dark();
                }
                assertEquals(List.of(), browser.violations());
            }
            browser.run("document.querySelector('table.runs a').click()");
            browser.until("return document.title === 'the report'");
        }
    }

    @Test
    void nothingOverflowsANarrowScreen() throws Exception {
        Path page = page();
        try (Browser browser = Browser.open()) {
            browser.open(page, "", 500, 800);
            assertTrue(
                    browser.is("document.documentElement.scrollWidth <= document.documentElement.clientWidth"),
                    "tables scroll inside their box");
        }
    }
}
