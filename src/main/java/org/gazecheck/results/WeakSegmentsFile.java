package org.gazecheck.results;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;

/** {@code weak-segments.csv}: all images of the segments in which accuracy is lower, segment by segment. */
public final class WeakSegmentsFile {
    private static final Csv<WeakSegmentMember> CSV = new Csv<>(
            List.of("path", "sha256", "split", "segment", "tested"),
            c -> new WeakSegmentMember(
                    Cells.filled("path", c[0]),
                    c[1],
                    Cells.split(c[2]),
                    Cells.filled("segment", c[3]),
                    Cells.bool("tested", c[4])),
            m -> List.of(m.path(), m.sha256(), m.split().text(), m.segment(), Boolean.toString(m.tested())));

    private WeakSegmentsFile() {}

    /** Throws a {@link ResultsException} that names the line when the file is not such a table. */
    public static List<WeakSegmentMember> read(Path file) throws IOException {
        return CSV.read(file);
    }

    /** Written whole or not at all. */
    public static void write(Path file, List<WeakSegmentMember> members) throws IOException {
        CSV.write(file, members);
    }
}
