package org.gazecheck.results;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;

/** {@code run.json}. */
public final class ManifestFile {
    private ManifestFile() {}

    /** Throws a {@link ResultsException} when the file is damaged or of a newer program. */
    public static RunManifest read(Path file) throws IOException {
        JsonNode root = Json.read(file);
        JsonNode version = root.path("schemaVersion");
        if (!version.isInt() || version.intValue() < 1 || version.intValue() > RunManifest.SCHEMA_VERSION) {
            throw new ResultsException(
                    file,
                    "schemaVersion is " + version + ", this program reads 1 to " + RunManifest.SCHEMA_VERSION
                            + ": the run was made by a newer program");
        }
        for (String key : List.of("name", "facts", "classes", "warnings", "stages")) {
            if (!root.hasNonNull(key)) {
                throw new ResultsException(file, "'" + key + "' is missing");
            }
        }
        return Json.value(file, root, RunManifest.class);
    }

    /** Written whole or not at all. */
    public static void write(Path file, RunManifest manifest) throws IOException {
        Json.write(file, manifest);
    }
}
