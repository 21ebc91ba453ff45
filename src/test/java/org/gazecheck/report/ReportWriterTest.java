package org.gazecheck.report;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.ShortBuffer;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import javax.imageio.ImageIO;
import org.gazecheck.failure.GazecheckException;
import org.gazecheck.history.History;
import org.gazecheck.history.HistoryFile;
import org.gazecheck.history.RecordedRun;
import org.gazecheck.image.RgbImage;
import org.gazecheck.progress.Progress;
import org.gazecheck.report.page.Page.Cut;
import org.gazecheck.report.page.Page.Pictures;
import org.gazecheck.results.CroppedMark;
import org.gazecheck.results.Figure;
import org.gazecheck.results.Finding;
import org.gazecheck.results.FindingKind;
import org.gazecheck.results.FindingVerdict;
import org.gazecheck.results.Findings;
import org.gazecheck.results.HeatmapQuality;
import org.gazecheck.results.ImageVerdict;
import org.gazecheck.results.Interventions;
import org.gazecheck.results.Localisation;
import org.gazecheck.results.MapTarget;
import org.gazecheck.results.Metrics;
import org.gazecheck.results.Prediction;
import org.gazecheck.results.Reason;
import org.gazecheck.results.Signature;
import org.gazecheck.results.Split;
import org.gazecheck.results.SplitMetrics;
import org.gazecheck.results.Statement;
import org.gazecheck.results.Withdrawal;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.function.Executable;
import org.junit.jupiter.api.io.TempDir;

class ReportWriterTest {
    @TempDir
    Path folder;

    private String page(ReportInput input) throws IOException {
        ReportWriter.write(input, folder, Progress.SILENT);
        return Files.readString(folder.resolve("index.html"));
    }

    private JsonNode data(ReportInput input) throws IOException {
        page(input);
        return data();
    }

    private JsonNode data() throws IOException {
        String script = Files.readString(folder.resolve("assets/data.js"));
        String text = script.substring(script.indexOf('{'), script.lastIndexOf("')"));
        return new ObjectMapper().readTree(text.replace("\\'", "'").replace("\\\\", "\\"));
    }

    private Set<String> files() throws IOException {
        try (Stream<Path> all = Files.walk(folder)) {
            return all.filter(Files::isRegularFile)
                    .map(f -> folder.relativize(f).toString().replace('\\', '/'))
                    .collect(Collectors.toCollection(TreeSet::new));
        }
    }

    @Test
    void hostileNamesAreText() throws IOException {
        String page = page(SyntheticRun.small().full());
        assertFalse(page.contains(SyntheticRun.HOSTILE));
        assertTrue(page.contains("&lt;script&gt;alert(1)&lt;/script&gt;"));
        assertTrue(page.contains("data-label=\"daisy &#34;ox-eye&#34; &amp; co\""));
    }

    @Test
    void nothingIsInlineAndNothingFromElsewhere() throws IOException {
        String page = page(SyntheticRun.small().full());
        assertFalse(
                Pattern.compile("<script(?![^>]* src=\"assets/)").matcher(page).find());
        assertFalse(page.contains("<style"));
        assertFalse(Pattern.compile("\\s(style|on[a-z]+)=\"").matcher(page).find());
        assertFalse(page.contains("http://") || page.contains("https://"));
        assertTrue(page.replace("&#39;", "'").contains("default-src 'none'"));
    }

    @Test
    void numbersAreFormattedForPeople() throws IOException {
        String page = page(SyntheticRun.small().full());
        assertTrue(page.contains("98.9\u00a0%"));
        assertTrue(page.contains("98.4–99.4"));
        assertTrue(page.contains("p &lt; 0.001, q = 0.001"));
        assertTrue(page.contains("15 min 21 s"));
        assertTrue(page.contains("expected 95.0\u00a0%: missed (−15.0 percentage points)"));
    }

    @Test
    void whatARunLacksIsSaidInItsPlace() throws IOException {
        String page = page(SyntheticRun.small().bare());
        for (String text : List.of(
                "; val was not evaluated",
                "This run has no localisation measures",
                "This run has no findings",
                "The heatmaps were not tested: the run was not audited.",
                "This run has no heatmaps",
                "This run has no epochs: only a linear probe was fitted",
                "No warnings while reading",
                "Nothing is known here about the images of the data set",
                "Near duplicates were not looked for: the run was not audited.",
                "This run has no provenance",
                "No durations are recorded")) {
            assertTrue(page.contains(text), text);
        }
        assertTrue(page.contains(
                "<p class=\"split\">test, <a href=\"#/images?outcome=any&amp;split=test\">n = 30</a></p>"));
        assertFalse(page.contains("<p class=\"split\">val"));
        assertFalse(page.contains("NaN") || page.contains("null"));
    }

    @Test
    void aRunWithoutMasksSaysSoAndStillShowsBorderAndEntropy() throws IOException {
        SyntheticRun run = SyntheticRun.small();
        String page = page(with(run.bare(), run.localisation(false)));
        assertTrue(page.contains("This run has no masks"));
        assertTrue(page.contains("Near the border"));
        assertFalse(page.contains("Inside the mask") || page.contains("NaN"));
    }

    @Test
    void whatWasTriedStandsWithItsVerdictAndWithWhatCouldHaveBeenFound() throws IOException {
        SyntheticRun run = SyntheticRun.small();
        String page = section(page(run.full()), "shortcuts");
        assertTrue(page.contains("3 possible shortcuts were tried"), page);
        assertTrue(page.contains("<td>their background</td>") && page.contains("<td>a patch in the upper left</td>"));
        assertTrue(page.contains("<span class=\"rate\">52.0\u00a0%</span>\n"
                + "<span class=\"interval\">in front of other backgrounds 3.0\u00a0% (n = 120, q &lt; 0.001)</span>"));
        assertTrue(page.contains("<span class=\"rate\">75.0\u00a0%</span>"), "of errors become right");
        assertTrue(page.contains("<span class=\"rate\">12 of 34</span>\n"
                + "<span class=\"interval\">of others 0 of 164 (q &lt; 0.001)</span>"));
        assertTrue(page.contains("of other classes' 2.0\u00a0%"));
        assertTrue(page.contains("20.0\u00a0% of all, the class among them"), "of an older program");
        assertTrue(page.contains("<span class=\"grade proven\">proven</span>"));
        assertTrue(page.contains("too few images to try"));
        assertTrue(page.contains(
                "nothing found\n<span class=\"interval\">put on others, 17 percentage points would have been"
                        + " found</span>"));
        assertTrue(page.contains("<summary>Not tried: 1</summary>"));
        assertTrue(page.contains("<td>blur</td>\n<td class=\"number\">45.0\u00a0%</td>"));
        assertTrue(page(run.bare()).contains("Nothing was tried: the run was not audited."));
    }

