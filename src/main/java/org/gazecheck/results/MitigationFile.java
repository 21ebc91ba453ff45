package org.gazecheck.results;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Path;

/** {@code mitigation.json}, which {@code mitigation.schema.json} states, and {@code mitigation-training.json}. */
public final class MitigationFile {
    private MitigationFile() {}

    /** Throws a {@link ResultsException} when the file is damaged or of another version. */
    public static Mitigation read(Path file) throws IOException {
        JsonNode root = Json.read(file);
        Json.requireVersion(file, root, Mitigation.SCHEMA_VERSION);
        return Json.value(file, root, Mitigation.class);
    }

    /** Throws a {@link ResultsException} when the file is damaged or of another version. */
    public static MitigationTraining readTraining(Path file) throws IOException {
        JsonNode root = Json.read(file);
        Json.requireVersion(file, root, MitigationTraining.SCHEMA_VERSION);
        return Json.value(file, root, MitigationTraining.class);
    }

    /** Written whole or not at all. */
    public static void write(Path file, Mitigation mitigation) throws IOException {
        Json.write(file, mitigation);
    }

    /** Written whole or not at all. */
    public static void write(Path file, MitigationTraining training) throws IOException {
        Json.write(file, training);
    }
}
