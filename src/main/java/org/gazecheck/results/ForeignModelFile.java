package org.gazecheck.results;

import java.io.IOException;
import java.nio.file.Path;

/** Reads and writes {@code foreign.json}. */
public final class ForeignModelFile {
    private ForeignModelFile() {}

    public static void write(Path file, ForeignModel model) throws IOException {
        Json.write(file, model);
    }

    /** @throws ResultsException if the file is damaged or of a newer program */
    public static ForeignModel read(Path file) throws IOException {
        ForeignModel model = Json.value(file, Json.read(file), ForeignModel.class);
        if (model.schemaVersion() > ForeignModel.SCHEMA_VERSION) {
            throw new ResultsException(file, "written by a newer Gazecheck: schema version " + model.schemaVersion());
        }
        return model;
    }
}
