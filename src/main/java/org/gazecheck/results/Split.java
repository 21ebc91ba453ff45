package org.gazecheck.results;

import com.fasterxml.jackson.annotation.JsonValue;
import java.util.Locale;

/** The part of a data set that an image belongs to. */
public enum Split {
    TRAIN,
    VAL,
    TEST;

    /** As it is written in files: lower case. */
    @JsonValue
    public String text() {
        return name().toLowerCase(Locale.ROOT);
    }

    public static Split of(String text) {
        return valueOf(text.toUpperCase(Locale.ROOT));
    }
}
