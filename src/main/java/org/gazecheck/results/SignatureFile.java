package org.gazecheck.results;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Path;
import java.time.DateTimeException;
import java.time.Instant;

/** {@code signature.json}. */
public final class SignatureFile {
    private static final int SCHEMA_VERSION = 1;

    private SignatureFile() {}

    private record Content(
            int schemaVersion,
            String decision,
            String reviewer,
            String time,
            String comment,
            String run,
            Signature.Reviewed reviewed) {}

    /** Throws a {@link ResultsException} when the file is damaged or of a newer program. */
    public static Signature read(Path file) throws IOException {
        JsonNode root = Json.read(file);
        JsonNode version = root.path("schemaVersion");
        if (!version.isInt() || version.intValue() < 1 || version.intValue() > SCHEMA_VERSION) {
            throw new ResultsException(
                    file, "schemaVersion is " + version + ", this program reads 1 to " + SCHEMA_VERSION);
        }
        for (String key : new String[] {"decision", "reviewer", "time", "comment", "run"}) {
            if (!root.path(key).isTextual()) {
                throw new ResultsException(file, "'" + key + "' is not a text");
            }
        }
        JsonNode reviewed = root.path("reviewed");
        for (String key : new String[] {"findings", "errors", "correct"}) {
            if (!reviewed.path(key).isObject()) {
                throw new ResultsException(file, "'reviewed." + key + "' is missing");
            }
        }
        Content content = Json.value(file, root, Content.class);
        try {
            return new Signature(
                    Signature.Decision.of(content.decision),
                    content.reviewer,
                    Instant.parse(content.time),
                    content.comment,
                    content.run,
                    content.reviewed);
        } catch (IllegalArgumentException | DateTimeException e) {
            throw new ResultsException(file, String.valueOf(e.getMessage()), e);
        }
    }

    /** Written whole or not at all. */
    public static void write(Path file, Signature signature) throws IOException {
        Json.write(file, content(signature));
    }

    /** What a file of it holds, in one line. */
    public static byte[] json(Signature signature) throws IOException {
        return Json.line(content(signature));
    }

    private static Content content(Signature signature) {
        return new Content(
                SCHEMA_VERSION,
                signature.decision().text(),
                signature.reviewer(),
                signature.time().toString(),
                signature.comment(),
                signature.run(),
                signature.reviewed());
    }
}