    @Test
    void swappedBackgroundsAreShown() throws IOException {
        SyntheticRun run = SyntheticRun.small();
        String page = page(run.full());
        assertTrue(page.contains("that in front of other classes'): +9.0 percentage points"));
        assertTrue(page(run.bare()).contains("Backgrounds were not swapped"));
    }

    @Test
    void backgroundsThatHoldAnotherShortcutAreSaidTo() throws IOException {
        ReportInput full = SyntheticRun.small().full();
        Interventions all = full.interventions().orElseThrow();
        assertFalse(section(page(full), "backgrounds").contains("What lies beside an object"));
        Interventions suspected = new Interventions(
                all.schemaVersion(),
                true,
                0,
                all.scenes(),
                all.conditions(),
                all.gap(),
                all.classes(),
                all.shortcuts().stream()
                        .map(each -> each.reason() == Reason.PATCH ? each.graded(Finding.Grade.SUSPECTED) : each)
                        .toList(),
                all.screened(),
                List.of());
        assertTrue(section(page(with(full, suspected)), "backgrounds")
                .contains("that too by which images are called "
                        + full.classes().get(2).replace("&", "&amp;") + " (a patch in the upper left)"));
    }

    @Test
    void whatWasNotConfirmedStandsWithItsLimitAndWhatWasNotTriedApart() throws IOException {
        ReportInput full = SyntheticRun.small().full();
        String overview = section(page(full), "overview");
        assertTrue(overview.contains("Tried, not confirmed: <b>1</b>"));
        assertTrue(overview.contains("Too few images to try: <b>1</b>"));
        assertTrue(overview.contains("; put on others, 17 percentage points would have been found."));
        assertTrue(overview.contains("closely enough in training, or only what is listed as not tried: "));
        assertTrue(overview.contains("<strong>What to do about <bdi>"));
        assertTrue(overview.contains("\">Why</a>"));
    }

    @Test
    void whereTooFewObjectsCouldBeSegmentedShortcutsStandWithoutBackgrounds() throws IOException {
        ReportInput full = SyntheticRun.small().full();
        Interventions all = full.interventions().orElseThrow();
        Interventions few = new Interventions(
                all.schemaVersion(),
                true,
                500,
                null,
                List.of(),
                null,
                List.of(),
                all.shortcuts(),
                all.screened(),
                List.of("patches and other objects: why"));
        String page = page(with(full, few));
        assertTrue(section(page, "shortcuts").contains("3 possible shortcuts were tried"));
        assertTrue(section(page, "shortcuts").contains("Not looked for: patches and other objects: why."));
        assertTrue(section(page, "backgrounds")
                .contains("Backgrounds were not swapped: too few objects of val and test could be segmented."));
    }

    private static String section(String page, String id) {
        String from = page.substring(page.indexOf(" id=\"" + id + "\" data-in="));
        return from.substring(0, from.indexOf("</section>")).replaceAll("\n+", "\n");
    }

    @Test
    void testsOfTheHeatmapsAreShownWithTheirVerdicts() throws IOException {
        String page = page(SyntheticRun.small().full());
        String quality = section(page, "heatmaps");
        for (String text : List.of(
                "judged right\">passes</span>\n<span class=\"interval\">head random 0.60, all random −0.05",
                "judged wrong\">fails</span>\n<span class=\"interval\">head random 0.97, all random 0.97",
                "judged right\">beats it<",
                "judged open\">does not beat it<",
                "judged right\">+0.110 better</span>\n<span class=\"interval\">+0.080 to +0.140",
                "judged wrong\">−0.090 worse</span>",
                "judged open\">−0.020 undecided</span>\n<span class=\"interval\">−0.050 to +0.010",
                "0.93<span class=\"interval\">0.91–0.95</span>",
                "<span class=\"interval\">SSIM 0.80</span>",
                "0.60 with the head random, −0.05 with all weights random")) {
            assertTrue(quality.contains(text), text);
        }
        assertTrue(
                quality.contains("points=\"48.00,12.00 131.33,60.00"),
                "the trained network's 1, then 0.6: 0.4 of 1.5 below it, of 180 points");
    }

    @Test
    void aNetworkWhoseWeightsCannotBeRedrawnIsNotCalledFit() throws IOException {
        ReportInput full = SyntheticRun.small().full();
        HeatmapQuality quality = full.heatmapQuality().orElseThrow();
        List<HeatmapQuality.Method> methods = quality.methods().stream()
                .map(m -> new HeatmapQuality.Method(
                        m.name(), m.faithfulness(), List.of(), List.of(), false, m.beatsGaussian()))
                .toList();
        String page = page(with(
                full,
                new HeatmapQuality(
                        quality.schemaVersion(), quality.layer(), quality.images(), quality.steps(), methods)));
        assertTrue(page.contains("The weights of this network cannot be redrawn here"));
        assertFalse(page.contains(">passes<") || page.contains(">fails<"));
    }

