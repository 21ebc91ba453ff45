package org.gazecheck.results;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Path;

/** {@code interventions.json}. */
public final class InterventionsFile {
    /** Of the files that this program writes. */
    public static final int SCHEMA_VERSION = 7;

    private InterventionsFile() {}

    /** Throws a {@link ResultsException} when the file is damaged or of another version. */
    public static Interventions read(Path file) throws IOException {
        JsonNode root = Json.read(file);
        Json.requireVersion(file, root, SCHEMA_VERSION);
        return Json.value(file, root, Interventions.class);
    }

    /** Written whole or not at all. */
    public static void write(Path file, Interventions interventions) throws IOException {
        Json.write(file, interventions);
    }
}
