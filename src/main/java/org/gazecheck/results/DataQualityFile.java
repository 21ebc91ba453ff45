package org.gazecheck.results;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;

/** {@code data-quality.csv}: labels that the network contradicts, outliers, duplicates and neighbours, image by image. */
public final class DataQualityFile {
    private static final Csv<DataQualityRow> CSV = new Csv<>(
            List.of(
                    "path",
                    "sha256",
                    "split",
                    "confident",
                    "margin",
                    "outlier",
                    "duplicates",
                    "nearest1",
                    "nearest2",
                    "nearest3"),
            c -> new DataQualityRow(
                    Cells.filled("path", c[0]),
                    c[1],
                    Cells.split(c[2]),
                    c[3].isEmpty() ? null : c[3],
                    Cells.real("margin", c[4]),
                    Cells.real("outlier", c[5]),
                    Cells.atLeast(0, "duplicates", c[6]),
                    Stream.of(c[7], c[8], c[9]).filter(path -> !path.isEmpty()).toList()),
            DataQualityFile::cells);

    private DataQualityFile() {}

    private static List<String> cells(DataQualityRow s) {
        List<String> cells = new ArrayList<>(List.of(
                s.path(),
                s.sha256(),
                s.split().text(),
                Objects.requireNonNullElse(s.confident(), ""),
                Double.toString(s.margin()),
                Double.toString(s.outlier()),
                Integer.toString(s.duplicates())));
        for (int k = 0; k < DataQualityRow.NEAREST; k++) {
            cells.add(k < s.nearest().size() ? s.nearest().get(k) : "");
        }
        return cells;
    }

    /** Throws a {@link ResultsException} that names the line when the file is not such a table. */
    public static List<DataQualityRow> read(Path file) throws IOException {
        return CSV.read(file);
    }

    /** Written whole or not at all. */
    public static void write(Path file, List<DataQualityRow> rows) throws IOException {
        CSV.write(file, rows);
    }
}