    @Test
    void findingsStandBySeverityAndLinkToWhatTheyMean() throws IOException {
        String page = page(SyntheticRun.small().full());
        assertTrue(page.indexOf("lie off the object") < page.indexOf("attend to the border"), "high before low");
        for (String kind :
                List.of("localisation-of-class", "localisation-of-errors", "property-of-errors", "scene-correlation")) {
            assertTrue(page.contains("href=\"#kind-" + kind + "\""), kind);
            assertTrue(page.contains("<tr id=\"kind-" + kind + "\">"), kind);
        }
        assertFalse(page.contains("kind-outliers"), "neither found nor tested");
    }

    @Test
    void whatFollowsFromAShortcutStandsUnderItAndOneStoryIsToldOnce() throws IOException {
        String page = page(SyntheticRun.small().full());
        String findings = section(page, "findings");
        String told = findings.substring(findings.indexOf("The network recognises"));
        told = told.substring(0, told.indexOf("</article>"));
        assertTrue(told.contains("<summary>What follows from it: one more finding</summary>"), told);
        assertTrue(told.substring(told.indexOf("<details class=\"follows\">")).contains("It stands in one kind"));
        assertTrue(told.contains("&#34;scene-correlation:"), "one verdict is for all of the story");
        assertEquals(1, told.split("data-ruling=", -1).length - 1, told);
        assertTrue(told.contains("<details class=\"sure\"><summary>How sure?</summary>\n<p class=\"numbers\">"), told);
        assertEquals(1, findings.split("It stands in one kind", -1).length - 1, "and no place of its own");
        assertTrue(findings.contains("<span class=\"grade proven\">proven</span>"));
        assertTrue(findings.contains("in 52\u00a0% of cases (−0.2)"));
        String story = findings.substring(findings.indexOf("Errors attend to the border"));
        story = story.substring(0, story.indexOf("</article>"));
        assertTrue(story.contains("data-ruling=\"localisation-of-errors:border_mass\""));
        assertTrue(story.contains("localisation-of-errors:mass_accuracy&#34;]\""), "in one story");
        assertTrue(findings.contains("id=\"story-localisation-of-errors\""), "which has an address");
        assertTrue(story.contains("#/images?outcome=any&amp;finding=localisation-of-errors%3Amass_accuracy"));
        assertFalse(findings.contains("data-evidence=\"localisation-of-errors:mass_accuracy\""), "one gallery");
        assertTrue(findings.contains("data-heat=\"off\"") && findings.contains("data-heat=\"on\""));
        assertTrue(findings.contains("<b>Cliff's delta:</b>"));
        assertFalse(findings.contains("<b>Lift:</b>"), "no finding here uses the word");
    }

    @Test
    void valAndTestThatDifferByMoreThanChanceAreSaidToUnderTheVerdict() {
        SplitMetrics good = split(0.9875, 80, 0.05, 0.02);
        SplitMetrics poor = split(0.745, 196, 0.149, 0.102);
        List<String> cautions = new Headline(new Metrics(good, poor), null, Baseline.NONE).cautions();
        assertEquals(2, cautions.size());
        assertTrue(
                cautions.get(0)
                        .startsWith("98.8\u00a0% right on val, 74.5\u00a0% on test: a difference of 24.3 percentage"
                                + " points"),
                cautions.get(0));
        assertTrue(cautions.get(0).endsWith("trust test."));
        assertTrue(cautions.get(1).contains("14.9\u00a0% with it"), cautions.get(1));
        assertEquals(
                List.of(),
                new Headline(new Metrics(good, split(0.97, 100, 0.02, 0.03)), null, Baseline.NONE).cautions());
        assertEquals(
                List.of(), new Headline(new Metrics(null, split(0.5, 10, 0.02, 0.03)), null, Baseline.NONE).cautions());
    }

    @Test
    void thatThereIsNoTestIsSaidUnderTheVerdict() {
        List<String> cautions =
                new Headline(new Metrics(split(0.9, 80, 0.05, 0.02), null), null, Baseline.NONE).cautions();
        assertEquals(1, cautions.size());
        assertTrue(
                cautions.get(0).startsWith("There is no test set: figures and findings are of val"), cautions.get(0));
    }

    private static SplitMetrics split(double top1, int n, double ece, double before) {
        Figure accuracy = new Figure(top1, top1 - 0.05, 1, n);
        Figure calibration = new Figure(ece, ece - 0.01, ece + 0.01, n);
        Figure uncalibrated = new Figure(before, before - 0.01, before + 0.01, n);
        return new SplitMetrics(
                accuracy,
                accuracy,
                accuracy,
                accuracy,
                calibration,
                calibration,
                0.7,
                new SplitMetrics.Uncalibrated(calibration, uncalibrated),
                List.of(),
                List.of(),
                List.of());
    }

    @Test
    void whatWasTestedSaysWhatCouldHaveBeenFound() throws IOException {
        String page = page(SyntheticRun.small().full());
        assertTrue(
                page.contains("5 tests, 2 of them behind a finding. At the end of what was tried: heatmaps fall into 8"
                        + " groups, the most that are looked for"));
        assertTrue(page.contains("The backgrounds fall into 24 scenes, the most that are made."));
        assertTrue(page.contains("<td class=\"number\">0.27; 1 of 2: none</td>"));
        assertTrue(page.contains("data-value=\"1.4\">none</td>"));
        assertTrue(page.contains("data-value=\"0.31\">0.310</td>\n<td data-value=\"yes\">yes</td>"));
        assertTrue(page.contains("data-value=\"\">–</td>\n<td data-value=\"yes\">yes</td>"));
    }

    @Test
    void everyKindOfFindingIsExplained() {
        for (FindingKind kind : FindingKind.values()) {
            assertTrue(kind.meaning().endsWith("."), kind.id());
            assertTrue(kind.advice().endsWith(".") || kind.advice().endsWith("?"), kind.id());
        }
        assertThrows(IllegalArgumentException.class, () -> FindingKind.of("horoscope"));
    }

