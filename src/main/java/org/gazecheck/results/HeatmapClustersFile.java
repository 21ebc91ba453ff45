package org.gazecheck.results;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;

/** {@code heatmap-clusters.csv}: which images the network decides in the same place. */
public final class HeatmapClustersFile {
    private static final Csv<HeatmapClusterMember> CSV = new Csv<>(
            List.of("path", "sha256", "split", "cluster"),
            c -> new HeatmapClusterMember(Cells.filled("path", c[0]), c[1], Cells.split(c[2]), c[3]),
            g -> List.of(g.path(), g.sha256(), g.split().text(), g.cluster()));

    private HeatmapClustersFile() {}

    /** Throws a {@link ResultsException} that names the line when the file is not such a table. */
    public static List<HeatmapClusterMember> read(Path file) throws IOException {
        return CSV.read(file);
    }

    /** Written whole or not at all. */
    public static void write(Path file, List<HeatmapClusterMember> rows) throws IOException {
        CSV.write(file, rows);
    }
}
