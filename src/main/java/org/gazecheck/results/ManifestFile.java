package org.gazecheck.results;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.gazecheck.io.Printable;
import org.gazecheck.results.RunManifest.PartState;
import org.gazecheck.results.RunManifest.StageState;

/** {@code run.json}. */
public final class ManifestFile {
    private static final Pattern INSIDE = Pattern.compile("[^/]+(/[^/]+)*");

    /** Hidden names, those that climb, and what no file of a run has in its name. */
    private static final Pattern NOT_PLAIN = Pattern.compile("(^|/)\\.|[\\p{Cntrl}\\\\:]");

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
        RunManifest manifest = Json.value(file, root, RunManifest.class);
        for (StageState stage : manifest.stages().values()) {
            requireInside(file, stage.outputs());
        }
        for (PartState part : manifest.parts().values()) {
            requireInside(file, part.outputs());
        }
        return manifest;
    }

    /** Files that a stage no longer writes are removed: none may be named that is not the run's own. */
    private static void requireInside(Path file, Map<String, String> outputs) throws ResultsException {
        for (String name : outputs.keySet()) {
            if (!INSIDE.matcher(name).matches() || NOT_PLAIN.matcher(name).find()) {
                throw new ResultsException(
                        file, "the output '" + Printable.of(name) + "' does not lie in the run folder");
            }
        }
    }

    /** Written whole or not at all. */
    public static void write(Path file, RunManifest manifest) throws IOException {
        Json.write(file, manifest);
    }
}
