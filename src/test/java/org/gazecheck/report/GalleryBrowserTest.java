package org.gazecheck.report;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.gazecheck.progress.Progress;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.openqa.selenium.Keys;

/** Filters, the map of the images and the large view, in a real browser. */
@Tag("browser")
class GalleryBrowserTest {
    private static final String CARDS = "document.querySelectorAll('#gallery article').length";
    private static final String FOUND = "document.querySelector('.matches').value";
    private static final String IMAGES = "[...document.querySelectorAll('#gallery article')].map(a => a.image)";

    /** Whether no text of an element is cut off. */
    private static final String WHOLE =
            "e => e.scrollWidth <= e.clientWidth + 1 && e.scrollHeight <= e.clientHeight + 1";

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

    private Path written() throws IOException {
        Path run = folder.resolve("run");
        ReportWriter.write(SyntheticRun.small().full(), run, Progress.SILENT);
        return run.resolve("index.html");
    }

    private void open(String fragment) throws IOException {
        browser.open(written(), fragment, 1440, 1000);
        browser.assertClean();
    }

    /** Opens the facet and clicks one of its values. */
    private void pick(String facet, String value) {
        press(facet, value, ".facet");
    }

    private void exclude(String facet, String value) {
        press(facet, value, ".not");
    }

    private void press(String facet, String value, String button) {
        browser.run("document.querySelector('[data-facet=" + facet + "]').closest('details').open = true");
        String line = "[...document.querySelectorAll('[data-facet=" + facet + "] li')]"
                + ".find(l => l.querySelector('.facet') && l.querySelector('.facet').dataset.value === '" + value
                + "')";
        browser.until("return " + line + " !== undefined");
        browser.run(line + ".querySelector('" + button + "').click()");
    }

    private long count(String facet, String value) {
        return browser.number("[...document.querySelectorAll('[data-facet=" + facet + "] .facet')]"
                + ".filter(b => b.dataset.value === '" + value + "')"
                + ".reduce((sum, b) => sum + Number(b.querySelector('.n').textContent), 0)");
    }

    private void type(String field, String value) {
        browser.run(
                "const field = document.getElementById('filters').elements[arguments[0]]; field.value = arguments[1];"
                        + "field.dispatchEvent(new Event('input', { bubbles: true }));"
                        + "field.dispatchEvent(new Event('change', { bubbles: true }));",
                field,
                value);
    }

    /** Chooses what the images are sorted by; returns what the button of the order says. */
    private String sortedBy(String number) {
        browser.run(
                "const select = document.querySelector('[name=sort]'); select.value = arguments[0];"
                        + "select.dispatchEvent(new Event('input', { bubbles: true }))",
                number);
        return browser.text("document.querySelector('[name=direction]').textContent");
    }

    private String problem() {
        return browser.text("[...document.querySelectorAll('.histogram .problem')].map(p => p.textContent).join('')");
    }

    private String chips() {
        return browser.text("document.getElementById('chips').textContent");
    }

