package org.gazecheck.report;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.ShortBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import javax.imageio.ImageIO;
import org.gazecheck.image.RgbImage;
import org.gazecheck.progress.Progress;
import org.gazecheck.results.Attention;
import org.gazecheck.results.MapTarget;
import org.gazecheck.results.Metrics;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ReportWriterTest {
    @TempDir
    Path folder;

    private String page(ReportInput input) throws IOException {
        ReportWriter.write(input, folder, Progress.SILENT);
        return Files.readString(folder.resolve("index.html"));
    }

    private JsonNode data() throws IOException {
        String script = Files.readString(folder.resolve("assets/data.js"));
        return new ObjectMapper().readTree(script.substring(script.indexOf('{')));
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
        assertTrue(page.contains("data-filter=\"daisy &#34;ox-eye&#34; &amp; co\""));
    }

    @Test
    void nothingIsInlineAndNothingForeign() throws IOException {
        String page = page(SyntheticRun.small().full());
        assertFalse(
                Pattern.compile("<script(?![^>]* src=\"assets/)").matcher(page).find());
        assertFalse(page.contains("<style"));
        assertFalse(Pattern.compile("\\s(style|on[a-z]+)=\"").matcher(page).find());
        assertFalse(page.contains("http://") || page.contains("https://"));
        assertTrue(page.contains("default-src 'none'"));
    }

    @Test
    void numbersAreFormattedForPeople() throws IOException {
        String page = page(SyntheticRun.small().full());
        assertTrue(page.contains("98.9 %"));
        assertTrue(page.contains("98.4–99.4"));
        assertTrue(page.contains("p &lt; 0.001, q = 0.001"));
        assertTrue(page.contains("15 min 21 s"));
        assertTrue(page.contains("expected 95.0 %: missed (−15.0 points)"));
    }

    @Test
    void whatARunLacksIsSaidInItsPlace() throws IOException {
        String page = page(SyntheticRun.small().bare());
        for (String text : List.of(
                "; val was not evaluated",
                "This run has no attention measures",
                "This run has no findings",
                "This run has no heatmaps",
                "This run has no epochs",
                "No warnings",
                "This run states no provenance",
                "No durations are recorded")) {
            assertTrue(page.contains(text), text);
        }
        assertTrue(page.contains("<p class=\"split\">test, n = 30</p>"));
        assertFalse(page.contains("<p class=\"split\">val"));
        assertFalse(page.contains("NaN") || page.contains("null"));
    }

    @Test
    void aRunWithoutMasksSaysSoAndStillShowsBorderAndEntropy() throws IOException {
        SyntheticRun run = SyntheticRun.small();
        String page = page(with(run.bare(), run.attention(false)));
        assertTrue(page.contains("This run has no masks"));
        assertTrue(page.contains("Near the border"));
        assertFalse(page.contains("Inside the mask") || page.contains("NaN"));
    }

    @Test
    void exchangedBackgroundsAreShownWithTheirVerdicts() throws IOException {
        SyntheticRun run = SyntheticRun.small();
        String page = page(run.full());
        assertTrue(page.contains("Background gap (same class minus other classes): +9.0 points"));
        assertTrue(page.contains("52.0 % against 3.0 % before others (n = 120)".replace(" %", "\u00a0%"))
                || page.contains("52.0 % against 3.0 % before others (n = 120)"));
        assertTrue(page.contains("confirmed") && page.contains("too few images to try"));
        assertTrue(page(run.bare()).contains("Backgrounds were not exchanged"));
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
                bare.photographs(),
                List.of(),
                List.of(),
                Optional.empty(),
                List.of(),
                List.of(),
                bare.provenance()));
        assertTrue(page.contains("No split was evaluated, so nothing can be said"));
    }

    @Test
    void mapsKeepTheirValuesToASixteenBitStep() throws IOException {
        SyntheticRun run = SyntheticRun.small();
        page(run.full());
        JsonNode image = data().get("images").get(0);
        int row = run.predictions().stream()
                .map(p -> p.path())
                .toList()
                .indexOf(image.get("path").asText());
        for (MapTarget target : MapTarget.values()) {
            JsonNode stored = image.get("maps").get(target.text());
            ShortBuffer steps = ByteBuffer.wrap(stored.get("steps").binaryValue())
                    .order(ByteOrder.LITTLE_ENDIAN)
                    .asShortBuffer();
            Heatmap raw = SyntheticRun.smooth(row, target).orElseThrow();
            assertEquals(raw.values().length, steps.remaining());
            for (int i = 0; i < raw.values().length; i++) {
                assertEquals(raw.values()[i], steps.get(i) * stored.get("scale").asDouble(), 3.1 / 32767);
            }
        }
    }

    @Test
    void aSecondReportReplacesTheFirstWithItsPhotographs() throws IOException {
        SyntheticRun run = SyntheticRun.small();
        page(run.full());
        Set<String> first = files();
        String leftover = "assets/photographs/" + GalleryData.photograph("gone.jpg");
        Files.write(folder.resolve(leftover), new byte[] {1});
        Files.createDirectories(folder.resolve(".assets.new/photographs"));
        page(run.full());
        assertEquals(first, files());
    }

    @Test
    void aPhotographThatCannotBeReadLeavesTheEarlierReport() throws IOException {
        SyntheticRun run = SyntheticRun.small();
        String before = page(run.full());
        Set<String> files = files();
        run.photographs = path -> {
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
    void photographsAreNoLargerThanConfiguredAndKeepTheirColours() throws IOException {
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

    private static ReportInput with(ReportInput r, List<Attention> attention) {
        return new ReportInput(
                r.title(),
                r.configuration(),
                r.classes(),
                r.metrics(),
                r.predictions(),
                r.heatmaps(),
                r.photographs(),
                attention,
                r.findings(),
                r.interventions(),
                r.epochs(),
                r.warnings(),
                r.provenance());
    }
}
