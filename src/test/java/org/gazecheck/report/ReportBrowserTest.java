package org.gazecheck.report;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import javax.imageio.ImageIO;
import org.gazecheck.progress.Progress;
import org.gazecheck.results.FindingVerdict;
import org.gazecheck.results.ImageVerdict;
import org.gazecheck.results.ImageVerdict.Judgement;
import org.gazecheck.results.Prediction;
import org.gazecheck.results.Split;
import org.gazecheck.results.Verdict;
import org.gazecheck.results.VerdictsFile;
import org.gazecheck.results.Withdrawal;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.openqa.selenium.Keys;

/** The page in a real browser, opened from the file system. */
@Tag("browser")
class ReportBrowserTest {
    private static final String CARDS = "document.querySelectorAll('#gallery article').length";
    private static final String FOUND = "document.querySelector('.matches').value";

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
        Path run = folder.resolve("run with space & 'quote'");
        ReportWriter.write(input, run, Progress.SILENT);
        return run.resolve("index.html");
    }

    private void open(ReportInput input, String fragment) throws IOException {
        browser.open(written(input), fragment, 1440, 1000);
        browser.assertClean();
    }

    private void change(String form, String name, String value) {
        browser.run(
                "const field = document.getElementById(arguments[0]).elements[arguments[1]];"
                        + "field.value = arguments[2];"
                        + "(field instanceof RadioNodeList ? [...field].find(f => f.checked) : field)"
                        + ".dispatchEvent(new Event('input', { bubbles: true }));",
                form,
                name,
                value);
    }

    @Test
    void cardsAndHeatmapsAreDrawnAndNothingLeavesThePage() throws Exception {
        open(SyntheticRun.small().full(), "#images?outcome=any");
        browser.untilDrawn(8);
        assertEquals("40 of 40 images", browser.text(FOUND));
        for (String address : browser.loaded()) {
            assertTrue(address.startsWith(folder.toUri().toString()), address);
        }
        assertTrue(browser.is("document.body.textContent.includes('<script>alert(1)</script>')"), "names are text");
        browser.assertClean();
    }

    @Test
    void aBareReportSaysWhatIsMissingAndShowsTheImages() throws Exception {
        browser.open(written(SyntheticRun.small().bare()), "#images?outcome=any", 360, 900);
        browser.until("return document.body.textContent.includes('no heatmap')");
        browser.assertClean();
        assertTrue(browser.is("!('drawn' in document.documentElement.dataset)"), "there is no heatmap to draw");
        assertNotEquals(0, browser.number(CARDS));
        assertFalse(
                browser.is("document.body.textContent.includes('Right for the wrong reason')"), "there are no masks");
    }

    @Test
    void theSliderChangesWhatIsSeen() throws Exception {
        open(SyntheticRun.small().full(), "#images?outcome=error");
        browser.untilDrawn(4);
        int[] covered = pixelsOfFirstCard();
        change("toolbar", "opacity", "0");
        int[] bare = pixelsOfFirstCard();
        assertTrue(differing(covered, bare) > covered.length / 2, "the image shows");
        change("toolbar", "opacity", "100");
        change("toolbar", "colours", "viridis");
        browser.run("return new Promise(done => requestAnimationFrame(() => setTimeout(done, 100)))");
        int[] viridis = pixelsOfFirstCard();
        assertTrue(differing(covered, viridis) > covered.length / 2, "another colour scale");
        change("toolbar", "show", "none");
        browser.run("return new Promise(done => requestAnimationFrame(() => setTimeout(done, 100)))");
        assertEquals(0, differing(bare, pixelsOfFirstCard()), "without a heatmap it is as with opacity 0");
    }

    /** As the reader sees it: read from the window's picture, not from the canvas. */
    private int[] pixelsOfFirstCard() throws IOException {
        browser.run("scrollTo({ top: document.getElementById('gallery').getBoundingClientRect().top + scrollY - 120,"
                + " behavior: 'instant' })");
        browser.until("return document.querySelector('#gallery img').complete");
        BufferedImage window = ImageIO.read(new ByteArrayInputStream(browser.picture()));
        List<?> box = (List<?>) browser.run("const box = document.querySelector('#gallery .frame')"
                + ".getBoundingClientRect(); return [box.left, box.top, box.width, box.height].map(Math.round)");
        int[] place = box.stream().mapToInt(v -> ((Number) v).intValue()).toArray();
        return window.getRGB(place[0] + 4, place[1] + 4, place[2] - 8, place[3] - 40, null, 0, place[2] - 8);
    }

    private static int differing(int[] a, int[] b) {
        int differing = 0;
        for (int i = 0; i < a.length; i++) {
            differing += a[i] != b[i] ? 1 : 0;
        }
        return differing;
    }

    @Test
    void theHottestPixelLiesWhereTheRawMapIsLargest() throws Exception {
        SyntheticRun run = SyntheticRun.small();
        float[] corner = new float[49];
        corner[6] = 5;
        run.maps = (row, target) -> Optional.of(new Heatmap(7, 7, corner));
        open(run.full(), "#images?outcome=any");
        browser.untilDrawn(4);
        String pixel = "[...document.querySelector('#gallery canvas').getContext('2d').getImageData(%d, %d, 1, 1).data]"
                + ".join()";
        assertEquals("252,255,164,255", browser.text(String.format(pixel, 63, 0)), "inferno's brightest");
        assertEquals("0,0,4,255", browser.text(String.format(pixel, 0, 63)), "inferno's darkest");
    }

    @Test
    void theOutlineOfTheMaskLiesOnTheObjectAndCanBeSwitchedOff() throws Exception {
        SyntheticRun run = SyntheticRun.small();
        run.masks = SyntheticRun.estimated(row -> row == 1
                ? new MaskSource.Unseen("the estimate does not separate object and background")
                : new MaskSource.Seen(SyntheticRun.disc(64)));
        Path page = written(run.full());
        browser.open(page, "#images?outcome=any&sort=row&opacity=0", 1440, 1000);
        String said = "document.querySelector('.mask-line .hint').textContent";
        String title = "document.getElementById('detail-title').textContent";
        browser.run("document.querySelector('#gallery article').click()");
        browser.until("return " + said + " === 'mask: estimated'");
        List<?> box = (List<?>) browser.run("const inside = document.querySelector('.stage .line').getBBox();"
                + "return [inside.x, inside.y, inside.width, inside.height]");
        double[] place =
                box.stream().mapToDouble(v -> ((Number) v).doubleValue()).toArray();
        for (int k = 0; k < 2; k++) {
            assertEquals(255.0 / 4, place[k], 3, "a quarter from the edge");
            assertEquals(255.0 / 2, place[k + 2], 4, "half as wide as the image");
        }
        assertTrue(browser.is("(() => { const a = document.querySelector('.stage .outline').getBoundingClientRect();"
                + " const b = document.querySelector('.stage img').getBoundingClientRect();"
                + " return a.left === b.left && a.top === b.top && a.width === b.width; })()"));
        int drawn = brightPixelsOfStage();
        assertTrue(drawn > 300, drawn + " pixels of a white line");
        browser.press("m");
        assertTrue(brightPixelsOfStage() < drawn / 10, "switched off by key");
        assertTrue(browser.text("location.hash").contains("outline=off"));
        String fragment = browser.text("location.hash");
        browser.press(Keys.ARROW_RIGHT);
        assertEquals("2 of 40", browser.text(title));
        assertEquals("no mask: the estimate does not separate object and background", browser.text(said));
        assertTrue(browser.is("document.querySelector('.mask-line button').hidden"));
        browser.open(page, fragment, 1440, 1000);
        browser.until("return document.querySelector('.mask-line button').getAttribute('aria-pressed') === 'false'");
        browser.run("document.querySelector('.mask-line button').click()");
        assertFalse(browser.text("location.hash").contains("outline"));
        browser.until("return document.querySelector('.stage .line').getBBox().width > 0");
        assertTrue(brightPixelsOfStage() > drawn / 2, "switched on by button");
        browser.assertClean();
    }

    private int brightPixelsOfStage() throws IOException {
        browser.run("return new Promise(done => requestAnimationFrame(() => setTimeout(done, 100)))");
        BufferedImage window = ImageIO.read(new ByteArrayInputStream(browser.picture()));
        List<?> box = (List<?>) browser.run("const box = document.querySelector('.stage .frame')"
                + ".getBoundingClientRect(); return [box.left, box.top, box.width, box.height].map(Math.round)");
        int[] place = box.stream().mapToInt(v -> ((Number) v).intValue()).toArray();
        int bright = 0;
        for (int pixel : window.getRGB(place[0], place[1], place[2], place[3], null, 0, place[2])) {
            bright += (pixel & 0xff) > 240 && (pixel >> 8 & 0xff) > 240 && (pixel >> 16 & 0xff) > 240 ? 1 : 0;
        }
        return bright;
    }

    @Test
    void aRunWithoutMasksSaysSoInTheLargeView() throws Exception {
        SyntheticRun run = SyntheticRun.small();
        run.masks = MaskSource.none("the estimates of the audit are no longer in the cache");
        open(run.full(), "#images?outcome=any");
        browser.run("document.querySelector('#gallery article').click()");
        browser.until("return document.querySelector('.mask-line').innerText"
                + " === 'no mask: the estimates of the audit are no longer in the cache'");
        browser.press("m");
        browser.assertClean();
    }

    @Test
    void aGroupOfHeatmapsIsAFilterWithItsMeanMapAndItsFindingLeadsThere() throws Exception {
        Path page = written(SyntheticRun.small().full());
        browser.open(page, "", 1440, 1000);
        browser.run("document.querySelector('.whole-group a').click()");
        browser.until("return " + FOUND + " === '10 of 40 images'");
        assertTrue(browser.is("document.getElementById('chips').textContent.includes('2: lower left')"));
        String panel = "document.getElementById('group-page')";
        assertTrue(browser.text(panel + ".innerText").contains("10 of 30 images of test"));
        assertTrue(browser.is("(pixels => pixels.some((v, k) => v !== pixels[k % 4]))([..." + panel
                + ".querySelector('canvas').getContext('2d').getImageData(0, 0, 128, 128).data])"));
        browser.run("document.getElementById('group-page').querySelector('a').click()");
        browser.until(
                "return location.hash.startsWith('#story') && document.activeElement.closest('#findings') !== null");
        browser.run("history.back()");
        browser.until("return location.hash.startsWith('#/images')");
        browser.run("document.querySelector('[data-facet=outcome] [data-value=error]').click()");
        String fragment = browser.text("location.hash");
        assertTrue(fragment.contains("cluster=2%3A+lower+left"), fragment);
        String found = browser.text(FOUND);
        browser.open(page, fragment, 1440, 1000);
        assertEquals(found, browser.text(FOUND));
        browser.run(
                "[...document.querySelectorAll('#chips button')].find(c => c.textContent.includes('lower left')).click()");
        assertTrue(browser.is(panel + ".hidden"));
        browser.open(page, "#images?outcome=any&cluster=%3Cb%3E", 1440, 1000);
        assertEquals("0 of 40 images", browser.text(FOUND), "no cluster is called that, and none is not all");
        browser.assertClean();
    }

    @Test
    void theTrueClassHasItsBarBeyondTheBestFive() throws Exception {
        SyntheticRun run = new SyntheticRun(
                List.of("rose", "daisy", "tulip", "lily", "iris", "aster", "poppy", "mallow", "orchid"), 32);
        for (int i = 0; i < 60; i++) {
            run.add(Split.TEST, "jpg/" + i + ".jpg", i % 9, i % 2 == 0);
        }
        open(run.full(), "#images?outcome=any&rank=6..9");
        browser.run("document.querySelector('#gallery article').click()");
        String bar = "document.querySelector('#detail .beyond')";
        String image = "document.querySelector('#gallery article').image";
        assertEquals(
                browser.text("'rank ' + GAZECHECK.images.rank[" + image + "]"),
                browser.text(bar + ".querySelector('.rank').textContent"));
        assertEquals(
                browser.text("GAZECHECK.classes[GAZECHECK.images.label[" + image + "]]"),
                browser.text(bar + ".querySelector('.class').textContent"));
        browser.open(written(run.full()), "#images?outcome=any&rank=1..5", 1440, 1000);
        browser.run("document.querySelector('#gallery article').click()");
        assertTrue(browser.is(bar + " === null"));
    }

    @Test
    void imagesWithDataIssuesAreShownWithoutHeatmapsAndOpen() throws Exception {
        open(SyntheticRun.small().full(), "");
        assertEquals(2, browser.number("document.querySelector('.duplicate').querySelectorAll('img').length"));
        assertEquals(0, browser.number("document.querySelectorAll('#data canvas').length"));
        browser.run("document.querySelector('.duplicate button').click()");
        browser.until("return document.getElementById('detail').open");
        browser.assertClean();
    }

    @Test
    void certainAnswersAreSortedByWhatIsBehindThemAndNeverReadHundredPercent() throws Exception {
        open(SyntheticRun.small().full(), "#/images");
        browser.until("return " + CARDS + " === 8");
        browser.run(
                "GAZECHECK.images.pPredicted.fill(1); GAZECHECK.images.margin.forEach((m, i, all) => all[i] = i * 7 % 41)");
        browser.run("document.querySelector('[name=direction]').click()");
        browser.until("return " + CARDS + " === 8");
        String margins =
                "[...document.querySelectorAll('#gallery article')].map(a => GAZECHECK.images.margin[a.image])";
        assertTrue(browser.is("(c => c.every((v, i) => i === 0 || c[i - 1] < v))(" + margins + ")"));
        assertTrue(browser.is("[...document.querySelectorAll('#gallery article .p')]"
                + ".some(p => p.textContent === '>\\u00a099.9\\u00a0%')"));
        assertFalse(browser.is("[...document.querySelectorAll('#gallery article .p')]"
                + ".some(p => p.textContent.startsWith('100.0'))"));
    }

    @Test
    void theAddressHoldsWhatIsShown() throws Exception {
        Path page = written(SyntheticRun.small().full());
        browser.open(page, "#images?outcome=any", 1440, 1000);
        browser.run("document.querySelector('[data-facet=outcome] [data-value=correct]').click()");
        browser.run(
                "[...document.querySelectorAll('[data-facet=label] .facet')]"
                        + ".find(b => b.dataset.value === arguments[0]).click()",
                SyntheticRun.HOSTILE);
        change("filters", "sort", "massAccuracy");
        change("toolbar", "show", "contrast");
        browser.run("document.querySelector('#gallery article').click()");
        browser.until("return document.getElementById('detail').open");
        String shown = browser.text("document.querySelector('#detail .path').textContent");
        String fragment = browser.text("location.hash");
        String found = browser.text(FOUND);
        browser.open(page, fragment, 1440, 1000);
        browser.assertClean();
        assertEquals(found, browser.text(FOUND));
        assertTrue(browser.text("document.getElementById('chips').textContent").contains(SyntheticRun.HOSTILE));
        assertEquals("contrast", browser.text("document.getElementById('toolbar').elements.show.value"));
        assertTrue(browser.is("document.getElementById('detail').open"));
        assertEquals(shown, browser.text("document.querySelector('#detail .path').textContent"));
        browser.open(
                page,
                "#images?sort=%3Cb%3E&label=nobody&massAccuracy=a..b&finding=x&image=zz&show=9&opacity=-4",
                1440,
                1000);
        browser.assertClean();
        assertEquals("0 of 40 images", browser.text(FOUND), "no class is called nobody");
    }

    @Test
    void everythingCanBeDoneByKeyboard() throws Exception {
        open(SyntheticRun.small().full(), "#images?outcome=any");
        browser.run("document.querySelector('#gallery article').focus()");
        String focus = "document.activeElement.position";
        browser.press(Keys.ARROW_RIGHT);
        assertEquals(1, browser.number(focus));
        browser.press(Keys.ARROW_DOWN);
        long columns = browser.number(
                "getComputedStyle(document.getElementById('gallery'))" + ".gridTemplateColumns.split(' ').length");
        assertEquals(1 + columns, browser.number(focus));
        browser.press(Keys.END);
        assertEquals(39, browser.number(focus));
        browser.press(Keys.HOME);
        assertEquals(0, browser.number(focus));
        browser.press("t");
        assertEquals("true", browser.text("document.getElementById('toolbar').elements.show.value"));
        browser.press("-");
        assertEquals("45", browser.text("document.getElementById('toolbar').elements.opacity.value"));
        browser.press(Keys.ENTER);
        assertTrue(browser.is("document.getElementById('detail').open"));
        browser.press(Keys.ARROW_RIGHT);
        browser.press(Keys.ARROW_RIGHT);
        assertEquals("3 of 40", browser.text("document.getElementById('detail-title').textContent"));
        browser.press(Keys.ESCAPE);
        browser.until("return " + focus + " === 2");
        assertFalse(browser.is("document.getElementById('detail').open"), "back on the image that was seen last");
        browser.press("?");
        assertTrue(browser.is("document.getElementById('keys').open"));
        browser.press(Keys.ESCAPE);
        browser.press("/");
        assertEquals("text", browser.text("document.activeElement.name"));
        browser.assertClean();
    }

    @Test
    void aReviewByKeyboardIsExportedAndTakenOverAgain() throws Exception {
        Path page = written(SyntheticRun.small().full());
        String errors = "#images?outcome=error&sort=-confidence";
        String title = "document.getElementById('detail-title').textContent";
        String progress = "document.getElementById('review').elements.progress.value";
        browser.open(page, errors, 1440, 1000);
        browser.run("document.querySelector('#gallery article').click()");
        browser.press("2");
        assertTrue(browser.is("document.activeElement.closest('#words') !== null"), "asks for the name");
        browser.press("=Eve, \"B\"", Keys.ENTER);
        assertEquals("2 of 8", browser.text(title), "the verdict is given, and the next image comes at once");
        browser.press("5");
        browser.press("1");
        assertEquals(
                "",
                browser.text("document.activeElement.value"),
                "empty: the network's error is no class to begin with");
        browser.press(Keys.ARROW_DOWN, Keys.ENTER);
        browser.press("7");
        browser.press("it's \"half\"\u2028out, =of frame", Keys.ENTER);
        browser.press("3");
        assertEquals("6 of 8", browser.text(title));
        browser.press(Keys.CONTROL, "z");
        assertEquals("5 of 8", browser.text(title), "back at what was undone");
        assertTrue(
                browser.is(
                        "document.querySelector('#detail .review-says').textContent.match("
                                + "/^Undone: error: .+ predicted as .+: ambiguous\\. You have no verdict on it now\\.$/) !== null"),
                browser.text("document.querySelector('#detail .review-says').textContent"));
        assertTrue(browser.text(progress).startsWith("4 of 8 errors judged; "), browser.text(progress));

        browser.catchDownloads();
        browser.run("document.getElementById('review').elements.save.click()");
        String csv = browser.download();
        Path file = folder.resolve("verdicts.csv");
        Files.writeString(file, csv);
        List<Verdict> verdicts = VerdictsFile.read(file);
        assertEquals(
                List.of("background", "fair-mistake", "label-wrong", "other"),
                verdicts.stream().map(Verdict::word).toList());
        ImageVerdict relabelled = (ImageVerdict) verdicts.get(2);
        assertEquals(relabelled.predicted(), relabelled.corrected());
        assertEquals("it's \"half\"\u2028out, =of frame", verdicts.get(3).comment());
        assertTrue(verdicts.stream()
                .allMatch(v -> v.reviewer().equals("=Eve, \"B\"") && v.run().equals(SyntheticRun.RUN)));

        browser.open(page, errors + "&verdict=any", 1440, 1000);
        assertEquals("4 of 40 images", browser.text(FOUND), "kept in the browser");
        browser.run("localStorage.clear()");
        browser.open(page, errors, 1440, 1000);
        assertTrue(browser.text(progress).startsWith("0 of 8"), "forgotten");
        browser.choose("load", file);
        browser.until("return document.getElementById('review-says').textContent.startsWith('4 of 4 verdicts')");
        assertTrue(
                browser.is("[...document.querySelectorAll('#gallery .said')].map(s => s.textContent)"
                        + ".includes('=Eve, \"B\": background')"),
                "of another reviewer");
        browser.run("document.getElementById('review').elements.blind.click()");
        assertTrue(browser.is("[...document.querySelectorAll('#gallery .said')].every(s => s.textContent === '')"));
        Files.writeString(file, csv.replace("background", "nonsense"));
        browser.choose("load", file);
        browser.until("return document.getElementById('review-says').textContent.includes('cannot be imported')");
        browser.assertClean();
    }

    private static final Instant SAID = Instant.parse("2026-11-01T09:00:00Z");
    private static final String LINES = "[...document.querySelectorAll('#gallery .said')].map(s => s.textContent)";

    /** Ada and Ben contradict each other about the first error; Ben judged the second alone, and a finding. */
    private static SyntheticRun reviewed() {
        SyntheticRun run = SyntheticRun.small();
        run.said = List.of(
                run.verdict("Ben", run.errors().get(0), Judgement.BACKGROUND, SAID),
                run.verdict("Ben", run.errors().get(1), Judgement.POOR_IMAGE, SAID),
                new FindingVerdict(
                        "localisation-of-errors:mass_accuracy",
                        FindingVerdict.Ruling.REJECTED,
                        "no",
                        "Ben",
                        SAID,
                        run.id));
        return run;
    }

    private void name(String reviewer) {
        browser.run(
                "const name = document.querySelector('#review [name=reviewer]'); name.value = arguments[0];"
                        + "name.dispatchEvent(new Event('change'));",
                reviewer);
    }

    private String found(Path page, String verdict) {
        browser.open(page, "#images?outcome=any&verdict=" + verdict, 1440, 1000);
        browser.assertClean();
        return browser.text(FOUND);
    }

    @Test
    void whatTheRunFolderHasOfAllReviewersIsSeenAndFilteredConflictsToo() throws Exception {
        Path page = written(reviewed().full());
        assertEquals("2 of 40 images", found(page, "any"));
        assertEquals("38 of 40 images", found(page, "none"));
        assertEquals("1 of 40 images", found(page, "poor-image"));
        assertEquals("1 of 40 images", found(page, "conflict"));
        assertEquals(
                "[\"conflict: Ada: wrong label \u00b7 Ben: background\"]",
                browser.text("JSON.stringify(" + LINES + ")"));
        browser.run("document.querySelector('#gallery article').click()");
        assertEquals(
                "[\"Ada: wrong label\",\"Ben: background\"]",
                browser.text("JSON.stringify([...document.querySelectorAll('#detail .disputed .opinion')].map(o =>"
                        + " o.children[0].textContent + ': ' + o.children[1].textContent))"));
        assertEquals(List.of(), browser.violations());
        browser.press(Keys.ESCAPE);
        adjudicatesForBen(page);
        String ruling = "document.querySelector('[data-story*=\"localisation-of-errors:mass_accuracy\"] .others')"
                + ".textContent";
        assertEquals("Ben: rejected \u201cno\u201d", browser.text(ruling));
        name("Ben");
        assertEquals("", browser.text(ruling), "one's own");

        browser.open(page, "#images?outcome=any&verdict=conflict", 1440, 1000);
        browser.run("document.getElementById('review').elements.blind.click()");
        assertEquals("0 of 40 images", browser.text(FOUND), "blind");
        browser.open(page, "#images?outcome=any&verdict=anybody", 1440, 1000);
        assertTrue(
                browser.is("document.getElementById('review').elements.blind.checked"), "the next page is blind, too");
        assertEquals("[\"you: background\",\"you: poor image\"]", browser.text("JSON.stringify(" + LINES + ")"));
    }

    /** Cleo does, takes it back, and has no verdict then. */
    private void adjudicatesForBen(Path page) {
        browser.run("document.querySelector('#open-items a[href*=conflict]').click()");
        name("Cleo");
        browser.run("document.querySelector('#gallery article').click()");
        browser.run("document.querySelector('#detail .opinion:nth-child(2) button').click()");
        assertEquals(
                "Cleo (you)background, adjudicated",
                browser.text("document.querySelector('#detail .opinion').textContent.slice(0, 33)"));
        assertFalse(browser.is("document.querySelector('#detail .disputed') !== null"));
        assertFalse(browser.is("document.querySelector('#open-items a[href*=conflict]') !== null"));
        browser.press("u");
        assertTrue(browser.is("document.querySelector('#detail .disputed') !== null"));
        browser.press(Keys.ESCAPE);
        name("");
        found(page, "conflict");
    }

    @Test
    void aVerdictThatIsChangedOnThePageCountsOverTheOlderOneOfTheRunFolder() throws Exception {
        Path page = written(reviewed().full());
        found(page, "poor-image");
        name("Ben");
        browser.run("document.querySelector('#gallery article').click()");
        browser.press("3");
        assertEquals("0 of 40 images", found(page, "poor-image"));
        assertEquals("1 of 40 images", found(page, "ambiguous"));
        browser.catchDownloads();
        browser.run("document.getElementById('review').elements.save.click()");
        Path file = folder.resolve("ben.csv");
        Files.writeString(file, browser.download());
        assertEquals(
                List.of("ambiguous", "background", "rejected"),
                VerdictsFile.read(file).stream().map(Verdict::word).sorted().toList());
        assertTrue(VerdictsFile.read(file).stream()
                .allMatch(v -> v.time().isAfter(SAID) == v.word().equals("ambiguous")));

        found(page, "conflict");
        browser.run("document.querySelector('#gallery article').click()");
        browser.press("0");
        assertTrue(browser.text("document.getElementById('review-says').textContent")
                .contains("in this browser only. It stands in the run folder"));
        assertEquals("0 of 40 images", found(page, "conflict"));
        assertEquals("1 of 40 images", found(page, "any"));
        browser.choose("load", file);
        browser.until("return document.getElementById('review-says').textContent.startsWith('2 of 3 verdicts')");
        assertEquals("1 of 40 images", found(page, "any"), "an old copy does not bring it back");
    }

    @Test
    void whatWasWithdrawnAtTheServerDoesNotComeBackFromTheBrowser() throws Exception {
        SyntheticRun run = SyntheticRun.small();
        Path page = written(run.full());
        found(page, "none");
        name("Ben");
        browser.run("document.querySelector('#gallery article').click()");
        browser.press("3");
        assertEquals("1 of 40 images", found(page, "any"));
        run.withdrawn = List.of(
                new Withdrawal("Ben", judgedByBen(run).sha256(), Instant.now().plusSeconds(60)));
        written(run.full());
        assertEquals("0 of 40 images", found(page, "any"));
    }

    private Prediction judgedByBen(SyntheticRun run) {
        String path = browser.text("JSON.parse(localStorage['gazecheck.verdicts'])[0].path");
        return run.predictions().stream()
                .filter(p -> p.path().equals(path))
                .findFirst()
                .orElseThrow();
    }

    @Test
    void aJudgedImageIsOnThePageHoweverFewImagesTheGalleryHas() throws Exception {
        SyntheticRun run = reviewed();
        Path page = folder.resolve("one/report.html");
        Prediction correct = run.predictions().stream()
                .filter(p -> p.correct())
                .skip(20)
                .findFirst()
                .orElseThrow();
        run.said = Stream.concat(
                        run.said.stream(),
                        Stream.of(
                                run.verdict("Ben", correct, Judgement.CORRECT, SAID),
                                run.verdict("Ada", correct, Judgement.AMBIGUOUS, SAID)))
                .toList();
        ReportWriter.writeSingleFile(run.full(), page, Progress.SILENT);
        browser.open(page, "#images?outcome=any&verdict=conflict", 1440, 1000);
        assertTrue(browser.text(FOUND).startsWith("2 of "), browser.text(FOUND));
        assertEquals("2 disputed images", browser.text("document.getElementById('open-disputes').textContent"));
        browser.run("document.getElementById('sign-open').click()");
        assertTrue(
                browser.is(
                        "document.querySelector('#sign-state .disputes + ul a').textContent === '2 disputed images'"),
                "signing does not wait for them, and says so");
        browser.run("document.querySelector('#sign-state .disputes + ul a').click()");
        browser.until("return !document.getElementById('sign').open && location.hash.includes('verdict=conflict')");
        String lead = browser.text("document.querySelector('#images .lead').textContent");
        browser.open(page, "#images?outcome=any", 1440, 1000);
        assertTrue(
                lead.startsWith(
                        browser.text(FOUND).replaceFirst(" of .*", "") + " of 40 predictions are in this file, 8 of"),
                lead);
    }

    @Test
    void aFindingIsConfirmedOnItsPage() throws Exception {
        open(SyntheticRun.small().full(), "");
        browser.run("const name = document.querySelector('#review [name=reviewer]'); name.value = 'Eve';"
                + "name.dispatchEvent(new Event('change'));"
                + "document.querySelector('[data-ruling] button').click()");
        assertEquals(
                "true", browser.text("document.querySelector('[data-ruling] button').getAttribute('aria-pressed')"));
        browser.catchDownloads();
        browser.run("document.getElementById('review').elements.save.click()");
        Path file = folder.resolve("verdicts.csv");
        Files.writeString(file, browser.download());
        FindingVerdict verdict = (FindingVerdict) VerdictsFile.read(file).get(0);
        assertEquals(FindingVerdict.Ruling.CONFIRMED, verdict.ruling());
        assertEquals(verdict.finding(), browser.text("document.querySelector('[data-ruling]').dataset.ruling"));
    }

    @Test
    void oneVerdictIsKeptForEachFindingOfAStoryAndThoseAboutBackgroundsShowTheImages() throws Exception {
        open(SyntheticRun.small().full(), "");
        browser.run("const name = document.querySelector('#review [name=reviewer]'); name.value = 'Eve';"
                + "name.dispatchEvent(new Event('change'))");
        String story = "document.querySelector('[data-story*=\"localisation-of-errors:mass_accuracy\"] button')";
        String place = "document.querySelector('[data-story*=\"localisation-of-errors:mass_accuracy\"]')";
        String undo = place + ".querySelector('.undo')";
        assertEquals(
                "also for the other finding of its story", browser.text(place + ".querySelector('.also').textContent"));
        browser.run(story + ".click()");
        assertEquals("stored for 2 findings", browser.text(place + ".querySelector('.stored').textContent"));
        browser.run(undo + ".click()");
        assertEquals("", browser.text(place + ".querySelector('.stored').textContent"));
        assertTrue(browser.is(undo + ".hidden && localStorage['gazecheck.verdicts'] === '[]'"));
        browser.run(story + ".click()");
        assertTrue(browser.is("!" + undo + ".hidden"));
        assertEquals("true", browser.text(story + ".getAttribute('aria-pressed')"));
        assertEquals(
                "finding:localisation-of-errors:border_mass finding:localisation-of-errors:mass_accuracy",
                browser.text("JSON.parse(localStorage['gazecheck.verdicts']).map(each => each.path).sort().join(' ')"));
        assertEquals(
                0,
                browser.number("document.querySelectorAll('[data-heat=off] canvas').length"),
                "a heatmap would hide the scene");
        assertTrue(browser.is("document.querySelectorAll('[data-heat=off] img').length > 0"));
        assertTrue(browser.is("document.querySelectorAll('[data-heat=on] canvas').length > 0"));
        assertEquals(4, browser.number("document.querySelectorAll('.stories-index a').length"), "one for each story");
        browser.run("document.querySelectorAll('.stories-index a')[2].click()");
        browser.until("return location.hash === document.querySelectorAll('.stories-index a')[2].hash"
                + " && document.activeElement.id === location.hash.slice(1)");
        assertEquals(
                0,
                browser.number("document.querySelectorAll('#findings .severity a[href^=\"#kind-\"]').length"),
                "a title leads nowhere");
        browser.run(
                "const link = document.querySelector('.sure a'); link.closest('details').open = true; link.click()");
        browser.until("return document.activeElement.matches('table.kinds tr')");
        browser.run("document.querySelector('.alike a[href*=mass_accuracy]').click()");
        browser.until("return document.getElementById('chips').textContent"
                + ".includes('finding or story: Localisation of errors: energy on the object')");
        browser.assertClean();
    }

    @Test
    void aLinkLeadsToTheHeadingOfItsNameAndNothingLiesOnIt() throws Exception {
        Path page = written(SyntheticRun.small().full());
        for (int width : new int[] {1440, 800}) {
            browser.open(page, "", width, 700);
            assertEquals(
                    List.of(),
                    browser.run("return (async () => { const wrong = [];"
                            + "for (const link of document.querySelectorAll('nav a')) {"
                            + "  if (getComputedStyle(link).display === 'none') { continue; }"
                            + "  link.click(); await new Promise(done => setTimeout(done, 200));"
                            + "  const whole = link.hash.startsWith('#/');"
                            + "  const heading = document.querySelector(whole ? `main > [data-in=\"${link.hash.slice(2)}\"] h2`"
                            + "    : link.hash + ' h2');"
                            + "  const box = heading.getBoundingClientRect();"
                            + "  const seen = document.elementFromPoint(box.left + 4, box.top + box.height / 2);"
                            + "  const named = whole ? link.getAttribute('aria-current') === 'page'"
                            + "    : heading.firstChild.data.trim() === link.textContent;"
                            + "  if (!named || box.top < 0 || !heading.contains(seen) || whole && document.activeElement !== heading) {"
                            + "    wrong.push(link.hash + ' ' + box.top); } }"
                            + "return wrong; })()"),
                    width + " px");
        }
    }

    @Test
    void oneKeyLeadsThroughAllThatIsOpenAndSkipsAFinding() throws Exception {
        open(SyntheticRun.small().full(), "");
        String place = "(document.getElementById('detail').open ? document.querySelector('#detail .path').textContent"
                + " : document.activeElement.closest('article').id)";
        browser.run("GAZECHECK.signing.findings.push("
                + "Object.keys(GAZECHECK.findings).find(id => id.startsWith('background-shortcut')))");
        browser.press("o");
        browser.run("return new Promise(done => setTimeout(done, 100))");
        assertTrue(
                browser.is(
                        "document.documentElement.dataset.view === 'overview' && !document.querySelector('[open]#detail')"
                                + " && document.activeElement === document.body"),
                "a stray letter leads nowhere");
        browser.run("const name = document.querySelector('#review [name=reviewer]'); name.value = 'Eve';"
                + "name.dispatchEvent(new Event('change'))");
        List<String> seen = new ArrayList<>();
        for (int press = 0; press < 30 && new HashSet<>(seen).size() == seen.size(); press++) {
            browser.press("o");
            browser.until("return document.getElementById('detail').open"
                    + " || document.activeElement.closest('#findings article') !== null");
            seen.add(browser.text(place));
        }
        assertTrue(seen.get(0).startsWith("story-") && seen.get(1).startsWith("story-"), seen.toString());
        assertTrue(seen.stream().filter(each -> each.startsWith("jpg/")).count() >= 7, seen.toString());
        assertEquals(seen.get(0), seen.get(seen.size() - 1), "round and round");
        browser.assertClean();
    }

    @Test
    void ownWordsAboutAFindingAreAskedForInADialogOfThePage() throws Exception {
        open(SyntheticRun.small().full(), "#/findings");
        String other = "document.querySelector('[data-ruling] [data-word=other]')";
        String dialog = "document.getElementById('words').open";
        browser.run("const name = document.querySelector('#review [name=reviewer]'); name.value = 'Eve';"
                + "name.dispatchEvent(new Event('change'));" + other + ".focus()");
        browser.press(Keys.ENTER);
        assertTrue(browser.is(dialog));
        browser.press("p");
        assertEquals(
                "predicted",
                browser.text("document.getElementById('toolbar').elements.show.value"),
                "keys of the page do not work behind it");
        for (int i = 0; i < 7; i++) {
            browser.press(Keys.TAB);
            assertTrue(
                    browser.is("document.activeElement === document.body"
                            + " || document.activeElement.closest('#words') !== null"),
                    "the focus stays inside");
        }
        browser.press(Keys.ESCAPE);
        browser.until("return !" + dialog);
        assertTrue(browser.is("document.activeElement === " + other), "back where it came from");
        assertEquals("false", browser.text(other + ".getAttribute('aria-pressed')"));
        browser.press(Keys.ENTER);
        browser.press(" ", Keys.ENTER);
        assertTrue(browser.is(dialog), "blanks are no words");
        browser.press("a \u05d5\u05e8\u05d3, and \"so\" on", Keys.ENTER);
        browser.until("return !" + dialog);
        assertEquals("true", browser.text(other + ".getAttribute('aria-pressed')"));
        assertTrue(browser.is("document.activeElement === " + other));
        assertEquals(
                "a \u05d5\u05e8\u05d3, and \"so\" on",
                browser.text("document.querySelector('[data-ruling] bdi').textContent"));
        browser.assertClean();
    }

    @Test
    void thousandsOfImagesTakeOnlyTheCardsInSight() throws Exception {
        SyntheticRun run = new SyntheticRun(List.of("rose", "daisy", "tulip"), 32);
        for (int i = 0; i < 2500; i++) {
            run.add(Split.TEST, "jpg/" + i + ".jpg", i % 3, i % 7 == 0);
        }
        open(run.full(), "#images?outcome=any&sort=row");
        assertTrue(browser.number(CARDS) < 60, browser.number(CARDS) + " cards");
        browser.run("document.querySelector('#gallery article').focus()");
        browser.press(Keys.END);
        assertEquals(2499, browser.number("document.activeElement.position"));
        browser.until("return [...document.querySelectorAll('#gallery article')].some(a => a.image === 2499"
                + " && !a.querySelector('canvas').hidden)");
        assertTrue(browser.number(CARDS) < 60, browser.number(CARDS) + " cards");
        assertTrue(browser.loaded().stream().filter(a -> a.contains("/maps-")).count() <= 4, "blocks in sight");
        browser.assertClean();
    }

    @Test
    void aCellOfTheConfusionsLeadsToItsImages() throws Exception {
        SyntheticRun run = SyntheticRun.small();
        open(run.full(), "#/classes");
        Map<String, Long> pairs = run.predictions().stream()
                .filter(p -> p.split() == Split.TEST && !p.correct())
                .collect(Collectors.groupingBy(
                        p -> p.label() + " predicted as " + p.predicted(), Collectors.counting()));
        assertEquals(pairs.size(), browser.number("document.querySelectorAll('#matrix .cell').length"));
        String title = browser.text("document.querySelector('#matrix .cell title').textContent");
        browser.run(
                "document.querySelector('#matrix .cell').dispatchEvent(new MouseEvent('click', { bubbles: true }))");
        assertTrue(pairs.containsKey(title.substring(0, title.lastIndexOf(':'))), title);
        browser.until("return " + FOUND + ".startsWith('" + title.substring(title.lastIndexOf(':') + 2) + " of ')");
        browser.assertClean();
    }

    @Test
    void oneFileHoldsEverything() throws Exception {
        Path file = folder.resolve("mailed/report.html");
        ReportWriter.writeSingleFile(SyntheticRun.small().full(), file, Progress.SILENT);
        assertFalse(Files.exists(file.resolveSibling("assets")));
        browser.open(file, "#images?outcome=error", 1440, 1000);
        browser.untilDrawn(4);
        browser.until("return [...document.querySelectorAll('#gallery img')].every(i => i.naturalWidth > 0)");
        browser.run("location.hash = '#/overview'");
        browser.until("return document.querySelector('.picture img').naturalWidth > 0");
        assertTrue(
                browser.loaded().stream().allMatch(a -> a.startsWith("data:")),
                browser.loaded().toString());
        assertTrue(browser.text(FOUND).startsWith("8 of "));
        browser.assertClean();
    }

    @Test
    void aClassHasItsPage() throws Exception {
        SyntheticRun run = SyntheticRun.small();
        open(run.full(), "#images?outcome=any&label=rose");
        long right = run.predictions().stream()
                .filter(p -> p.label().equals("rose") && p.correct())
                .count();
        String text = "document.getElementById('class-page').innerText";
        assertTrue(browser.text(text).contains(right + " of 10"), browser.text(text));
        assertTrue(browser.text(text).contains("over all classes"));
        browser.run("document.querySelector('#class-page [data-label]').click()");
        assertNotEquals("rose", browser.text("document.querySelector('#class-page h3').textContent"));
        browser.run("location.hash = '#/images?outcome=correct&label=' + encodeURIComponent(GAZECHECK.classes[1])");
        String findings = "[...document.querySelectorAll('#class-page dd a')].map(a => a.textContent).join(' ')";
        browser.until("return " + findings + ".includes('Background shortcut: ')");
        assertFalse(browser.text(findings).contains("background-shortcut:"), "titles, not ids");
        browser.run("document.querySelector('#gallery article').click()");
        String about = "document.querySelector('#detail .about')";
        assertTrue(browser.text(about + ".textContent")
                .startsWith("Shortcuts found of what it is predicted as: Background"));
        browser.run(about + ".querySelector('a').click()");
        browser.until("return !document.getElementById('detail').open && location.hash.startsWith('#story-')");
        browser.assertClean();
    }

    @Test
    void tablesSortWithUnknownLast() throws Exception {
        open(SyntheticRun.small().full(), "");
        String recalls =
                "[...document.querySelector('#classes table').tBodies[0].rows].map(r => r.cells[4].dataset.value)";
        browser.run("document.querySelector('#classes table').tHead.rows[0].cells[4].firstElementChild.click()");
        assertTrue(browser.is("(r => r.every((v, i) => i === 0 || v === '' || r[i - 1] - v <= 0))(" + recalls + ")"));
        browser.run("document.querySelector('#classes table').tHead.rows[0].cells[4].firstElementChild.click()");
        assertTrue(browser.is("(r => r.every((v, i) => i === 0 || v === '' || r[i - 1] - v >= 0))(" + recalls + ")"));
        assertEquals(3, browser.number("(" + recalls + ").indexOf('')"), "a class without images in test");
        browser.run("navigator.clipboard.writeText = text => { window.copied = text; return Promise.resolve(); };"
                + "document.querySelector('#classes .copy-table').click()");
        List<String> lines = browser.text("window.copied").lines().toList();
        assertEquals(
                "Class\tImages\tPredicted\tCorrect\tRecall\tRecall low\tRecall high\tPrecision\tPrecision low\tPrecision high\tF1",
                lines.get(0));
        assertTrue(lines.get(1).matches("[^\t]+(\t\\d+){3}(\t[\\d.]+){7}"), lines.get(1));
        browser.run("document.querySelector('#shortcuts .copy-table').click()");
        assertTrue(browser.text("window.copied").contains("bee orchid")
                || !browser.text("window.copied").isEmpty());
    }

    @Test
    void axeFindsNoViolation() throws Exception {
        Path page = written(SyntheticRun.small().full());
        for (String fragment : List.of("", "#images?outcome=error", "#images?outcome=any&cluster=2%3A+lower+left")) {
            browser.open(page, fragment, 1440, 1000);
            if (!fragment.isEmpty()) {
                browser.run("document.querySelector('#gallery article').click()");
            }
            assertEquals(List.of(), browser.violations());
        }
    }

    @Test
    void assetsOfAnotherReportAreNoticed() throws Exception {
        Path page = written(SyntheticRun.small().full());
        Path data = page.resolveSibling("assets/data.js");
        Files.writeString(data, Files.readString(data).replaceFirst("\"id\":\"[0-9a-f]{4}", "\"id\":\"zzzz"));
        browser.open(page, "", 1440, 900);
        assertEquals(
                "index.html and assets/ are of different reports: write the report again.",
                browser.text("document.documentElement.dataset.firstError"));
        assertEquals(0, browser.number(CARDS));
    }
}
