package org.gazecheck.results;

import java.io.IOException;
import java.nio.file.Path;

/** Reads and writes {@code night.json}. */
public final class NightFile {
    private NightFile() {}

    /** Written whole or not at all. */
    public static void write(Path file, NightRecord night) throws IOException {
        Json.write(file, night);
    }

    /** @throws ResultsException if the file is damaged or of a newer program */
    public static NightRecord read(Path file) throws IOException {
        NightRecord night = Json.value(file, Json.read(file), NightRecord.class);
        if (night.schemaVersion() != NightRecord.SCHEMA_VERSION) {
            throw new ResultsException(
                    file,
                    "schemaVersion is " + night.schemaVersion() + ", this program reads " + NightRecord.SCHEMA_VERSION);
        }
        return night;
    }
}
