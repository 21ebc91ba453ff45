package org.gazecheck.report;

import gg.jte.ContentType;
import gg.jte.TemplateEngine;
import gg.jte.output.StringOutput;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Base64;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.gazecheck.failure.GazecheckException;
import org.gazecheck.io.AtomicFile;
import org.gazecheck.io.Hashes;
import org.gazecheck.io.Unwritable;
import org.gazecheck.progress.Progress;
import org.gazecheck.report.page.Page;
import org.gazecheck.report.page.Parts;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Writes {@code index.html} and {@code assets/}: a report that opens by double click from the file system, offline.
 *
 * <p>The page may load nothing but its own files ({@code 'self'}, which Chromium grants to pages opened from the file
 * system; {@code file:} is for browsers that do not). Pages opened from the file system may not fetch, so data comes as
 * a script.
 */
public final class ReportWriter {
    private static final TemplateEngine TEMPLATES = TemplateEngine.createPrecompiled(
            null, ContentType.Html, ReportWriter.class.getClassLoader(), "org.gazecheck.report.jte");

    /** Parts of the one script, in this order. */
    private static final List<String> SCRIPTS = List.of(
            "document",
            "views",
            "dialogs",
            "colours",
            "columns",
            "images",
            "heatmaps",
            "csv",
            "verdictstore",
            "verdicts",
            "review",
            "rulings",
            "queue",
            "signing",
            "criteria",
            "rail",
            "address",
            "cards",
            "mended",
            "selection",
            "grid",
            "paper",
            "zoom",
            "picture",
            "likeness",
            "detail",
            "regions",
            "map",
            "savedviews",
            "classes",
            "groups",
            "confusions",
            "toolbar",
            "tables",
            "copytables",
            "start");

    private static final int ERRORS_IN_ONE_FILE = 200;
    private static final Logger LOG = LoggerFactory.getLogger(ReportWriter.class);

    private ReportWriter() {}

    /**
     * Writes the report into a folder, replacing an earlier one; images that the earlier one has are taken again
     * where they are the same. The new one is made beside the earlier one and moved into place, assets first and {@code
     * index.html} last. One writer at a time: the caller holds the run folder's lock.
     */
    public static void write(ReportInput input, Path folder, Progress progress) throws IOException {
        Selection selection = Selection.of(
                input.predictions(),
                input.configuration().report().galleryImages(),
                input.configuration().seed());
        ShownImages shown = ShownImages.of(input, selection);
        String json = new GalleryData(input, shown).json();

        Files.createDirectories(folder);
        Path assets = folder.resolve("assets");
        Path beside = folder.resolve(".assets.new");
        delete(beside);
        String page;
        try {
            Files.createDirectories(beside);
            writeScripts(json, beside);
            boolean maps = MapBlocks.write(input, shown.rows(), beside);
            writePictures(input, beside);
            UnaryOperator<String> pictures = name -> "assets/counterfactuals/" + name;
            UntouchedImages untouched = UntouchedImages.inGallery(input);
            page = html(
                    new PageBuilder(input, selection, shown, pictures, untouched, false).build(id(json), maps),
                    Parts.BESIDE);
            new Thumbnails(input, assets).write(shown.paths(input.predictions()), beside, progress);
            replace(beside, assets, folder.resolve(".assets.old"));
        } catch (IOException e) {
            throw Unwritable.explained(assets, e);
        } finally {
            discard(beside);
        }
        AtomicFile.write(folder.resolve("index.html"), page);
    }

    private static String html(Page page, Parts parts) {
        StringOutput out = new StringOutput();
        TEMPLATES.render("report.jte", Map.of("page", page, "parts", parts), out);
        return out.toString();
    }

    private static void writePictures(ReportInput input, Path assets) throws IOException {
        List<String> names = input.counterfactuals().files();
        if (names.isEmpty()) {
            return;
        }
        Path folder = Files.createDirectories(assets.resolve("counterfactuals"));
        for (String name : names) {
            Files.write(folder.resolve(name), input.counterfactuals().source().jpeg(name));
        }
    }

    private static String id(String json) {
        return Hashes.sha256(json).substring(0, 16);
    }

    private static void writeScripts(String json, Path assets) throws IOException {
        Files.writeString(assets.resolve("report.css"), style());
        Files.writeString(assets.resolve("icon.svg"), resource("icon.svg"));
        Files.writeString(assets.resolve("report.js"), script());
        Files.write(assets.resolve("data.js"), data(json).getBytes(StandardCharsets.US_ASCII));
    }