    @Test
    void aRunWithoutEvaluationStillGivesAPage() throws IOException {
        ReportInput bare = SyntheticRun.small().bare();
        String page = page(new ReportInput(
                "empty",
                bare.configuration(),
                bare.classes(),
                new Metrics(null, null),
                List.of(),
                HeatmapSource.NONE,
                bare.images(),
                MaskSource.NONE,
                List.of(),
                List.of(),
                List.of(),
                List.of(),
                Findings.NONE,
                Optional.empty(),
                Counterfactuals.NONE,
                Optional.empty(),
                List.of(),
                bare.review(),
                List.of(),
                List.of(),
                bare.provenance(),
                Optional.empty(),
                EarlierRun.NONE,
                Optional.empty(),
                Baseline.NONE));
        assertTrue(page.contains("No split was evaluated, so nothing can be said"));
    }

    @Test
    void mapsKeepTheirValuesToASixteenBitStep() throws IOException {
        SyntheticRun run = SyntheticRun.small();
        page(run.full());
        JsonNode targets = block();
        for (MapTarget target : MapTarget.values()) {
            JsonNode stored = targets.get(target.text());
            ShortBuffer steps = ByteBuffer.wrap(stored.get("steps").binaryValue())
                    .order(ByteOrder.LITTLE_ENDIAN)
                    .asShortBuffer();
            for (int row = 0; row < run.predictions().size(); row++) {
                Heatmap raw = SyntheticRun.smooth(row, target).orElseThrow();
                int cells = raw.values().length;
                for (int i = 0; i < cells; i++) {
                    double value = steps.get(row * cells + i)
                            * stored.get("scales").get(row).asDouble();
                    assertEquals(raw.values()[i], value, 3.1 / 32767);
                }
            }
        }
    }

    /** What the gallery needs, with the details of the large view. */
    private JsonNode block() throws IOException {
        ObjectNode whole = new ObjectMapper().createObjectNode();
        for (String part : List.of("maps", "details")) {
            String script = Files.readString(folder.resolve("assets/" + part + "-0000.js"));
            assertTrue(script.startsWith("GAZECHECK." + part + "(0,{"), script.substring(0, 40));
            whole.setAll((ObjectNode)
                    new ObjectMapper().readTree(script.substring(script.indexOf('{'), script.lastIndexOf('}') + 1)));
        }
        return whole;
    }

    @Test
    void outlinesLieBesideTheMapsAndWhatHasNoneSaysWhy() throws IOException {
        SyntheticRun run = SyntheticRun.small();
        run.masks = SyntheticRun.estimated(row -> row == 1
                ? new MaskSource.Unseen("the estimate does not separate object and background")
                : new MaskSource.Seen(SyntheticRun.disc(64)));
        assertEquals("estimated", data(run.full()).get("masks").get("origin").asText());
        JsonNode masks = block().get("masks");
        assertEquals(40, masks.get("lengths").size());
        assertEquals(0, masks.get("lengths").get(1).asInt());
        assertEquals(
                "the estimate does not separate object and background",
                masks.get("missing").get("1").asText());
        int length = masks.get("lengths").get(0).asInt();
        assertEquals(39 * length, masks.get("rings").binaryValue().length, "all discs are alike");
        byte[] bytes = Arrays.copyOf(masks.get("rings").binaryValue(), length);
        assertEquals(2 + 2 * bytes[0], bytes.length, "one ring");
        for (int k = 2; k < bytes.length; k += 2) {
            double r = Math.hypot((bytes[k] & 0xff) - 127.5, (bytes[k + 1] & 0xff) - 127.5);
            assertEquals(255.0 / 4, r, 4, "corners lie on the circle");
        }
        run.masks = MaskSource.none("gone");
        assertEquals("gone", data(run.full()).get("masks").get("missing").asText());
        assertFalse(block().has("masks"));
    }

    @Test
    void clustersAreCountedOverAllImagesAndTheirFindingLeadsToThem() throws IOException {
        SyntheticRun run = SyntheticRun.small();
        JsonNode clusters = data(run.full()).get("clusters");
        assertEquals(
                "[\"1: upper, wide\",\"2: lower left\"]", clusters.get("names").toString());
        assertEquals("[10,10]", clusters.get("sizes").toString());
        assertEquals(30, clusters.get("images").asInt());
        for (int g = 0; g < 2; g++) {
            int right = 0;
            for (int i = 0; i < 40; i++) {
                boolean in = clusters.get("of").get(i).asInt() == g;
                right += in && run.predictions().get(i).correct() ? 1 : 0;
            }
            assertEquals(right, clusters.get("right").get(g).asInt());
            double largest = 0;
            for (JsonNode cell : clusters.get("means").get(g)) {
                largest = Math.max(largest, cell.asDouble());
            }
            assertEquals(1, largest);
        }
        String page = Files.readString(folder.resolve("index.html"));
        assertTrue(page.contains("href=\"#/images?outcome=any&amp;cluster=2%3A+lower+left\""));
        assertTrue(data(run.bare()).get("clusters").isNull());
    }

    @Test
    void counterfactualsStandBesideTheFindingOrTheSuspectAndMayOnlyBeTheirOwn() throws IOException {
        SyntheticRun run = SyntheticRun.small();
        String page = page(run.full());
        String findings = section(page, "findings");
        assertTrue(findings.contains("src=\"assets/counterfactuals/01.jpg\""));
        assertTrue(findings.contains("src=\"assets/counterfactuals/02.jpg\""));
        assertFalse(findings.contains("03.jpg"));
        assertTrue(findings.contains("src=\"assets/counterfactuals/01control.jpg\""), "the same object otherwise");
        String overview = section(page, "overview");
        assertTrue(overview.contains("Proof for <bdi>"), "beside the verdict");
        assertTrue(overview.contains("src=\"assets/counterfactuals/01.jpg\""));
        assertTrue(overview.contains("src=\"assets/counterfactuals/01control.jpg\""));
        assertTrue(findings.contains("120 images were tried: 52.0"), "with the rate behind the few that are shown");
        assertTrue(findings.contains("drawn from the 254 images of other classes"), "why 120");
        assertTrue(findings.contains("That is all its own images"), "why 38");
        assertTrue(findings.contains(", each 2 times. "));
        assertTrue(findings.contains("Pasting by itself changes accuracy by −0.5 percentage points: 92.0\u00a0%"));
        assertTrue(findings.contains("predicted as <bdi>&lt;script&gt;alert(1)&lt;/script&gt;</bdi> (97.0"));
        String shortcuts = section(page, "shortcuts");
        assertTrue(shortcuts.contains(
                "What was tried with <bdi>rose</bdi> because of their background, without a finding"));
        assertTrue(shortcuts.contains("src=\"assets/counterfactuals/03.jpg\""));
        assertTrue(files().containsAll(Set.of(
                "assets/counterfactuals/01.jpg", "assets/counterfactuals/02.jpg", "assets/counterfactuals/03.jpg")));
        page(run.bare());
        assertTrue(files().stream().noneMatch(file -> file.contains("counterfactuals")));
    }

