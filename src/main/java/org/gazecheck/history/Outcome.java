package org.gazecheck.history;

import java.util.Locale;

/** How a run ended. */
public enum Outcome {
    /** Finished; all gates passed, or there were none. */
    DONE,
    /** Finished; a gate warned. */
    WARNED,
    /** Finished; a gate failed. */
    FAILED,
    /** Ended for lack of time; what is there is valid. */
    INCOMPLETE,
    /** Broke off: there is nothing to compare with. */
    BROKEN;

    /** As it is written in files: lower case. */
    public String text() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** @throws IllegalArgumentException if there is no such outcome */
    public static Outcome of(String text) {
        return valueOf(text.toUpperCase(Locale.ROOT));
    }

    /** Whether later runs may be compared with it. */
    public boolean good() {
        return this == DONE || this == WARNED;
    }
}
