package org.gazecheck.report;

import gg.jte.ContentType;
import gg.jte.TemplateEngine;
import gg.jte.output.StringOutput;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;
import org.gazecheck.io.AtomicFile;

/** Writes what changed from one run to another as one file without script, which opens from the file system. */
public final class ChangesPageWriter {
    private static final TemplateEngine TEMPLATES = TemplateEngine.createPrecompiled(
            null, ContentType.Html, ChangesPageWriter.class.getClassLoader(), "org.gazecheck.report.jte");

    private ChangesPageWriter() {}

    /** Whole or not at all, in place of an earlier one. */
    public static void write(Path file, Changes changes) throws IOException {
        StringOutput out = new StringOutput();
        TEMPLATES.render(
                "changes.jte", Map.of("page", new ChangesPageBuilder(changes).build(ReportWriter.style())), out);
        AtomicFile.write(file, out.toString());
    }
}
