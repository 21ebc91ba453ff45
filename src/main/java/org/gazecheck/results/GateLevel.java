package org.gazecheck.results;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import java.util.Locale;

/** What a gate does when its rule does not hold. */
public enum GateLevel {
    /** Alerts. */
    FAIL,
    /** Is listed. */
    WARN;

    /** As it is written in files: lower case. */
    @JsonValue
    public String text() {
        return name().toLowerCase(Locale.ROOT);
    }

    @JsonCreator
    public static GateLevel of(String text) {
        return valueOf(text.toUpperCase(Locale.ROOT));
    }
}
