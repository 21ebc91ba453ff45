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
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;
import org.gazecheck.io.AtomicFile;
import org.gazecheck.io.Hashes;
import org.gazecheck.io.Unwritable;
import org.gazecheck.progress.Progress;

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
            "colours",
            "images",
            "heatmaps",
            "csv",
            "review",
            "criteria",
            "address",
            "cards",
            "grid",
            "detail",
            "classes",
            "confusions",
            "toolbar",
            "tables",
            "start");

    private ReportWriter() {}

    /**
     * Writes the report into a folder, replacing an earlier one; photographs that the earlier one has are taken again
     * where they are the same. The new one is made beside the earlier one and moved into place, assets first and {@code
     * index.html} last. One writer at a time: the caller holds the run folder's lock.
     */
    public static void write(ReportInput input, Path folder, Progress progress) throws IOException {
        Selection selection = Selection.of(
                input.predictions(),
                input.configuration().report().images(),
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
            boolean maps = MapBlocks.write(input.heatmaps(), shown.rows(), beside);
            page = html(input, selection, json, maps);
            new Photographs(input, assets, beside).write(shown.paths(input.predictions()), progress);
            replace(beside, assets, folder.resolve(".assets.old"));
        } catch (IOException e) {
            throw Unwritable.explained(assets, e);
        } finally {
            delete(beside);
        }
        AtomicFile.write(folder.resolve("index.html"), page);
    }

    private static String html(ReportInput input, Selection selection, String json, boolean maps) {
        StringOutput out = new StringOutput();
        TEMPLATES.render("report.jte", new PageBuilder(input, selection).build(id(json), maps), out);
        return out.toString();
    }

    private static String id(String json) {
        return Hashes.sha256(json).substring(0, 16);
    }

    private static void writeScripts(String json, Path assets) throws IOException {
        Files.writeString(assets.resolve("report.css"), resource("report.css"));
        StringBuilder script = new StringBuilder("'use strict';\n(() => {\n");
        for (String part : SCRIPTS) {
            script.append(resource("script/" + part + ".js"));
        }
        Files.writeString(assets.resolve("report.js"), script.append("})();\n"));
        String data = "window.GAZECHECK = {\"id\":\"" + id(json) + "\"," + json.substring(1) + ";\n";
        Files.write(assets.resolve("data.js"), data.getBytes(StandardCharsets.US_ASCII));
    }

    private static String resource(String name) throws IOException {
        try (InputStream in = ReportWriter.class.getResourceAsStream(name)) {
            if (in == null) {
                throw new IOException("the program is incomplete: its resource " + name + " is missing");
            }
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        }
    }

    private static void replace(Path fresh, Path place, Path aside) throws IOException {
        delete(aside);
        if (Files.exists(place)) {
            Files.move(place, aside, StandardCopyOption.ATOMIC_MOVE);
        }
        Files.move(fresh, place, StandardCopyOption.ATOMIC_MOVE);
        delete(aside);
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