    @Test
    void filtersAndSortsDoWhatTheySay() throws Exception {
        open("#/images");
        assertEquals("8 of 40 images", browser.text(FOUND), "errors at first");
        browser.until("return " + CARDS + " === 8");
        String confidences = IMAGES + ".map(i => GAZECHECK.images.pPredicted[i])";
        assertTrue(browser.is("(c => c.every((v, i) => i === 0 || c[i - 1] >= v))(" + confidences + ")"));
        browser.run("document.querySelector('[name=direction]').click()");
        assertTrue(browser.is("(c => c.every((v, i) => i === 0 || c[i - 1] <= v))(" + confidences + ")"));
        pick("outcome", "error");
        assertEquals("40 of 40 images", browser.text(FOUND));
        assertEquals("\u2193 largest first", sortedBy("loss"));
        assertEquals("\u2191 smallest first", sortedBy("massAccuracy"), "small is bad");
        assertEquals("\u2193 largest first", sortedBy("confidence"));
        assertEquals("\u2191 first to last", sortedBy("row"));
        pick("label", "bee orchid");
        assertEquals("10 of 40 images", browser.text(FOUND));
        assertTrue(browser.is(IMAGES + ".every(i => GAZECHECK.classes[GAZECHECK.images.label[i]] === 'bee orchid')"));
        pick("label", "rose");
        assertEquals("20 of 40 images", browser.text(FOUND), "either class");
        browser.run("document.getElementById('reset').click()");
        type("to-massAccuracy", "65 %");
        assertTrue(browser.number(CARDS) > 0);
        assertTrue(browser.is(IMAGES + ".every(i => GAZECHECK.localisation.predicted.massAccuracy[i] <= 0.65)"));
        assertTrue(chips().contains("65.0"), chips());
        String within = browser.text(FOUND);
        type("to-massAccuracy", "a lot");
        assertEquals(
                "\u2068a lot\u2069 is no number: the range is as before".replaceAll("[\u2068\u2069]", ""), problem());
        type("to-massAccuracy", "60");
        type("from-massAccuracy", "61");
        assertEquals("from is above to: the range is as before", problem());
        assertTrue(chips().contains("60.0") && !chips().contains("61.0"), chips());
        type("from-massAccuracy", "");
        type("to-massAccuracy", "65");
        assertEquals("", problem());
        assertEquals(within, browser.text(FOUND));
        browser.run("document.querySelector('#chips button').click()");
        assertEquals("40 of 40 images", browser.text(FOUND));
        pick("issue", "outlier");
        assertEquals("4 of 40 images", browser.text(FOUND), "7, 17, 27 and 37");
        type("text", "no such path");
        assertEquals(0, browser.number(CARDS));
        assertTrue(browser.is("!document.getElementById('none-match').hidden"));
    }

    @Test
    void controlsStayWhereTheyAreWhenFiltersChange() throws Exception {
        browser.open(written(), "#/images?outcome=any", 1440, 500);
        String sort = "Math.round(document.querySelector('[name=sort]').getBoundingClientRect().top)";
        String field = "Math.round(document.querySelector('[name=from-massAccuracy]').getBoundingClientRect().top)";
        long before = browser.number(sort);
        pick("label", "bee orchid");
        pick("label", "rose");
        assertEquals(before, browser.number(sort), "chips stand below the row that sorts");
        browser.run(
                "const field = document.querySelector('[name=from-massAccuracy]'); field.closest('details').open = true;"
                        + "field.scrollIntoView({ block: 'center' }); field.focus()");
        long at = browser.number(field);
        browser.press("99", Keys.ENTER);
        browser.until("return document.getElementById('chips').textContent.includes('99.0')");
        assertEquals(at, browser.number(field), "what is typed in stays under the eyes");
        assertTrue(
                browser.is("[...document.querySelectorAll('.histogram')].every(h => h.closest('details').open)"),
                "the rail scrolls by itself");
        browser.run("document.querySelector('[name=to-brightness]').focus();"
                + "document.querySelector('[name=to-brightness]').value = '40'; document.activeElement.blur()");
        assertTrue(chips().contains("brightness \u2264 40.0"), chips());
        browser.assertClean();
    }

    @Test
    void countsFollowTheOtherFiltersAndAValueCanBeExcluded() throws Exception {
        Path page = written();
        browser.open(page, "#/images?outcome=any", 1440, 1000);
        pick("split", "val");
        assertEquals("10 of 40 images", browser.text(FOUND));
        assertEquals(10, count("label", "bee orchid"), "bee orchids are all in val");
        assertEquals(0, count("label", "rose"));
        assertTrue(
                browser.is("document.querySelector('[data-facet=label] [data-value=rose]').disabled"),
                "greyed, and where it was");
        assertEquals(
                browser.text("GAZECHECK.classes.join()"),
                browser.text(
                        "[...document.querySelectorAll('[data-facet=label] .facet')].map(b => b.dataset.value).join()"));
        assertEquals(30, count("split", "test"), "of the other values of the same filter");
        browser.run("document.getElementById('reset').click()");
        exclude("label", "bee orchid");
        assertEquals("30 of 40 images", browser.text(FOUND));
        assertEquals(0, count("split", "val"), "nothing is left of val");
        assertTrue(chips().contains("true class not: bee orchid"), chips());
        String fragment = browser.text("location.hash");
        browser.open(page, fragment, 1440, 1000);
        assertEquals("30 of 40 images", browser.text(FOUND));
        pick("label", "bee orchid");
        assertEquals("10 of 40 images", browser.text(FOUND), "wanted is no longer excluded");
        browser.assertClean();
    }

