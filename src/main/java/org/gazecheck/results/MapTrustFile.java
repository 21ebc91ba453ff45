package org.gazecheck.results;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Path;

/** {@code map-trust.json}. */
public final class MapTrustFile {
    private MapTrustFile() {}

    /** Throws a {@link ResultsException} when the file is damaged or of a newer program. */
    public static MapTrust read(Path file) throws IOException {
        JsonNode root = Json.read(file);
        JsonNode version = root.path("schemaVersion");
        if (!version.isInt() || version.intValue() != MapTrust.SCHEMA_VERSION) {
            throw new ResultsException(
                    file, "schemaVersion is " + version + ", this program reads " + MapTrust.SCHEMA_VERSION);
        }
        return Json.value(file, root, MapTrust.class);
    }

    /** Written whole or not at all. */
    public static void write(Path file, MapTrust trust) throws IOException {
        Json.write(file, trust);
    }
}
