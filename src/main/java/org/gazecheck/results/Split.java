package org.gazecheck.results;

import com.fasterxml.jackson.annotation.JsonValue;
import java.util.List;
import java.util.Locale;

/** The part of a data set that an image belongs to. */
public enum Split {
    TRAIN,
    VAL,
    TEST,
    /** What arrived since the others were collected: never trained on, and without a label where nobody gave one. */
    NEW;

    /** What a data set comes divided into. */
    public static final List<Split> GIVEN = List.of(TRAIN, VAL, TEST);

    /** As it is written in files: lower case. */
    @JsonValue
    public String text() {
        return name().toLowerCase(Locale.ROOT);
    }

    public static Split of(String text) {
        return valueOf(text.toUpperCase(Locale.ROOT));
    }
}