    @Test
    void aRangeIsDrawnOnAHistogramAndTakenAwayByAClick() throws Exception {
        open("#/images?outcome=any");
        browser.run("const d = document.querySelector('[name=from-confidence]').closest('details'); d.open = true;"
                + "d.scrollIntoView()");
        String drawing = ".histogram canvas";
        browser.drag(drawing, -103, 0, -40, 0, 0, 0);
        String fragment = browser.text("location.hash");
        assertTrue(fragment.contains("confidence=.."), fragment + ": open where it reaches the outermost bar");
        long within = browser.number("Number(" + FOUND + ".split(' ')[0])");
        assertTrue(within > 0 && within < 40, within + " images");
        browser.drag(drawing, 20, 0, 20, 0);
        assertEquals("40 of 40 images", browser.text(FOUND));
        browser.assertClean();
    }

    @Test
    void whatIsDrawnAroundOnTheMapFiltersTheGalleryAndFiltersShowOnTheMap() throws Exception {
        Path page = written();
        browser.open(page, "#/map?outcome=any", 1440, 1000);
        browser.until("return document.querySelectorAll('#map-legend button').length === 4");
        String on = "document.getElementById('map-tools').elements.on.value";
        assertEquals("40 of 40 images on the map", browser.text(on));
        browser.run("document.querySelector('#map-tools [value=rectangle]').click();"
                + "document.getElementById('map').scrollIntoView()");
        int half = (int) browser.number("Math.floor(document.getElementById('map-place').clientWidth / 2) - 4");
        browser.drag("#map-place", -half, -half, -10, -40, -10, -10);
        assertEquals("10 of 40 images on the map; drawn on the map", browser.text(on), "one class lies in a quarter");
        String fragment = browser.text("location.hash");
        browser.run("location.hash = '#/images'");
        browser.until("return " + CARDS + " === 10");
        assertTrue(chips().contains("drawn on the map"), chips());
        assertTrue(browser.is(IMAGES + ".every(i => GAZECHECK.images.label[i] === 0)"));
        browser.open(page, fragment, 1440, 1000);
        browser.until("return " + on + ".startsWith('10 of 40 images on the map; ')");
        browser.run("document.getElementById('map-tools').elements.clear.click()");
        browser.run("document.querySelectorAll('#map-legend button')[1].click()");
        assertTrue(
                browser.text(on).startsWith("10 of 40 images on the map; true class: "),
                "a colour of the list is a filter");
        browser.run("const select = document.getElementById('map-tools').elements.map; select.value = 'heatmap';"
                + "select.dispatchEvent(new Event('input', { bubbles: true }))");
        assertTrue(browser.text(on).contains("of 39 images on the map"), "one has no heatmap");
        browser.run("document.querySelector('#map-tools [name=regions]').click()");
        browser.until("return document.documentElement.dataset.regions === '4'");
        assertTrue(
                browser.is("(all => all.length > 0 && all.every(" + WHOLE + "))"
                        + "([...document.querySelectorAll('#map-chosen figcaption')])"),
                "label and prediction are whole");
        assertTrue(browser.text("location.hash").contains("regions=on"));
        assertEquals(List.of(), browser.violations());
        browser.assertClean();
    }

    @Test
    void aPointShowsItsImageAndOpensIt() throws Exception {
        open("#/map?outcome=any");
        browser.until("return 'mapMilliseconds' in document.documentElement.dataset");
        List<?> place = (List<?>) browser.run("const { x, y } = GAZECHECK.imageMaps.features;"
                + "const side = document.getElementById('map-place').clientWidth / 10600;"
                + "return [x[5], y[5]].map(v => Math.round((v + 300 - 5300) * side))");
        int x = ((Number) place.get(0)).intValue();
        int y = ((Number) place.get(1)).intValue();
        browser.hover("#map-place", x, y);
        browser.until("return !document.querySelector('.map-hint').hidden");
        browser.drag("#map-place", x, y, x, y);
        browser.until("return document.getElementById('detail').open");
        browser.assertClean();
    }

