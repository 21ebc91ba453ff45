package org.gazecheck.results;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;

/** {@code attention.csv}: where the heatmaps lie; {@code NaN} where a measure does not exist. Older runs
 * have the first eight columns; the others are then NaN. */
public final class AttentionFile {
    private static final Csv<Attention> CSV = new Csv<>(
            List.of(
                    "path",
                    "sha256",
                    "split",
                    "target",
                    "inside",
                    "mask_area",
                    "border",
                    "entropy",
                    "lift",
                    "pointing",
                    "rank_accuracy",
                    "distance",
                    "overlap"),
            8,
            c -> new Attention(
                    Cells.filled("path", c[0]),
                    c[1],
                    Cells.split(c[2]),
                    Cells.parse("target", c[3], "predicted or true", MapTarget::of),
                    Cells.real("inside", c[4]),
                    Cells.real("mask_area", c[5]),
                    Cells.real("border", c[6]),
                    Cells.real("entropy", c[7]),
                    Cells.real("pointing", c[9]),
                    Cells.real("rank_accuracy", c[10]),
                    Cells.real("distance", c[11]),
                    Cells.real("overlap", c[12])),
            a -> List.of(
                    a.path(),
                    a.sha256(),
                    a.split().text(),
                    a.target().text(),
                    Double.toString(a.inside()),
                    Double.toString(a.maskArea()),
                    Double.toString(a.border()),
                    Double.toString(a.entropy()),
                    Double.toString(a.lift()),
                    Double.toString(a.pointing()),
                    Double.toString(a.rankAccuracy()),
                    Double.toString(a.distance()),
                    Double.toString(a.overlap())));

    private AttentionFile() {}

    /** Throws a {@link ResultsException} that names the line when the file is not such a table. */
    public static List<Attention> read(Path file) throws IOException {
        return CSV.read(file);
    }

    /** Written whole or not at all. */
    public static void write(Path file, List<Attention> rows) throws IOException {
        CSV.write(file, rows);
    }
}
