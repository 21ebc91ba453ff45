package org.gazecheck.results;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** {@code neighbours.csv}: the images most like each image, by row of {@code predictions.csv}, in its order. */
public final class NeighboursFile {
    private static final Csv<Neighbours> CSV = new Csv<>(
            List.of("path", "sha256", "split", "features", "heatmap"),
            c -> new Neighbours(
                    Cells.filled("path", c[0]), c[1], Cells.split(c[2]), rows("features", c[3]), rows("heatmap", c[4])),
            n -> List.of(n.path(), n.sha256(), n.split().text(), text(n.features()), text(n.heatmap())));

    private NeighboursFile() {}

    private static List<Integer> rows(String name, String cell) {
        return cell.isEmpty()
                ? List.of()
                : Stream.of(cell.split(" "))
                        .map(row -> Cells.atLeast(0, name, row))
                        .toList();
    }

    private static String text(List<Integer> rows) {
        return rows.stream().map(String::valueOf).collect(Collectors.joining(" "));
    }

    /** Throws a {@link ResultsException} that names the line when the file is not such a table. */
    public static List<Neighbours> read(Path file) throws IOException {
        return CSV.read(file);
    }

    /** Written whole or not at all. */
    public static void write(Path file, List<Neighbours> rows) throws IOException {
        CSV.write(file, rows);
    }
}
