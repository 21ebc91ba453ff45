package org.gazecheck.results;

import java.io.IOException;
import java.nio.file.Path;

/** Reads and writes {@code masks.json}. */
public final class MaskListFile {
    private MaskListFile() {}

    public static void write(Path file, MaskList masks) throws IOException {
        Json.write(file, masks);
    }

    /** @throws ResultsException if the file is damaged or of a newer program */
    public static MaskList read(Path file) throws IOException {
        MaskList masks = Json.value(file, Json.read(file), MaskList.class);
        if (masks.schemaVersion() > MaskList.SCHEMA_VERSION) {
            throw new ResultsException(file, "written by a newer Gazecheck: schema version " + masks.schemaVersion());
        }
        return masks;
    }
}
