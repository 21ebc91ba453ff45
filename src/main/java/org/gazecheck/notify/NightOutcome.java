package org.gazecheck.notify;

import com.fasterxml.jackson.annotation.JsonValue;
import java.util.Locale;

/** How a night ended. */
public enum NightOutcome {
    DONE,
    /** Nothing was new and nothing had changed. */
    UNCHANGED,
    GATE_FAILED,
    /** The time budget was used up. */
    INCOMPLETE,
    INVALID_DATA,
    MISCONFIGURED,
    LOCKED,
    INTERRUPTED,
    FAILURE;

    /** What an exit code of the program means for the night. */
    public static NightOutcome of(int exitCode) {
        return switch (exitCode) {
            case 0 -> DONE;
            case 2 -> MISCONFIGURED;
            case 3 -> GATE_FAILED;
            case 4 -> INVALID_DATA;
            case 5 -> LOCKED;
            case 6 -> INCOMPLETE;
            case 130, 143 -> INTERRUPTED;
            default -> FAILURE;
        };
    }

    /** As it is written in messages and metrics: lower case, with hyphens. */
    @JsonValue
    public String text() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }
}
