package org.gazecheck.results;

import java.io.IOException;
import java.nio.file.Path;

/** Reads and writes {@code external.json}. */
public final class ExternalModelFile {
    private ExternalModelFile() {}

    public static void write(Path file, ExternalModel model) throws IOException {
        Json.write(file, model);
    }

    /** @throws ResultsException if the file is damaged or of a newer program */
    public static ExternalModel read(Path file) throws IOException {
        ExternalModel model = Json.value(file, Json.read(file), ExternalModel.class);
        if (model.schemaVersion() > ExternalModel.SCHEMA_VERSION) {
            throw new ResultsException(file, "written by a newer Gazecheck: schema version " + model.schemaVersion());
        }
        return model;
    }
}
