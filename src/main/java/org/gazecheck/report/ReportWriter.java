package org.gazecheck.report;

import java.io.IOException;
import java.nio.file.Path;
import org.gazecheck.progress.Progress;

/** Writes {@code index.html} and {@code assets/}: a report that opens from the file system, offline. */
public final class ReportWriter {
    private ReportWriter() {}

    public static void write(ReportInput input, Path folder, Progress progress) throws IOException {
        throw new IOException("not written yet: " + input.title() + " to " + folder + " " + progress);
    }
}
