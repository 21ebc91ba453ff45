package org.gazecheck.results;

import java.io.IOException;
import java.nio.file.Path;

/** Reads and writes {@code other-run-model.json}. */
public final class OtherRunModelFile {
    private OtherRunModelFile() {}

    public static void write(Path file, OtherRunModel model) throws IOException {
        Json.write(file, model);
    }

    /** @throws ResultsException if the file is damaged or of a newer program */
    public static OtherRunModel read(Path file) throws IOException {
        OtherRunModel model = Json.value(file, Json.read(file), OtherRunModel.class);
        if (model.schemaVersion() > OtherRunModel.SCHEMA_VERSION) {
            throw new ResultsException(file, "written by a newer Gazecheck: schema version " + model.schemaVersion());
        }
        return model;
    }
}