    @Test
    void theLargeViewZoomsPictureAndMapsTogetherAndCutsTheHeatmap() throws Exception {
        open("#/images?outcome=any&sort=row");
        browser.run("document.querySelectorAll('#gallery article')[1].click()");
        browser.until("return document.querySelectorAll('.alike-images h3').length === 2");
        browser.run("document.querySelector('.zoom-line [aria-label=\"Zoom in\"]').click()");
        assertEquals(
                1,
                browser.number("new Set([...document.querySelectorAll('.stage .frame, .maps .frame')]"
                        + ".map(f => f.style.getPropertyValue('--zoom'))).size"));
        assertTrue(browser.is("document.querySelector('.stage .frame').classList.contains('zoomed')"));
        String clear = "[...document.querySelector('.stage canvas').getContext('2d').getImageData(0, 0, 128, 128).data]"
                + ".filter((v, k) => k % 4 === 3 && v === 0).length";
        assertEquals(0, browser.number(clear));
        browser.run("const slider = document.querySelector('.threshold-line input'); slider.value = 50;"
                + "slider.dispatchEvent(new Event('input', { bubbles: true }))");
        browser.until("return " + clear + " > 1000");
        assertTrue(browser.text("location.hash").contains("threshold=50"));
        browser.run("document.querySelector('.alike-images button').click()");
        browser.until("return document.querySelector('#detail .path').textContent === GAZECHECK.images.path[5]");
        assertFalse(
                browser.is("document.querySelector('.stage .frame').classList.contains('zoomed')"), "another image");
        browser.run("document.querySelector('.alike-images button').click()");
        String title = "document.getElementById('detail-title').textContent";
        assertFalse(browser.text(title).endsWith("of 40"), "beside images like it");
        assertTrue(browser.is("document.querySelector('#detail [aria-label=\"Back to 2 of 40\"]') !== null"));
        browser.press(Keys.BACK_SPACE);
        assertEquals("2 of 40", browser.text(title), "back at the place in the list");
        assertTrue(browser.is("document.querySelector('#detail .path').textContent === GAZECHECK.images.path[1]"));
        assertEquals(List.of(), browser.violations());
        browser.assertClean();
    }

    @Test
    void viewsAreKeptWithNameAndNoteAndOpenAgain() throws Exception {
        Path page = written();
        browser.open(page, "#/images?outcome=any&label=rose", 1440, 1000);
        browser.run("document.getElementById('saved-views').open = true;"
                + "const form = document.getElementById('view-form'); form.elements.name.value = 'roses <b>';"
                + "form.elements.note.value = 'look again'; form.requestSubmit()");
        browser.until("return document.querySelectorAll('#views-list li').length === 1");
        browser.open(page, "#/images", 1440, 1000);
        browser.run("document.querySelector('#views-list a').click()");
        browser.until("return " + FOUND + " === '10 of 40 images'");
        assertEquals("roses <b>", browser.text("document.querySelector('#views-list a').textContent"));
        browser.run("document.querySelector('#views-list button').click()");
        browser.until("return document.querySelectorAll('#views-list li').length === 0");
        browser.assertClean();
    }

    @Test
    void severalImagesGetOneVerdictAndOneUndoTakesItBack() throws Exception {
        browser.open(written(), "#/images?outcome=error&sort=row", 1440, 1000);
        browser.run("document.querySelector('#review [name=reviewer]').value = 'Eve';"
                + "document.querySelector('#review [name=reviewer]').dispatchEvent(new Event('change'))");
        browser.run("document.querySelectorAll('#gallery article')[1].focus()");
        browser.press("x");
        browser.run("document.querySelectorAll('#gallery article')[3]"
                + ".dispatchEvent(new MouseEvent('click', { bubbles: true, shiftKey: true }))");
        String said = "document.querySelector('#selection output').value";
        assertEquals("3 images selected", browser.text(said));
        assertFalse(browser.is("document.getElementById('detail').open"));
        browser.run(
                "[...document.querySelectorAll('#selection .choice')].find(b => b.textContent === 'background').click()");
        String judged =
                "[...document.querySelectorAll('#gallery .said')].filter(s => s.textContent.includes('you: background')).length";
        browser.until("return " + judged + " === 3");
        assertTrue(browser.is("document.getElementById('selection').hidden"));
        assertTrue(browser.is("[...document.querySelectorAll('#gallery .said')].every(" + WHOLE + ")"));
        browser.run("document.activeElement.blur()");
        browser.press("u");
        browser.until("return " + judged + " === 0");
        browser.run("document.getElementById('select-all').click()");
        assertEquals("8 images selected", browser.text(said));
        assertEquals(List.of(), browser.violations());
        browser.assertClean();
    }

