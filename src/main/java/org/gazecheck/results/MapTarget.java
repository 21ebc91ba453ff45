package org.gazecheck.results;

import com.fasterxml.jackson.annotation.JsonValue;
import java.util.Locale;

/** The class whose score a heatmap explains. */
public enum MapTarget {
    PREDICTED,
    TRUE;

    /** As it is written in files and file names. */
    @JsonValue
    public String text() {
        return name().toLowerCase(Locale.ROOT);
    }

    public static MapTarget of(String text) {
        return valueOf(text.toUpperCase(Locale.ROOT));
    }
}
