package org.gazecheck.report;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.gazecheck.progress.Progress;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The page in a real browser, opened from the file system. */
@Tag("browser")
class ReportBrowserTest {
    @TempDir
    Path folder;

    private Browser browser;

    @BeforeEach
    void openBrowser() {
        browser = Browser.open(folder);
    }

    private Path written(ReportInput input) throws IOException {
        Path run = folder.resolve("run with space & 'quote'");
        ReportWriter.write(input, run, Progress.SILENT);
        return run;
    }

    /** A reader at work: a script of the test's own, which the page's policy admits because it lies beside the page. */
    private String driven(Path run, String script) throws IOException, InterruptedException {
        Path index = run.resolve("index.html");
        Files.writeString(
                run.resolve("assets/driver.js"),
                "window.addEventListener('load', () => setTimeout(() => { const set = (k, v) => "
                        + "document.documentElement.setAttribute('data-test-' + k, String(v));\n" + script
                        + "\n}, 300));");
        Files.writeString(
                index, Files.readString(index).replace("</body>", "<script src=\"assets/driver.js\"></script></body>"));
        String document = browser.dump(index, 1440, 6000);
        assertClean(document);
        return document;
    }

    private static String attribute(String document, String name) {
        String html = document.substring(document.indexOf("<html"), document.indexOf('>', document.indexOf("<html")));
        Matcher matcher = Pattern.compile(name + "=\"([^\"]*)\"").matcher(html);
        return matcher.find() ? matcher.group(1) : null;
    }

    private static void assertClean(String document) {
        assertNull(attribute(document, "data-first-error"));
        assertEquals("0", attribute(document, "data-errors"));
        assertEquals("true", attribute(document, "data-ready"));
    }

    @Test
    void cardsAndHeatmapsAreDrawnWithoutErrorOrViolation() throws Exception {
        Path run = written(SyntheticRun.small().full());
        String document = browser.dump(run.resolve("index.html"), 1440, 8000);
        assertClean(document);
        assertEquals("32", attribute(document, "data-cards"), "8 errors and 24 correct predictions");
        assertTrue(Integer.parseInt(attribute(document, "data-drawn")) >= 32, "heatmaps drawn");
        assertFalse(document.contains("<script>alert"), "names are text");
        assertTrue(document.contains("&lt;script&gt;alert(1)&lt;/script&gt;"));
    }

    @Test
    void aBareReportSaysWhatIsMissingAndShowsThePhotographs() throws Exception {
        Path run = written(SyntheticRun.small().bare());
        String document = browser.dump(run.resolve("index.html"), 360, 8000);
        assertClean(document);
        assertNull(attribute(document, "data-drawn"), "there is no heatmap to draw");
        assertTrue(document.contains("no heatmap"));
        assertNotEquals("0", attribute(document, "data-cards"));
    }

