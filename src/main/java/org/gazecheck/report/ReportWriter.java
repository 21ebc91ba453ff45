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
import java.util.Set;
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

    private ReportWriter() {}

    /**
     * Writes the report into a folder, replacing an earlier one with all its photographs. The new one is made beside the
     * earlier one and moved into place, assets first and {@code index.html} last. One writer at a time: the caller
     * holds the run folder's lock.
     */
    public static void write(ReportInput input, Path folder, Progress progress) throws IOException {
        Selection selection = Selection.of(
                input.predictions(),
                input.configuration().report().errors(),
                input.configuration().report().correct(),
                input.configuration().seed());
        GalleryData gallery = GalleryData.of(input, selection);
        String json = gallery.json();
        String page = html(input, selection, gallery, json);

        Files.createDirectories(folder);
        Path beside = folder.resolve(".assets.new");
        delete(beside);
        try {
            writeAssets(input, gallery.paths(), json, beside, progress);
            replace(beside, folder.resolve("assets"), folder.resolve(".assets.old"));
        } catch (IOException e) {
            throw Unwritable.explained(folder.resolve("assets"), e);
        } finally {
            delete(beside);
        }
        AtomicFile.write(folder.resolve("index.html"), page);
    }

    private static String html(ReportInput input, Selection selection, GalleryData gallery, String json) {
        StringOutput out = new StringOutput();
        TEMPLATES.render("report.jte", new PageBuilder(input, selection).build(id(json), gallery.hasMaps()), out);
        return out.toString();
    }

    private static String id(String json) {
        return Hashes.sha256(json).substring(0, 16);
    }

    private static void writeAssets(ReportInput input, Set<String> paths, String json, Path assets, Progress progress)
            throws IOException {
        Path photographs = Files.createDirectories(assets.resolve("photographs"));
        for (String resource : new String[] {"report.css", "report.js"}) {
            try (InputStream in = ReportWriter.class.getResourceAsStream(resource)) {
                if (in == null) {
                    throw new IOException("the program is incomplete: its resource " + resource + " is missing");
                }
                Files.copy(in, assets.resolve(resource));
            }
        }
        String script = "window.GAZECHECK = {\"id\":\"" + id(json) + "\"," + json.substring(1) + ";\n";
        Files.write(assets.resolve("data.js"), script.getBytes(StandardCharsets.US_ASCII));
        try (Progress.Task task = progress.start("photographs of the report", paths.size())) {
            for (String path : paths) {
                byte[] jpeg = Thumbnail.jpeg(
                        input.photographs().framed(path),
                        input.configuration().report().photograph());
                Files.write(photographs.resolve(GalleryData.photograph(path)), jpeg);
                task.advance(1);
            }
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
