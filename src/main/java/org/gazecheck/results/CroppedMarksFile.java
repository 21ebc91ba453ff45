package org.gazecheck.results;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;

/** {@code crops.csv}: what the patches and other objects are that interventions tried. */
public final class CroppedMarksFile {
    private static final Csv<CroppedMark> CSV = new Csv<>(
            List.of("image", "subject", "reason", "label", "source"),
            c -> new CroppedMark(
                    Cells.parse("image", c[0], "the name of an image such as crop01.jpg", CounterfactualsFile::name),
                    Cells.filled("subject", c[1]),
                    Cells.parse("reason", c[2], "a reason such as patch", Reason::of),
                    Cells.filled("label", c[3]),
                    Cells.filled("source", c[4])),
            p -> List.of(p.image(), p.subject(), p.reason().id(), p.label(), p.source()));

    private CroppedMarksFile() {}

    /** Throws a {@link ResultsException} that names the line when the file is not such a table. */
    public static List<CroppedMark> read(Path file) throws IOException {
        return CSV.read(file);
    }

    /** Written whole or not at all. */
    public static void write(Path file, List<CroppedMark> rows) throws IOException {
        CSV.write(file, rows);
    }
}
