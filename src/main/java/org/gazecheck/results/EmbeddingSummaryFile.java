package org.gazecheck.results;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Path;

/** {@code embedding.json}. */
public final class EmbeddingSummaryFile {
    private EmbeddingSummaryFile() {}

    /** Throws a {@link ResultsException} when the file is damaged or of another version. */
    public static Embedding read(Path file) throws IOException {
        JsonNode root = Json.read(file);
        Json.requireVersion(file, root, Embedding.SCHEMA_VERSION);
        return Json.value(file, root, Embedding.class);
    }

    /** Written whole or not at all. */
    public static void write(Path file, Embedding embedding) throws IOException {
        Json.write(file, embedding);
    }
}
