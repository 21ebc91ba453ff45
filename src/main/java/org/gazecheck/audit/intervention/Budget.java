package org.gazecheck.audit.intervention;

import org.gazecheck.config.AuditSettings;

/** How many images may be made to try what may be a shortcut. What began is finished. */
final class Budget {
    private static final int LEAST = 6000;
    private static final int TIMES = 4;

    private final long images;
    private long spent;

    Budget(long images) {
        this.images = images;
    }

    /** @param evaluated images of val and test */
    static Budget of(AuditSettings settings, int evaluated) {
        return new Budget(settings.budget() > 0 ? settings.budget() : Math.max(LEAST, (long) TIMES * evaluated));
    }

    boolean isSpent() {
        return spent >= images;
    }

    void spend(int made) {
        spent += made;
    }

    @Override
    public String toString() {
        return images + " images (audit.budget)";
    }
}
