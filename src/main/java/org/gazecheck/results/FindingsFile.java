package org.gazecheck.results;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** {@code findings.json}: {@code {"schemaVersion": 1, "findings": [...]}}. */
public final class FindingsFile {
    private static final int SCHEMA_VERSION = 1;

    private FindingsFile() {}

    private record Content(int schemaVersion, List<Finding> findings) {}

    /** Throws a {@link ResultsException} when the file is damaged or of a newer program. */
    public static List<Finding> read(Path file) throws IOException {
        JsonNode root = Json.read(file);
        JsonNode version = root.path("schemaVersion");
        if (!version.isInt() || version.intValue() < 1 || version.intValue() > SCHEMA_VERSION) {
            throw new ResultsException(
                    file, "schemaVersion is " + version + ", this program reads 1 to " + SCHEMA_VERSION);
        }
        JsonNode findings = root.path("findings");
        if (!findings.isArray()) {
            throw new ResultsException(file, "'findings' is not a list");
        }
        List<Finding> read = new ArrayList<>();
        for (JsonNode finding : findings) {
            read.add(Json.value(file, finding, Finding.class));
        }
        return read;
    }

    /** Written whole or not at all. */
    public static void write(Path file, List<Finding> findings) throws IOException {
        Json.write(file, new Content(SCHEMA_VERSION, findings));
    }
}
