package org.gazecheck.results;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;

/** A table of images as {@code data.source: csv} reads it: {@code file}, {@code label}, {@code split}. */
public final class LabelsFile {
    private static final Csv<Line> CSV = new Csv<>(
            List.of("file", "label", "split"),
            c -> new Line(Cells.filled("file", c[0]), Cells.filled("label", c[1]), Cells.split(c[2])),
            line -> List.of(line.file(), line.label(), line.split().text()));

    private LabelsFile() {}

    /** @param file relative to the data folder, with forward slashes */
    public record Line(String file, String label, Split split) {}

    /** Written whole or not at all. */
    public static void write(Path file, List<Line> lines) throws IOException {
        CSV.write(file, lines);
    }
}
