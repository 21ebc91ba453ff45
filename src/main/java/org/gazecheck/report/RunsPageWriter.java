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
import org.gazecheck.results.FindingsFile;
import org.gazecheck.results.GatesFile;
import org.gazecheck.results.RunFolder;
import org.gazecheck.results.RunVerdict;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

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

    private static final Logger LOG = LoggerFactory.getLogger(RunsPageWriter.class);

    private RunsPageWriter() {}

    /** Whole or not at all, in place of an earlier one. */
    public static void write(History history, Path reports) throws IOException {
        StringOutput out = new StringOutput();
        Function<String, Optional<Path>> page = folder -> Stream.of(
                        reports.resolve(folder).resolve(NIGHT), new RunFolder(reports.resolve(folder)).report())
                .filter(file -> inside(reports, folder) && Files.isRegularFile(file))
                .findFirst();
        Function<String, Optional<RunVerdict>> verdict =
                folder -> inside(reports, folder) ? verdict(new RunFolder(reports.resolve(folder))) : Optional.empty();
        TEMPLATES.render(
                "runs.jte",
                Map.of("page", new RunsPageBuilder(history, page, verdict).build(ReportWriter.style())),
                out);
        AtomicFile.write(reports.resolve(NAME), out.toString());
    }

    /** With the gates, where they judged the run; empty also where the files of its folder cannot be read. */
    private static Optional<RunVerdict> verdict(RunFolder run) {
        try {
            if (Files.isRegularFile(run.gates())) {
                Optional<RunVerdict> judged =
                        Optional.ofNullable(GatesFile.read(run.gates()).network());
                if (judged.isPresent()) {
                    return judged;
                }
            }
            return Files.isRegularFile(run.findings())
                    ? Optional.ofNullable(FindingsFile.read(run.findings()).verdict())
                    : Optional.empty();
        } catch (IOException e) {
            LOG.debug("{} says no verdict: {}", run.root(), e.getMessage());
            return Optional.empty();
        }
    }

    /** A history from elsewhere must not lead out of the folder. */
    private static boolean inside(Path reports, String folder) {
        Path root = reports.toAbsolutePath().normalize();
        Path run = root.resolve(folder).normalize();
        return run.startsWith(root) && !run.equals(root);
    }
}
