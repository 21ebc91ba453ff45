package org.gazecheck.results;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Path;

/** {@code gates.json}. */
public final class GatesFile {
    private GatesFile() {}

    /** Throws a {@link ResultsException} when the file is damaged or of a newer program. */
    public static GateVerdict read(Path file) throws IOException {
        JsonNode root = Json.read(file);
        JsonNode version = root.path("schemaVersion");
        if (!version.isInt() || version.intValue() != GateVerdict.SCHEMA_VERSION) {
            throw new ResultsException(
                    file, "schemaVersion is " + version + ", this program reads " + GateVerdict.SCHEMA_VERSION);
        }
        return Json.value(file, root, GateVerdict.class);
    }

    /** Written whole or not at all. */
    public static void write(Path file, GateVerdict verdict) throws IOException {
        Json.write(file, verdict);
    }
}
