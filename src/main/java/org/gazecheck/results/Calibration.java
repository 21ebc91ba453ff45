package org.gazecheck.results;

import com.fasterxml.jackson.annotation.JsonInclude;
import org.jspecify.annotations.Nullable;

/**
 * What temperature scaling on val came to.
 *
 * @param fitted the temperature of the least log loss on all of val
 * @param gain by how much the temperature lowers the log loss of images that it was not fitted on, in nats an image,
 *     cross-validated over val, with its 95 % interval; null where val has too few images
 * @param refusal why logits are not divided by {@code fitted}, in words; null where they are
 * @param on images that it was fitted on, in words; null where these are val as it is
 */
public record Calibration(
        double fitted,
        @Nullable Figure gain,
        @Nullable String refusal,
        @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable String on) {
    /** Where it is fitted on each class as it is, with shortcuts put on and with them taken off, all alike. */
    public static final String BY_CLASS_AND_STATE = "val by class and state";

    /** Where it is fitted on each class in each group, all alike. */
    public static final String BY_CLASS_AND_GROUP = "val by class and group";

    /** Of val as it is. */
    public Calibration(double fitted, @Nullable Figure gain, @Nullable String refusal) {
        this(fitted, gain, refusal, null);
    }

    /** What it was fitted on, in words. */
    public String images() {
        return on == null ? "val" : on;
    }

    /** What logits are divided by. */
    public double temperature() {
        return refusal == null ? fitted : 1;
    }
}
