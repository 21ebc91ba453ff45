package org.gazecheck.results;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.time.Instant;
import java.util.HexFormat;
import org.gazecheck.results.Signature.Decision;
import org.gazecheck.results.Signature.Reviewed;
import org.gazecheck.results.Signature.Share;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SignatureFileTest {
    private static final String RUN = "0123456789abcdef";
    private static final Reviewed REVIEWED = new Reviewed(new Share(1, 1), new Share(30, 30), new Share(19, 20));

    @TempDir
    private Path folder;

    @Test
    void readsBackEqualAndHasTheDocumentedShape() throws IOException {
        Path file = folder.resolve("signature.json");
        Signature signature = signed(Decision.ACCEPT_WITH_CONDITIONS, "retrain\n\"soon\" \u202e");
        SignatureFile.write(file, signature);

        assertEquals(signature, SignatureFile.read(file));
        String json = Files.readString(file);
        assertTrue(
                json.startsWith("{\n  \"schemaVersion\": 1,\n  \"decision\": \"accept-with-conditions\",\n"
                        + "  \"reviewer\": \"Ann\",\n  \"time\": \"2026-11-25T19:00:00Z\",\n"),
                json);
        assertTrue(json.contains("\"errors\": {\n      \"judged\": 30,\n      \"required\": 30"), json);
    }

    @Test
    void aDamagedOneIsRefused() throws IOException {
        Path file = folder.resolve("signature.json");
        SignatureFile.write(file, signed(Decision.ACCEPT, ""));
        String json = Files.readString(file);
        refuses(file, json.replace("\"schemaVersion\": 1", "\"schemaVersion\": 2"), "schemaVersion is 2");
        refuses(file, json.replace("\"accept\"", "\"maybe\""), "'maybe' is not a decision: accept, reject or");
        refuses(file, json.replace("2026-11-25T19:00:00Z", "now"), "'now'");
        refuses(file, json.replace(RUN, "no"), "run is 'no', expected");
        refuses(file, json.replace("\"errors\"", "\"mistakes\""), "'reviewed.errors' is missing");
        refuses(file, json.replace("\"Ann\"", "null"), "'reviewer' is not a text");
    }

    private static void refuses(Path file, String json, String message) throws IOException {
        Files.writeString(file, json);
        String told = assertThrows(ResultsException.class, () -> SignatureFile.read(file))
                .getMessage();
        assertTrue(told.contains(message), told);
    }

    @Test
    void rejectingAndConditionsNeedWords() {
        assertThrows(IllegalArgumentException.class, () -> signed(Decision.REJECT, " "));
        assertThrows(IllegalArgumentException.class, () -> signed(Decision.ACCEPT_WITH_CONDITIONS, ""));
        assertEquals("", signed(Decision.ACCEPT, "").comment());
    }

    @Test
    void isVoidForAnotherRun() {
        assertTrue(signed(Decision.ACCEPT, "").validFor(RUN));
        assertFalse(signed(Decision.ACCEPT, "").validFor("fedcba9876543210"));
    }

    @Test
    void theRunIsNamedByWhatWasJudged() throws Exception {
        RunFolder run = new RunFolder(folder);
        Files.writeString(run.predictions(), "a");
        assertTrue(assertThrows(IOException.class, () -> RunId.of(run))
                .getMessage()
                .contains("no findings.json"));
        Files.writeString(run.findings(), "b");
        String expected = sha256(sha256("a") + sha256("b")).substring(0, 16);

        assertEquals(expected, RunId.of(run));
        Files.writeString(run.findings(), "c");
        assertNotEquals(expected, RunId.of(run));
    }

    private static String sha256(String text) throws Exception {
        byte[] digest = MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.US_ASCII));
        return HexFormat.of().formatHex(digest);
    }

    private static Signature signed(Decision decision, String comment) {
        return new Signature(decision, " Ann ", Instant.parse("2026-11-25T19:00:00Z"), comment, RUN, REVIEWED);
    }
}
