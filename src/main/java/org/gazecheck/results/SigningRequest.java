package org.gazecheck.results;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.gazecheck.results.Signature.Decision;

/**
 * What a reviewer asks for on a page: to sign the run that the page shows. Whether it is granted is decided elsewhere.
 *
 * @param reviewer without blanks around it
 * @param comment not blank unless the run is to be accepted without conditions
 * @param run {@link RunId} of what the page shows
 * @param replaces the time of the run's signature that the page shows; empty where it shows none
 */
public record SigningRequest(
        Decision decision, String reviewer, String comment, String run, Optional<Instant> replaces) {
    private static final List<String> PARTS = List.of("decision", "reviewer", "comment", "run", "replaces");
    private static final int LONGEST = 10_000;

    /** @throws IllegalArgumentException that says which component is wrong */
    public SigningRequest {
        reviewer = Signature.requireWords(decision, reviewer, comment);
        RunId.require(run);
    }

    /**
     * Of a JSON object with the components as keys, all of them texts.
     *
     * @throws IllegalArgumentException that says what is wrong
     */
    public static SigningRequest of(byte[] json) {
        return of(TextObject.tree(json));
    }

    static SigningRequest of(JsonNode json) {
        TextObject object = TextObject.of(json, PARTS, "a request to sign");
        for (String part : PARTS) {
            if (object.required(part).length() > LONGEST) {
                throw new IllegalArgumentException(part + " has more than " + LONGEST + " characters");
            }
        }
        String replaces = object.required("replaces");
        return new SigningRequest(
                Decision.of(object.required("decision")),
                object.required("reviewer"),
                object.required("comment"),
                object.required("run"),
                replaces.isEmpty() ? Optional.empty() : Optional.of(time(replaces)));
    }

    private static Instant time(String replaces) {
        try {
            return Instant.parse(replaces);
        } catch (DateTimeException e) {
            throw new IllegalArgumentException(
                    "replaces is '" + replaces + "', expected a signature's time, or nothing", e);
        }
    }
}