    @Test
    void aPairStandsBesideTheImageThatItWasMadeOf() throws IOException {
        SyntheticRun run = SyntheticRun.small();
        String object = run.predictions().get(0).path();
        String findings = section(page(run.full()), "findings");
        String pair = findings.substring(findings.indexOf("<div class=\"pair\">"));
        pair = pair.substring(0, pair.indexOf("01control.jpg"));
        assertTrue(pair.contains("as it is and edited in two ways"));
        assertTrue(pair.contains("<a href=\"" + ReportAddress.image(object).replace("&", "&amp;")
                + "\"><img src=\"assets/thumbnails/" + GalleryData.fileName(object)));
        assertTrue(pair.indexOf("as it is</span>") < pair.indexOf("assets/counterfactuals/01.jpg"), "it comes first");
        assertTrue(files().contains("assets/thumbnails/" + GalleryData.fileName(object)));

        ShownImages shown = ShownImages.of(run.full(), Selection.of(run.predictions(), 0, 1));
        assertTrue(shown.positions().containsKey(object), "the gallery has it, whatever it selects");

        Path one = folder.resolve("one.html");
        ReportWriter.writeSingleFile(run.full(), one, Progress.SILENT);
        String alone = section(Files.readString(one), "findings");
        assertTrue(alone.contains(" as it is\""));
        assertFalse(alone.contains("assets/"), "all is inside");
    }

    @Test
    void whatAPatchIsIsShownByPiecesOfImagesAboveWhatWasMadeWithIt() throws IOException {
        SyntheticRun run = SyntheticRun.small();
        String subject = run.classes().get(2).replace("&", "&amp;");
        String shortcuts = section(page(run.full()), "shortcuts");
        assertTrue(shortcuts.contains("What it is: cut out of images of " + subject + " and of other classes"));
        assertTrue(shortcuts.contains("src=\"assets/counterfactuals/crop01.jpg\""));
        assertTrue(shortcuts.contains("dir=\"auto\">" + run.predictions().get(3).path() + "</span>"));
        assertTrue(
                files().containsAll(Set.of("assets/counterfactuals/crop01.jpg", "assets/counterfactuals/crop02.jpg")));
        ReportInput full = run.full();
        CroppedMark own = new CroppedMark(
                "crop01.jpg",
                run.classes().get(1),
                Reason.BACKGROUND,
                run.classes().get(1),
                "a.jpg");
        List<Pictures> parts = new CounterfactualSection(
                        full.counterfactuals().pictures(),
                        List.of(own),
                        name -> "at " + name,
                        new UntouchedImages(Map.of()),
                        new Isolated(run.classes()))
                .of(own.subject(), own.reason(), full.interventions());
        assertEquals(3, parts.size());
        assertEquals(
                "What it is: cut out of images of " + own.subject(),
                parts.get(0).heading());
        assertEquals(
                List.of(new Cut("at crop01.jpg", own.subject(), "a.jpg")),
                parts.get(0).cuts());
        assertEquals(1, parts.get(1).pairs().size(), "pairs come after");
    }

    @Test
    void theDataAreDescribedWithTheirIssues() throws IOException {
        ReportInput full = SyntheticRun.small().full();
        JsonNode data = data(full);
        String page = Files.readString(folder.resolve("index.html"));
        String section = section(page, "data");
        assertTrue(section.contains("1 of <span dir=\"auto\">train: cannot be decoded</span>"));
        assertTrue(section.contains("train/&lt;b&gt;.jpg"));
        assertTrue(section.contains("two labels:"), "the twin has another label");
        int twin = data.get("images").get("path").size() - 1;
        assertEquals("train/twin.jpg", data.get("images").get("path").get(twin).asText());
        assertTrue(section.contains("data-images=\"0 " + twin + "\""));
        assertEquals(8, section.split("data-examples=").length / 2, "every error contradicts its label");
        assertTrue(section.indexOf("<span>4.0</span>") > 0, "an outlier with its distance");
        assertTrue(section.contains("480"), "the short side");
        assertTrue(section.contains("40</td>"), "of train");
    }

    @Test
    void theFirstPageBeginsWithTheVerdictAndKeepsTheGradesApart() throws IOException {
        ReportInput full = SyntheticRun.small().full();
        String overview = section(page(full), "overview");
        String answer = overview.substring(overview.indexOf("<div class=\"answer"), overview.indexOf("<h2>"));
        assertTrue(
                answer.startsWith(
                        "<div class=\"answer wrong\">\n<div class=\"said\">\n<p class=\"level\">Do not use</p>"),
                answer);
        assertTrue(answer.contains("95.0\u00a0% was expected; 1 reason more.</p>"), answer);
        assertTrue(answer.contains("<span>Proven: <b>1</b></span>"), answer);
        assertTrue(answer.contains("rose by their background: too few images to try."), "with its figures");
        assertTrue(
                answer.indexOf("Proven, of medium severity") < answer.indexOf("Of high severity: localisation"),
                "what is proven before what is not graded");
        assertTrue(answer.contains("Verdict by this report: the audit of this run stored none"), answer);
        Review rejected = new Review(
                full.review().run(),
                full.review().sample(),
                full.review().verdicts(),
                full.review()
                        .signature()
                        .map(signature -> new Signature(
                                Signature.Decision.REJECT,
                                signature.reviewer(),
                                signature.time(),
                                "It cheats.",
                                signature.run(),
                                signature.reviewed())));
        String page = page(with(full, rejected));
        assertTrue(page.contains("<li>Do not use: Rejected in review by Ada.</li>"));
        assertTrue(page.contains("95.0\u00a0% was expected; 2 reasons more.</p>"));
        assertTrue(page.contains("stored none and of its review; gates are judged apart."));
    }

