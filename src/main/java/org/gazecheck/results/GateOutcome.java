package org.gazecheck.results;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import java.util.Locale;

/** What became of a gate in one night. Only {@link #FAILED} alerts. */
public enum GateOutcome {
    PASSED("passed"),
    /** In a way that the last whole night did not have. */
    FAILED("failed"),
    /** As failed, at the level of a warning. */
    WARNED("warned"),
    /** Failed as on the last whole night. */
    PERSISTING("persisting"),
    /** Failed, and all of it is acknowledged. */
    ACKNOWLEDGED("acknowledged"),
    /** What the rule needs is not there. */
    NOT_APPLICABLE("not applicable");

    private final String words;

    GateOutcome(String words) {
        this.words = words;
    }

    /** As it is written in files: lower case, with hyphens. */
    @JsonValue
    public String text() {
        return words.replace(' ', '-');
    }

    /** As it is written in sentences. */
    public String words() {
        return words;
    }

    @JsonCreator
    public static GateOutcome of(String text) {
        return valueOf(text.toUpperCase(Locale.ROOT).replace('-', '_'));
    }
}
