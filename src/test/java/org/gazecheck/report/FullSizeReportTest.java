package org.gazecheck.report;

import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.gazecheck.ReferenceData;
import org.gazecheck.image.Framing;
import org.gazecheck.image.ImageDecoder;
import org.gazecheck.image.Mask;
import org.gazecheck.image.Normalisation;
import org.gazecheck.image.Preprocessing;
import org.gazecheck.progress.Progress;
import org.gazecheck.results.Split;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.junit.jupiter.api.io.TempDir;

/** A report as large as that of the whole of Oxford Flowers 102, and what it asks of a browser. */
@Tag("slowest")
class FullSizeReportTest {
    private static final int TEST = 6149;
    private static final int VAL = 1020;
    private static final long MEGABYTE = 1_000_000;

    @TempDir
    private Path folder;

    @Test
    void itKeepsItsBudgets() throws Exception {
        Path run = folder.resolve("run");
        ReportWriter.write(synthetic().full(), run, Progress.SILENT);
        assertBudgets(run);
    }

    /** The run is named by {@code -Dreport.run=FOLDER}. */
    @Test
    @EnabledIfSystemProperty(named = "report.run", matches = ".+")
    void aRealRunKeepsThemToo() throws Exception {
        assertBudgets(Path.of(System.getProperty("report.run")).toAbsolutePath());
    }

    private static void assertBudgets(Path run) throws Exception {
        long bytes = Files.size(run.resolve("index.html"));
        try (Stream<Path> files = Files.walk(run.resolve("assets"))) {
            bytes += files.mapToLong(f -> f.toFile().length()).sum();
        }
        System.out.printf("folder: %.1f MB%n", (double) bytes / MEGABYTE);
        assertTrue(bytes < 140 * MEGABYTE, bytes + " bytes");
        try (Browser browser = Browser.open()) {
            browser.open(run.resolve("index.html"), "", 1440, 1000);
            long paint = browser.number("performance.getEntriesByName('first-contentful-paint')[0].startTime");
            System.out.println("first paint: " + paint + " ms");
            assertTrue(paint < 1000, paint + " ms");
            say("first page", browser);
            browser.run("location.hash = '#/images'");
            browser.until("return document.querySelector('#gallery article') !== null");
            say("images", browser);
            double slowest = 0;
            for (String change : List.of(
                    preset("all"),
                    input("sort", "loss"),
                    input("sort", "massAccuracy"),
                    input("text", "image_01"),
                    "document.querySelector('[data-facet=label] .facet').click()",
                    preset("wrongReason"),
                    preset("errors"))) {
                slowest = Math.max(slowest, milliseconds(browser, change));
            }
            assertTrue(slowest < 100, slowest + " ms");
            say("filters", browser);
            for (int screen = 0; screen < 40; screen++) {
                browser.run("scrollBy(0, 4 * innerHeight)");
                browser.run("return new Promise(done => setTimeout(done, 60))");
            }
            long heap = browser.number("performance.memory.usedJSHeapSize");
            long resident = browser.residentOfPage();
            System.out.printf(
                    "memory of the page: %.0f MB of script, %.0f MB resident%n",
                    (double) heap / MEGABYTE, (double) resident / MEGABYTE);
            assertTrue(resident < 340 * MEGABYTE, resident + " bytes");
            browser.assertClean();
        }
    }

    private static void say(String seen, Browser browser) throws IOException {
        System.out.printf("memory after %s: %.0f MB resident%n", seen, (double) browser.residentOfPage() / MEGABYTE);
    }

    /** As a reader would change it: through the forms. */
    private static double milliseconds(Browser browser, String change) {
        browser.run(change);
        double taken = Double.parseDouble(browser.text("document.documentElement.dataset.milliseconds"));
        System.out.println(change + ": " + taken + " ms, " + browser.text("document.querySelector('.matches').value"));
        return taken;
    }

    private static String preset(String id) {
        return "document.querySelector('[data-preset=" + id + "]').click()";
    }

    private static String input(String name, String value) {
        return "const field = document.getElementById('filters').elements['" + name + "']; field.value = '" + value
                + "'; field.dispatchEvent(new Event('input', { bubbles: true }))";
    }

    private static SyntheticRun synthetic() throws IOException {
        Path data = ReferenceData.path("flowers102");
        List<String> classes = Files.readAllLines(data.resolve("class_names.txt"));
        List<Path> images = new ArrayList<>();
        try (Stream<Path> files = Files.list(data.resolve("jpg"))) {
            files.sorted().forEach(images::add);
        }
        SyntheticRun run = new SyntheticRun(classes, 288);
        for (int i = 0; i < TEST + VAL; i++) {
            String name = images.get(i % images.size()).getFileName().toString();
            String path = i < images.size() ? "jpg/" + name : "again/" + name;
            run.add(i < TEST ? Split.TEST : Split.VAL, path, i % classes.size(), i % 19 == 0);
        }
        ImageDecoder decoder = new ImageDecoder(10_000_000);
        run.images = path -> {
            Path file = data.resolve("jpg").resolve(Path.of(path).getFileName());
            return Framing.frame(
                    decoder.decode(Files.exists(file) ? file : images.get(0)),
                    Preprocessing.at(288, Normalisation.TORCHVISION));
        };
        run.masks = SyntheticRun.estimated(row -> new MaskSource.Seen(jagged(row)));
        return run;
    }

    /** As uneven as masks of nature are. */
    private static Mask jagged(int row) {
        int size = 288;
        boolean[] foreground = new boolean[size * size];
        for (int i = 0; i < foreground.length; i++) {
            double x = i % size - 144.0;
            double y = i / size - 144.0;
            double angle = Math.atan2(y, x);
            double waves = Math.cos(5 * angle + row) + 0.5 * Math.cos(17 * angle) + 0.3 * Math.cos(53 * angle + row);
            foreground[i] = Math.hypot(x, y) < 80 + row % 20 + 14 * waves;
        }
        return new Mask(size, size, foreground);
    }
}
