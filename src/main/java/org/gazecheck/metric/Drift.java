package org.gazecheck.metric;

import java.util.Set;

/** What tests of new images against earlier ones are about. */
public enum Drift {
    CONFIDENCE(false),
    LOCALISATION(false),
    PROPERTIES(true),
    FEATURES(false),
    LABELS(true),
    CLASSES(true),
    /** Any of them. */
    ANY(false);

    private final boolean cause;

    Drift(boolean cause) {
        this.cause = cause;
    }

    /**
     * Whether a drift is explained by others that persist: another of its kind, anything where the images themselves drift,
     * and what the network makes of them where anything does.
     */
    public boolean explainedBy(Set<Drift> persisting) {
        return !persisting.isEmpty() && (persisting.contains(this) || persisting.contains(PROPERTIES) || !cause);
    }
}
