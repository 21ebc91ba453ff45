package org.gazecheck.report;

import gg.jte.ContentType;
import gg.jte.TemplateEngine;
import gg.jte.output.StringOutput;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Stream;
import org.gazecheck.history.History;
import org.gazecheck.io.AtomicFile;
import org.gazecheck.results.RunFolder;

/**
 * Writes {@code index.html} of a folder of runs: one file without script, which opens from the file system and links to the
 * runs' reports.
 */
public final class RunsPageWriter {
    public static final String NAME = "index.html";

    /** In the folder of a night: what it came to. */
    public static final String NIGHT = "night.html";

    private static final TemplateEngine TEMPLATES = TemplateEngine.createPrecompiled(
            null, ContentType.Html, RunsPageWriter.class.getClassLoader(), "org.gazecheck.report.jte");

    private RunsPageWriter() {}

    /** Whole or not at all, in place of an earlier one. */
    public static void write(History history, Path reports) throws IOException {
        StringOutput out = new StringOutput();
        Function<String, Optional<Path>> page = folder -> Stream.of(
                        reports.resolve(folder).resolve(NIGHT), new RunFolder(reports.resolve(folder)).report())
                .filter(file -> inside(reports, folder) && Files.isRegularFile(file))
                .findFirst();
        TEMPLATES.render(
                "runs.jte", Map.of("page", new RunsPageBuilder(history, page).build(ReportWriter.style())), out);
        AtomicFile.write(reports.resolve(NAME), out.toString());
    }

    /** A history from elsewhere must not lead out of the folder. */
    private static boolean inside(Path reports, String folder) {
        Path root = reports.toAbsolutePath().normalize();
        Path run = root.resolve(folder).normalize();
        return run.startsWith(root) && !run.equals(root);
    }
}
