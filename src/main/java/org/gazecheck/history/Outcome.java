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

    /** In sentences: what is done is finished, which says nothing of how good it is. */
    public String words() {
        return this == DONE ? "finished" : text();
    }

    /** As it is written in files: lower case. */
    public String text() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** @throws IllegalArgumentException if there is no such outcome */
    public static Outcome of(String text) {
        return valueOf(text.toUpperCase(Locale.ROOT));
    }

    /** Whether it was finished and no gate failed. */
    public boolean good() {
        return this == DONE || this == WARNED;
    }
}