    @Test
    void figuresOfHowSureItIsAreFoldedOutOfTheSentence() throws IOException {
        String findings = section(page(SyntheticRun.small().full()), "findings");
        assertTrue(findings.contains("energy on the object is 40\u00a0% for errors.</p>"));
        assertTrue(findings.contains("<p class=\"numbers\">Cliff&#39;s delta ")
                || findings.contains("<p class=\"numbers\">Cliff's delta "));
        assertFalse(findings.contains("class=\"hint words\">\n<span><b>Lift"));
    }

    @Test
    void whoSignedStandsOnTheFirstPageAndAChangedRunIsNotSigned() throws IOException {
        ReportInput full = SyntheticRun.small().full();
        String page = page(full);
        assertTrue(
                page.contains("Accepted with conditions by <bdi>Ada</bdi> at 2026-11-02T08:00:00Z: <bdi>until the roses"
                        + " are relabelled</bdi>"));
        assertTrue(page.contains("Of 8 errors 1 is a wrong label, 7 are not judged yet."));
        Review other = new Review(
                "f".repeat(16),
                full.review().sample(),
                full.review().verdicts(),
                full.review().signature());
        assertTrue(page(with(full, other))
                .contains("Not signed off: the run changed after it was accepted with conditions by <bdi>Ada</bdi>"));
        assertTrue(page(SyntheticRun.small().bare()).contains("Not signed off."));
        assertEquals(5, data(full).get("required").size());
    }

    @Test
    void theVerdictNamesWhatIsProvenAndWhatIsSuspected() {
        ReportInput full = SyntheticRun.small().full();
        Headline headline = new Headline(full.metrics(), null, Baseline.NONE);
        Statement grave = new Statement(
                Finding.Severity.HIGH, "t", 1, 0, 1, OptionalDouble.empty(), OptionalDouble.empty(), 9, List.of(), "");
        Finding rose =
                new Finding(FindingKind.BACKGROUND_SHORTCUT, "rose", grave, Finding.Grade.PROVEN, "background", null);
        Finding tulip =
                new Finding(FindingKind.BACKGROUND_SHORTCUT, "tulip", grave, Finding.Grade.PROVEN, "background", null);
        Finding lily = new Finding(
                FindingKind.BACKGROUND_SHORTCUT, "lily", grave, Finding.Grade.SUSPECTED, "background", null);
        Finding scene = new Finding(FindingKind.SCENE_CORRELATION, "rose", grave);
        assertTrue(
                verdict(headline, rose, tulip)
                        .endsWith(
                                "It recognises rose and tulip by their background: putting this on images of other classes, against a control, proved it."));
        assertTrue(verdict(headline, scene, rose)
                .endsWith("It recognises rose by its background: putting this on images of other classes, against a"
                        + " control, proved it."));
        assertTrue(verdict(headline, lily)
                .endsWith("That it recognises lily by its background is suspected and not proven."));
        assertFalse(verdict(headline, lily, rose).contains("lily"), "what is proven comes first");
        assertTrue(verdict(headline, scene).endsWith("1 finding of the audit weighs heavily: see below."));
        assertTrue(verdict(headline).endsWith("The audit found nothing to report."));
    }

    private static String verdict(Headline headline, Finding... findings) {
        return headline.verdict(4, 4, Optional.empty(), new Findings(List.of(findings), List.of()), true);
    }

    @Test
    void everyPredictionIsThereColumnByColumn() throws IOException {
        SyntheticRun run = SyntheticRun.small();
        page(run.full());
        JsonNode data = data();
        int n = run.predictions().size();
        assertEquals(n, data.get("predictions").asInt());
        for (int row = 0; row < n; row++) {
            var p = run.predictions().get(row);
            JsonNode images = data.get("images");
            assertEquals(p.path(), images.get("path").get(row).asText());
            assertEquals(
                    p.label(),
                    data.get("classes")
                            .get(images.get("label").get(row).asInt())
                            .asText());
            assertEquals(p.pPredicted(), images.get("pPredicted").get(row).asDouble(), 1e-5);
            assertTrue(Files.exists(folder.resolve(
                    "assets/thumbnails/" + images.get("name").get(row).asText() + ".jpg")));
            assertTrue(Files.exists(folder.resolve(
                    "assets/thumbnails/small/" + images.get("name").get(row).asText() + ".jpg")));
        }
        assertEquals(
                n, data.get("localisation").get("predicted").get("massAccuracy").size());
        assertTrue(data.get("properties").has("brightness"));
        assertFalse(data.get("properties").has("objectHue"), "no image has one");
    }

    @Test
    void aMendedRunIsToldFromTheOneThatItMends() throws IOException {
        SyntheticRun run = SyntheticRun.small();
        assertFalse(page(run.full()).contains("mended"));
        run.mitigation = Optional.of(SyntheticMitigation.of(List.of()));
        String page = page(run.full());
        assertTrue(page.contains("<title>flowers102, mended – Gazecheck</title>"));
        assertTrue(page.contains("A mended network. Is it better than before?"));
        assertTrue(page.contains("Still so after mending. Proof for"));
    }

