package org.gazecheck.results;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.file.Path;
import org.gazecheck.results.Interventions.Swap;

/** {@code interventions.json}. */
public final class InterventionsFile {
    /** Of the files that this program writes. */
    public static final int SCHEMA_VERSION = 4;

    /** Of the oldest files that it reads: they lack what a {@link Swap} was drawn from, and the other classes' share; those before 4 its test over backgrounds. */
    private static final int OLDEST = 2;

    private InterventionsFile() {}

    /** Throws a {@link ResultsException} when the file is damaged or of a newer program. */
    public static Interventions read(Path file) throws IOException {
        JsonNode root = Json.read(file);
        JsonNode version = root.path("schemaVersion");
        if (!version.isInt() || version.intValue() < OLDEST || version.intValue() > SCHEMA_VERSION) {
            throw new ResultsException(
                    file, "schemaVersion is " + version + ", this program reads " + OLDEST + " to " + SCHEMA_VERSION);
        }
        for (JsonNode shortcut : root.path("shortcuts")) {
            if (version.intValue() < 3) {
                unknown(shortcut, "others");
                unknown(shortcut.path("putBehind"), "objects", "backgrounds");
                unknown(shortcut.path("takenAway"), "objects", "backgrounds");
            }
            if (version.intValue() < 4) {
                unknown(shortcut.path("putBehind"), "overBackgrounds");
                unknown(shortcut.path("takenAway"), "overBackgrounds");
            }
        }
        return Json.value(file, root, Interventions.class);
    }

    private static void unknown(JsonNode node, String... keys) {
        if (node instanceof ObjectNode object) {
            for (String key : keys) {
                object.putNull(key);
            }
        }
    }

    /** Written whole or not at all. */
    public static void write(Path file, Interventions interventions) throws IOException {
        Json.write(file, interventions);
    }
}
