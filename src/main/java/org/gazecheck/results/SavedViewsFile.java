package org.gazecheck.results;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** {@code views.json}: what people want to see again, in the order in which it was kept. */
public final class SavedViewsFile {
    private static final int SCHEMA_VERSION = 1;

    private SavedViewsFile() {}

    private record Content(int schemaVersion, List<SavedView> views) {}

    /** Empty where there is no such file; throws a {@link ResultsException} when it is damaged or of another version. */
    public static List<SavedView> read(Path file) throws IOException {
        if (!Files.exists(file)) {
            return List.of();
        }
        JsonNode root = Json.read(file);
        Json.requireVersion(file, root, SCHEMA_VERSION);
        return List.copyOf(Json.value(file, root, Content.class).views());
    }

    /** Written whole or not at all. */
    public static void write(Path file, List<SavedView> views) throws IOException {
        Json.write(file, new Content(SCHEMA_VERSION, views));
    }

    /** A list of them in one line. */
    public static byte[] json(List<SavedView> views) throws IOException {
        return Json.line(views);
    }
}