    @Test
    void theBaselineStandsBesideTheAccuracyOfTheSameSplit() throws IOException {
        SyntheticRun run = SyntheticRun.small();
        History history = RecordedNights.of(30);
        RecordedRun chosen = history.baseline().orElseThrow();
        Path folder = Files.createDirectories(this.folder.resolve("reports/now"));
        assertEquals(Baseline.NONE, Baseline.beside(folder, chosen.name(), Optional.empty()));
        HistoryFile file = HistoryFile.of(folder.getParent());
        file.add(chosen);
        file.setBaseline(chosen.id());
        assertEquals(Baseline.NONE, Baseline.beside(folder, "another", Optional.empty()), "of other data");
        Path own = folder.resolveSibling(chosen.folder().orElseThrow());
        assertEquals(Baseline.NONE, Baseline.beside(own, chosen.name(), chosen.model()), "not with itself");
        run.baseline = Baseline.beside(folder, chosen.name(), chosen.model());
        String page = page(run.full());
        String text = run.baseline.beside(Split.TEST).orElseThrow();
        assertTrue(
                text.matches("baseline 9\\d\\.\\d\u00a0% \\(\\d\\d\\.\\d–\\d\\d\\.\\d\\), run " + chosen.id()), text);
        assertEquals(
                2, page.split(Pattern.quote("<p class=\"baseline\">" + text), -1).length - 1, "overview and metrics");
    }

    @Test
    void aSmallGalleryKeepsTheErrorsAndTheEvidence() throws IOException {
        SyntheticRun run = SyntheticRun.small();
        List<Integer> rows = ShownImages.of(run.full(), Selection.of(run.predictions(), 9, 1))
                .rows();
        for (int row = 0; row < run.predictions().size(); row++) {
            assertTrue(run.predictions().get(row).correct() || rows.contains(row));
        }
        assertTrue(rows.size() >= 9 && rows.size() < run.predictions().size());
    }

    @Test
    void imagesAreMadeOnceWhileTheyStayTheSame() throws IOException {
        SyntheticRun run = SyntheticRun.small();
        AtomicInteger made = new AtomicInteger();
        String[] version = {"first"};
        ImageSource drawn = run.images;
        run.images = new ImageSource() {
            @Override
            public RgbImage framed(String path) throws IOException {
                made.incrementAndGet();
                return drawn.framed(path);
            }

            @Override
            public Optional<String> version() {
                return Optional.of(version[0]);
            }
        };
        page(run.full());
        int all = made.getAndSet(0);
        assertTrue(all >= run.predictions().size());
        Set<String> files = files();
        page(run.full());
        assertEquals(0, made.get());
        assertEquals(files, files());
        version[0] = "second";
        page(run.full());
        assertEquals(all, made.get());
    }

    @Test
    void aSecondReportReplacesTheFirstWithItsImages() throws IOException {
        SyntheticRun run = SyntheticRun.small();
        page(run.full());
        Set<String> first = files();
        String leftover = "assets/thumbnails/" + GalleryData.fileName("gone.jpg");
        Files.write(folder.resolve(leftover), new byte[] {1});
        Files.createDirectories(folder.resolve(".assets.new/thumbnails"));
        page(run.full());
        assertEquals(first, files());
    }

    @Test
    void anImageThatCannotBeReadLeavesTheEarlierReport() throws IOException {
        SyntheticRun run = SyntheticRun.small();
        String before = page(run.full());
        Set<String> files = files();
        run.images = path -> {
            throw new IOException("cannot read " + path);
        };
        assertThrows(IOException.class, () -> page(run.bare()));
        assertEquals(before, Files.readString(folder.resolve("index.html")));
        assertEquals(files, files());
    }

    @Test
    void theSameInputGivesTheSamePage() throws IOException {
        String first = page(SyntheticRun.small().full());
        String data = Files.readString(folder.resolve("assets/data.js"));
        assertEquals(first, page(SyntheticRun.small().full()));
        assertEquals(data, Files.readString(folder.resolve("assets/data.js")));
    }

    @Test
    void imagesAreNoLargerThanConfiguredAndKeepTheirColours() throws IOException {
        byte[] rgb = new byte[3 * 600 * 300];
        for (int i = 0; i < rgb.length; i += 3) {
            rgb[i] = (byte) 200;
            rgb[i + 1] = (byte) (i / 3 % 600 < 300 ? 40 : 160);
            rgb[i + 2] = 90;
        }
        Path file = folder.resolve("t.jpg");
        Files.write(file, Thumbnail.jpeg(new RgbImage(600, 300, rgb), 224));
        var image = ImageIO.read(file.toFile());
        assertEquals(224, image.getWidth());
        assertEquals(112, image.getHeight());
        assertEquals(40, image.getRGB(30, 50) >> 8 & 0xff, 4);
        assertEquals(160, image.getRGB(190, 50) >> 8 & 0xff, 4);
        assertEquals(200, image.getRGB(190, 50) >> 16 & 0xff, 4);
    }

    private static ReportInput with(ReportInput r, List<Localisation> localisation) {
        return with(r, localisation, r.heatmapQuality());
    }

    private static ReportInput with(ReportInput r, HeatmapQuality quality) {
        return with(r, r.localisation(), Optional.of(quality));
    }

    private static ReportInput with(ReportInput r, Review review) {
        return with(r, r.localisation(), r.heatmapQuality(), review);
    }

    private static ReportInput with(ReportInput r, List<Localisation> localisation, Optional<HeatmapQuality> quality) {
        return with(r, localisation, quality, r.review());
    }

    private static ReportInput with(ReportInput r, Interventions interventions) {
        return with(r, r.localisation(), r.heatmapQuality(), r.review(), interventions);
    }

    private static ReportInput with(
            ReportInput r, List<Localisation> localisation, Optional<HeatmapQuality> quality, Review review) {
        return with(r, localisation, quality, review, r.interventions().orElse(null));
    }

    private static ReportInput with(
            ReportInput r,
            List<Localisation> localisation,
            Optional<HeatmapQuality> quality,
            Review review,
            @Nullable Interventions interventions) {
        return new ReportInput(
                r.title(),
                r.configuration(),
                r.classes(),
                r.metrics(),
                r.predictions(),
                r.heatmaps(),
                r.images(),
                r.masks(),
                localisation,
                r.properties(),
                r.dataQuality(),
                r.clusters(),
                r.findings(),
                Optional.ofNullable(interventions),
                r.counterfactuals(),
                quality,
                r.epochs(),
                review,
                r.warnings(),
                r.dataset(),
                r.provenance(),
                Optional.empty(),
                EarlierRun.NONE,
                Optional.empty(),
                Baseline.NONE);
    }

