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

    /** As it is written in messages and metrics: lower case, with hyphens. */
    @JsonValue
    public String text() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }
}
