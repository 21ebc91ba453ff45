package org.gazecheck.results;

import java.io.IOException;
import java.nio.file.Path;

/** Reads and writes {@code adopted.json}. */
public final class AdoptedModelFile {
    private AdoptedModelFile() {}

    public static void write(Path file, AdoptedModel model) throws IOException {
        Json.write(file, model);
    }

    /** @throws ResultsException if the file is damaged or of a newer program */
    public static AdoptedModel read(Path file) throws IOException {
        AdoptedModel model = Json.value(file, Json.read(file), AdoptedModel.class);
        if (model.schemaVersion() > AdoptedModel.SCHEMA_VERSION) {
            throw new ResultsException(file, "written by a newer Gazecheck: schema version " + model.schemaVersion());
        }
        return model;
    }
}
