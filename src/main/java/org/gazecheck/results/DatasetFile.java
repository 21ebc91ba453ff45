package org.gazecheck.results;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;

/** {@code dataset.csv}: every image of the data set, whether used or left out. */
public final class DatasetFile {
    private static final Csv<DatasetRow> CSV = new Csv<>(
            List.of("path", "split", "label", "width", "height", "sha256", "problem"),
            c -> new DatasetRow(
                    Cells.filled("path", c[0]),
                    Cells.split(c[1]),
                    c[2],
                    Cells.atLeast(0, "width", c[3]),
                    Cells.atLeast(0, "height", c[4]),
                    c[5],
                    c[6]),
            r -> List.of(
                    r.path(),
                    r.split().text(),
                    r.label(),
                    Integer.toString(r.width()),
                    Integer.toString(r.height()),
                    r.sha256(),
                    r.problem()));

    private DatasetFile() {}

    /** Throws a {@link ResultsException} that names the line when the file is not such a table. */
    public static List<DatasetRow> read(Path file) throws IOException {
        return CSV.read(file);
    }

    /** Written whole or not at all. */
    public static void write(Path file, List<DatasetRow> rows) throws IOException {
        CSV.write(file, rows);
    }
}
