package org.gazecheck.results;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;

/** {@code embedding.csv}: the images on two maps, by features and by heatmap, in the order of {@code predictions.csv}. */
public final class EmbeddingFile {
    private static final Csv<EmbeddingPoint> CSV = new Csv<>(
            List.of("path", "sha256", "split", "features_x", "features_y", "heatmap_x", "heatmap_y"),
            c -> new EmbeddingPoint(
                    Cells.filled("path", c[0]),
                    c[1],
                    Cells.split(c[2]),
                    Cells.real("features_x", c[3]),
                    Cells.real("features_y", c[4]),
                    Cells.real("heatmap_x", c[5]),
                    Cells.real("heatmap_y", c[6])),
            p -> List.of(
                    p.path(),
                    p.sha256(),
                    p.split().text(),
                    Double.toString(p.featuresX()),
                    Double.toString(p.featuresY()),
                    Double.toString(p.heatmapX()),
                    Double.toString(p.heatmapY())));

    private EmbeddingFile() {}

    /** Throws a {@link ResultsException} that names the line when the file is not such a table. */
    public static List<EmbeddingPoint> read(Path file) throws IOException {
        return CSV.read(file);
    }

    /** Written whole or not at all. */
    public static void write(Path file, List<EmbeddingPoint> points) throws IOException {
        CSV.write(file, points);
    }
}