    /** Images of which only some can be opened, and what was opened of them. */
    private static ImageSource only(Predicate<String> there, List<String> opened) {
        return new ImageSource() {
            @Override
            public RgbImage framed(String path) throws IOException {
                synchronized (opened) {
                    opened.add(path);
                }
                if (!there.test(path)) {
                    throw new NoSuchFileException(path);
                }
                return new RgbImage(8, 8, new byte[192]);
            }

            @Override
            public Optional<String> version() {
                return Optional.of("1");
            }
        };
    }

    private static final class Told implements Progress {
        private final List<String> messages = new ArrayList<>();

        @Override
        public Task start(String name, long total) {
            return steps -> {};
        }

        @Override
        public void message(String text) {
            messages.add(text);
        }
    }

    @Test
    void aReportTakesTheThumbnailsThatAreThereAndSaysWhichImagesAreMissing() throws IOException {
        SyntheticRun run = SyntheticRun.small();
        run.folder = folder;
        List<String> opened = new ArrayList<>();
        run.images = only(path -> true, opened);
        ReportWriter.write(run.full(), folder, Progress.SILENT);
        int all = opened.size();
        opened.clear();
        run.images = only(path -> false, opened);
        Told told = new Told();
        Path one = folder.resolve("one.html");

        ReportWriter.write(run.full(), folder, told);
        ReportWriter.writeSingleFile(run.full(), one, told);
        assertEquals(List.of(), opened);
        assertEquals(
                "thumbnails: " + all + " taken from " + folder.resolve("assets/thumbnails") + ", 0 made of the images",
                told.messages.get(0));
        assertEquals(2, told.messages.size());

        Path file = folder.resolve(
                "assets/thumbnails/" + GalleryData.fileName(run.errors().get(0).path()));
        byte[] jpeg = Files.readAllBytes(file);
        Files.write(file, Arrays.copyOf(jpeg, jpeg.length / 2));
        Files.delete(folder.resolve(
                "assets/thumbnails/" + GalleryData.fileName(run.errors().get(1).path())));
        Files.delete(one);
        for (ReportWriting writing : List.<ReportWriting>of(
                () -> ReportWriter.write(run.full(), folder, told),
                () -> ReportWriter.writeSingleFile(run.full(), one, told))) {
            GazecheckException e = assertThrows(GazecheckException.class, writing::done);
            assertTrue(e.getMessage().startsWith("2 images of the report cannot be used, and "), e.getMessage());
            assertTrue(e.getMessage().contains(run.errors().get(0).path() + " (not there)"), e.getMessage());
            assertTrue(e.getMessage().contains(run.errors().get(1).path() + " (not there)"), e.getMessage());
        }
        assertFalse(Files.exists(one));
        run.images = only(path -> true, opened);
        told.messages.clear();
        ReportWriter.writeSingleFile(run.full(), one, told);
        assertTrue(told.messages.get(0).endsWith(", 2 made of the images"), told.messages.get(0));
    }

    private interface ReportWriting extends Executable {
        void done() throws IOException;

        @Override
        default void execute() throws IOException {
            done();
        }
    }

    @Test
    void theSingleFileCountsWhatItHolds() throws IOException {
        SyntheticRun run = new SyntheticRun(List.of("rose", "tulip"), 16);
        for (int i = 0; i < 600; i++) {
            run.add(Split.TEST, i + ".jpg", i % 2, i % 2 == 0);
        }
        Path file = folder.resolve("one.html");
        ReportWriter.writeSingleFile(run.bare(), file, Progress.SILENT);
        String page = Files.readString(file);
        String lead = page.substring(page.indexOf("200 of 600 predictions are in this file"));
        assertTrue(
                lead.startsWith("200 of 600 predictions are in this file, 200 of the "
                        + run.errors().size() + " errors among them, the most confident in any case.</p>"),
                lead.substring(0, 200));
    }

    @Test
    void theDataHoldTheVerdictsOfAllReviewersOnThisRun() throws IOException {
        SyntheticRun run = SyntheticRun.small();
        Prediction second = run.errors().get(1);
        Instant time = Instant.parse("2026-11-01T09:00:00Z");
        run.said = List.of(
                run.verdict("Ben", second, ImageVerdict.Judgement.OTHER, time),
                new FindingVerdict("x", FindingVerdict.Ruling.CONFIRMED, "", "Ben", time, run.id),
                new FindingVerdict("x", FindingVerdict.Ruling.CONFIRMED, "", "Ben", time, "00".repeat(8)));
        run.withdrawn = List.of(new Withdrawal("Cleo", second.sha256(), time));
        page(run.full());
        JsonNode data = data();
        List<String> said = new ArrayList<>();
        data.get("verdicts")
                .forEach(v -> said.add(v.get("reviewer").asText() + " "
                        + v.get("verdict").asText() + " " + v.get("comment").asText()));
        assertEquals(List.of("Ben confirmed ", "Ada label-wrong ", "Ben other hm"), said);
        assertEquals("Cleo", data.get("withdrawals").get(0).get("reviewer").asText());
        assertEquals(
                second.sha256(), data.get("withdrawals").get(0).get("subject").asText());
    }

    @Test
    void aJudgedImageBelongsToTheGalleryHoweverSmallItIs() {
        SyntheticRun run = SyntheticRun.small();
        run.said = List.of(run.verdict(
                "Ben", run.errors().get(5), ImageVerdict.Judgement.AMBIGUOUS, Instant.parse("2026-11-01T09:00:00Z")));
        ReportInput input = run.full();
        ShownImages shown = ShownImages.of(input, Selection.of(run.predictions(), 1, 1));
        int row = run.predictions().indexOf(run.errors().get(5));
        assertTrue(shown.rows().contains(row), shown.rows().toString());
    }
}
