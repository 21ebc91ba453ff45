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
        if (!version.isInt() || version.intValue() != RunManifest.SCHEMA_VERSION) {
            boolean older = version.isInt() && version.intValue() < RunManifest.SCHEMA_VERSION;
            throw new ResultsException(
                    file,
                    "schemaVersion is " + version + ", this program reads " + RunManifest.SCHEMA_VERSION
                            + (older
                                    ? ": the run was made by an older program; do it again into a new folder"
                                            + " (gazecheck run --set output.dir=FOLDER)"
                                    : ": the run was made by a newer program"));
        }
        for (String key : List.of("name", "facts", "classes", "warnings", "assumptions", "stages", "parts")) {
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
