package org.gazecheck.pipeline;

import java.util.Locale;

/** The five stages, in the order in which they run. */
public enum Stage {
    PREPARE,
    TRAIN,
    EVALUATE,
    AUDIT,
    REPORT;

    public String text() {
        return name().toLowerCase(Locale.ROOT);
    }
}
