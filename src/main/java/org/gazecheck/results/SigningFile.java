package org.gazecheck.results;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * What a page without a server exports for signing: {@code {schemaVersion, signing, verdicts}}, the request and the
 * verdicts that it rests on. Nothing in it is believed because it stands there.
 */
public final class SigningFile {
    private static final int SCHEMA_VERSION = 1;
    private static final int MISTAKES = 100;
    private static final List<String> PARTS = List.of("schemaVersion", "signing", "verdicts");

    private SigningFile() {}

    public record Content(SigningRequest request, List<Verdict> verdicts) {
        public Content {
            verdicts = List.copyOf(verdicts);
        }
    }

    /** @throws VerdictsException with every mistake and its place in the file */
    public static Content read(Path file) throws IOException {
        if (!Files.exists(file)) {
            throw new NoSuchFileException(file.toString());
        }
        if (!Files.isRegularFile(file)) {
            throw refused(file, "not a file");
        }
        if (Files.size(file) > VerdictsFile.LONGEST_FILE) {
            throw refused(
                    file,
                    Files.size(file) + " bytes, and what a page exports has at most " + VerdictsFile.LONGEST_FILE);
        }
        try {
            return content(file, TextObject.tree(Files.readAllBytes(file)));
        } catch (IllegalArgumentException e) {
            throw refused(file, String.valueOf(e.getMessage()));
        }
    }

    private static Content content(Path file, JsonNode root) throws VerdictsException {
        for (String part : PARTS) {
            if (!root.has(part)) {
                throw new IllegalArgumentException(
                        "not what a report's page exports for signing: " + part + " is missing");
            }
        }
        JsonNode version = root.get("schemaVersion");
        if (!version.isInt() || version.intValue() < 1 || version.intValue() > SCHEMA_VERSION) {
            throw new IllegalArgumentException(
                    "schemaVersion is " + version + ", this program reads 1 to " + SCHEMA_VERSION);
        }
        if (!root.get("verdicts").isArray()) {
            throw new IllegalArgumentException("verdicts is not a list");
        }
        List<Verdict> verdicts = new ArrayList<>();
        List<String> mistakes = new ArrayList<>();
        int place = 0;
        for (JsonNode each : root.get("verdicts")) {
            place++;
            try {
                verdicts.add(VerdictJson.verdict(each));
            } catch (IllegalArgumentException e) {
                if (mistakes.size() < MISTAKES) {
                    mistakes.add(file + ": verdict " + place + ": " + e.getMessage());
                }
            }
        }
        if (!mistakes.isEmpty()) {
            throw new VerdictsException(mistakes);
        }
        return new Content(SigningRequest.of(root.get("signing")), verdicts);
    }

    private static VerdictsException refused(Path file, String why) {
        return new VerdictsException(List.of(file + ": " + why));
    }
}