    @Test
    void sliderSwitchColoursFilterAndSortDoWhatTheySay() throws Exception {
        String document = driven(
                written(SyntheticRun.small().full()),
                """
                const form = document.getElementById('toolbar');
                const image = document.querySelector('#errors article.image');
                const heat = image.querySelector('canvas');
                const change = (name, value) => {
                  form.elements[name].value = value;
                  const source = name === 'show' ? form.querySelector('[name=show]:checked') : form.elements[name];
                  source.dispatchEvent(new Event('input', { bubbles: true }));
                };
                const pixels = () => heat.getContext('2d').getImageData(0, 0, 128, 128).data.join();
                const inferno = pixels();
                set('opacity-before', getComputedStyle(heat).opacity);
                change('opacity', 20);
                set('opacity-after', getComputedStyle(heat).opacity);
                change('colours', 'viridis');
                const viridis = pixels();
                set('colours-differ', inferno !== viridis);
                change('show', 'true');
                set('targets-differ', viridis !== pixels());
                change('show', 'none');
                set('hidden', heat.hidden);
                document.body.dispatchEvent(new KeyboardEvent('keydown', { key: 'p', bubbles: true }));
                set('key', form.elements.show.value + ' ' + heat.hidden);
                change('filter', 'BEE orch');
                const shown = [...document.querySelectorAll('article.image:not([hidden])')];
                set('filtered', shown.length > 0 && shown.length < 32
                  && shown.every(a => a.textContent.includes('bee orchid')));
                change('filter', 'no such flower');
                set('none', document.querySelectorAll('article.image:not([hidden])').length);
                set('says', document.querySelectorAll('.none-match:not([hidden])').length);
                document.querySelector('#classes [data-filter]').click();
                set('by-name', form.elements.filter.value);
                const table = document.querySelector('#classes table.sortable');
                const all = () => [...table.tBodies[0].rows].map(r => r.cells[4].dataset.value);
                const recalls = () => all().filter(v => v !== '');
                table.tHead.rows[0].cells[4].firstElementChild.click();
                set('ascending', recalls().every((v, i, all) => i === 0 || all[i - 1] - v <= 0));
                table.tHead.rows[0].cells[4].firstElementChild.click();
                set('descending', recalls().every((v, i, all) => i === 0 || all[i - 1] - v >= 0));
                set('unknown-last', all().length === 4 && all().indexOf('') === 3);
                set('aria', table.tHead.rows[0].cells[4].getAttribute('aria-sort'));
                """);
        assertEquals("0.55", attribute(document, "data-test-opacity-before"));
        assertEquals("0.2", attribute(document, "data-test-opacity-after"));
        assertEquals("true", attribute(document, "data-test-colours-differ"));
        assertEquals("true", attribute(document, "data-test-targets-differ"));
        assertEquals("true", attribute(document, "data-test-hidden"));
        assertEquals("predicted false", attribute(document, "data-test-key"));
        assertEquals("true", attribute(document, "data-test-filtered"));
        assertEquals("0", attribute(document, "data-test-none"));
        assertEquals("2", attribute(document, "data-test-says"));
        assertEquals("rose", attribute(document, "data-test-by-name"));
        assertEquals("true", attribute(document, "data-test-ascending"));
        assertEquals("true", attribute(document, "data-test-descending"));
        assertEquals("true", attribute(document, "data-test-unknown-last"), "a class without images in test");
        assertEquals("descending", attribute(document, "data-test-aria"));
    }

    @Test
    void theHottestPixelLiesWhereTheRawMapIsLargest() throws Exception {
        SyntheticRun run = SyntheticRun.small();
        float[] corner = new float[49];
        corner[6] = 5;
        run.maps = (row, target) -> Optional.of(new Heatmap(7, 7, corner));
        String document = driven(
                written(run.full()),
                """
                const heat = document.querySelector('#errors canvas');
                const at = (x, y) => [...heat.getContext('2d').getImageData(x, y, 1, 1).data].join();
                set('hot', at(127, 0));
                set('cold', at(0, 127));
                """);
        assertEquals("252,255,164,255", attribute(document, "data-test-hot"), "inferno's brightest");
        assertEquals("0,0,4,255", attribute(document, "data-test-cold"), "inferno's darkest");
    }

    @Test
    void thePageDoesNotScrollSidewaysOnNarrowOrWideScreens() throws Exception {
        Path run = written(SyntheticRun.small().full());
        driven(
                run,
                "const page = document.documentElement;"
                        + "parent.postMessage([innerWidth, page.scrollWidth - page.clientWidth], '*');");
        Path frames = run.resolve("frames.html");
        Files.writeString(
                frames,
                """
                <!DOCTYPE html><html><body><script>
                addEventListener('message', event =>
                  document.documentElement.setAttribute('data-overflow-' + event.data[0], event.data[1]));
                </script>
                <iframe src="index.html" width="360" height="700" frameborder="0"></iframe>
                <iframe src="index.html" width="1440" height="700" frameborder="0"></iframe>
                </body></html>
                """);
        String document = browser.dump(frames, 1500, 1500);
        assertEquals("0", attribute(document, "data-overflow-360"));
        assertEquals("0", attribute(document, "data-overflow-1440"));
    }

    @Test
    void assetsOfAnotherReportAreNoticed() throws Exception {
        Path run = written(SyntheticRun.small().full());
        Path data = run.resolve("assets/data.js");
        Files.writeString(data, Files.readString(data).replaceFirst("\"id\":\"[0-9a-f]{4}", "\"id\":\"zzzz"));
        String document = browser.dump(run.resolve("index.html"), 1440, 900);
        assertEquals(
                "index.html and assets/ are of different reports: write the report again.",
                attribute(document, "data-first-error"));
    }
}