    /** As one text of JSON: a browser parses it in a fraction of the memory that as many literals would take. */
    private static String data(String json) {
        String whole = "{\"id\":\"" + id(json) + "\"," + json.substring(1);
        return "window.GAZECHECK = JSON.parse('" + whole.replace("\\", "\\\\").replace("'", "\\'") + "');\n";
    }

    /** The style sheet of all pages. */
    static String style() throws IOException {
        return resource("report.css");
    }

    private static String script() throws IOException {
        StringBuilder script = new StringBuilder("'use strict';\n(() => {\n");
        for (String part : SCRIPTS) {
            script.append(resource("script/" + part + ".js"));
        }
        return script.append("})();\n").toString();
    }

    private static String resource(String name) throws IOException {
        try (InputStream in = ReportWriter.class.getResourceAsStream(name)) {
            if (in == null) {
                throw new GazecheckException("the program is incomplete: its resource " + name + " is missing");
            }
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        }
    }

    /**
     * Writes a report that is one file, to be sent by mail: the most confident errors, the findings' evidence, what must
     * be reviewed and what reviewers contradict each other about, with style, script, heatmaps and images inside. Thumbnails
     * of the report in the run folder are taken where they are those of this run.
     */
    public static void writeSingleFile(ReportInput input, Path file, Progress progress) throws IOException {
        Selection selection = Selection.of(
                input.predictions(),
                ERRORS_IN_ONE_FILE,
                0,
                input.configuration().seed());
        ShownImages shown = ShownImages.of(input, selection, input.review().disputed(input.predictions()), List.of());
        String json = new GalleryData(input, shown).json();
        List<MapBlocks.Content> blocks = MapBlocks.all(input, shown.rows());
        boolean maps = blocks.stream().anyMatch(MapBlocks.Content::any);
        Path assets = input.configuration().output().dir().resolve("assets");
        List<String> thumbnails = new Thumbnails(input, assets)
                .all(shown.paths(input.predictions()), progress).stream()
                        .map(jpeg -> "\"" + inside(jpeg) + "\"")
                        .toList();
        String everything = json.substring(0, json.length() - 1) + ",\"blocks\":["
                + blocks.stream().map(MapBlocks.Content::json).collect(Collectors.joining(","))
                + "],\"thumbnails\":[" + String.join(",", thumbnails) + "]}";
        Map<String, String> pictures = new HashMap<>();
        for (String name : input.counterfactuals().files()) {
            pictures.put(name, inside(input.counterfactuals().source().jpeg(name)));
        }
        List<String> edited = UntouchedImages.paths(input);
        List<byte[]> small = new Thumbnails(input, assets).all(edited, Progress.SILENT);
        Map<String, String> sources = new HashMap<>();
        for (int i = 0; i < edited.size(); i++) {
            sources.put(edited.get(i), inside(Thumbnail.small(small.get(i))));
        }
        UntouchedImages untouched = UntouchedImages.inPage(input, sources);
        Page page =
                new PageBuilder(input, selection, shown, pictures::get, untouched, true).build(id(everything), maps);
        Parts parts = Parts.inside(style(), script(), data(everything).replace("<", "\\u003c"));
        AtomicFile.write(file, html(page, parts));
    }

    private static String inside(byte[] jpeg) {
        return "data:image/jpeg;base64," + Base64.getEncoder().encodeToString(jpeg);
    }

    private static void replace(Path fresh, Path place, Path aside) throws IOException {
        delete(aside);
        if (Files.exists(place)) {
            Files.move(place, aside, StandardCopyOption.ATOMIC_MOVE);
        }
        Files.move(fresh, place, StandardCopyOption.ATOMIC_MOVE);
        delete(aside);
    }

    /** After a failure images may still be written into it; what stays behind is removed by the next writer. */
    private static void discard(Path folder) {
        try {
            delete(folder);
        } catch (IOException e) {
            LOG.debug("{} stays behind: {}", folder, e.getMessage());
        }
    }

    private static void delete(Path folder) throws IOException {
        try (Stream<Path> files = Files.walk(folder)) {
            files.sorted(Comparator.reverseOrder()).forEach(ReportWriter::deleteOne);
        } catch (NoSuchFileException e) {
            return;
        } catch (UncheckedIOException e) {
            throw e.getCause();
        }
    }

    private static void deleteOne(Path file) {
        try {
            Files.delete(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