    @Test
    void theListIsATableForOtherPrograms() throws Exception {
        open("#/images?outcome=any&label=rose&split=test&sort=row");
        browser.catchDownloads();
        browser.run("document.getElementById('list-csv').click()");
        List<String> lines = browser.download().lines().toList();
        assertEquals(11, lines.size());
        assertTrue(lines.get(0).startsWith("path,sha256,split,label,predicted,confidence,margin,"), lines.get(0));
        assertTrue(lines.get(1).startsWith("\"jpg/it's \"\"0\"\".jpg\","), lines.get(1));
    }

    @Test
    void keysInTheLargeViewKeepThePictureInSightAndWhatIsHiddenIsNotSelected() throws Exception {
        Path page = written();
        browser.open(page, "#/images", 1440, 900);
        browser.until(
                "return document.querySelector('#gallery article') !== null && location.hash.includes('outcome=error')");
        browser.run("document.querySelector('#gallery article').click()");
        browser.press(Keys.ARROW_RIGHT);
        browser.press(Keys.ARROW_RIGHT);
        assertEquals(0, browser.number("document.getElementById('detail').scrollTop"));
        assertTrue(browser.is("document.activeElement.id === 'detail'"));
        browser.press(Keys.ESCAPE);
        browser.until("return !document.getElementById('detail').open");
        browser.run("document.getElementById('select-all').click()");
        browser.run("document.querySelector('[data-preset=correct]').click()");
        assertTrue(browser.is("document.getElementById('selection').hidden"));
        browser.open(page, "#sign", 1440, 900);
        assertEquals("overview", browser.text("document.documentElement.dataset.view"));
        browser.open(page, "#/images?colours=toString&finding=gone", 1440, 900);
        assertEquals("0 of 40 images", browser.text("document.querySelector('.matches').value"));
        assertTrue(chips().contains("gone (none here)"), chips());
        browser.assertClean();
        browser.open(
                page,
                "#/images?outcome=&label=rose&not-label=rose&class=a&confidence=0.9..0.1&margin=x..1&sort=size",
                1440,
                900);
        assertEquals("40 of 40 images", browser.text(FOUND), "what cannot be is left out");
        for (String odd : List.of(
                "not understood: outcome=",
                "left out: true class rose and not rose",
                "not understood: class=a",
                "left out: confidence from 90.0\u00a0% to 10.0\u00a0%",
                "not understood: margin=x..1",
                "not understood: sort=size")) {
            assertTrue(chips().contains(odd), chips());
        }
        assertEquals(List.of(), browser.violations());
        browser.run("document.getElementById('reset').click()");
        assertEquals("", chips());
        browser.assertClean();
    }

    @Test
    void twelveWholeCardsAreSeenOnArrival() throws Exception {
        browser.open(written(), "#/images?outcome=any", 1440, 900);
        browser.untilDrawn(12);
        long whole = browser.number("[...document.querySelectorAll('#gallery article')]"
                + ".filter(a => a.getBoundingClientRect().bottom <= innerHeight).length");
        assertTrue(whole >= 12, whole + " cards");
        browser.run("const slider = document.getElementById('toolbar').elements.size; slider.value = 300;"
                + "slider.dispatchEvent(new Event('input', { bubbles: true }))");
        assertTrue(browser.number("document.querySelector('#gallery article').offsetWidth") >= 300);
        browser.run("document.querySelector('#gallery article').focus()");
        browser.press(Keys.ENTER);
        assertTrue(browser.is("document.getElementById('detail').open"));
        browser.assertClean();
    }
}
