package org.gazecheck.results;

import org.jspecify.annotations.Nullable;

/**
 * What temperature scaling on val came to.
 *
 * @param fitted the temperature of the least log loss on all of val
 * @param gain by how much the temperature lowers the log loss of images that it was not fitted on, in nats an image,
 *     cross-validated over val, with its 95 % interval; null where val has too few images
 * @param refusal why logits are not divided by {@code fitted}, in words; null where they are
 */
public record Calibration(double fitted, @Nullable Figure gain, @Nullable String refusal) {
    /** What logits are divided by. */
    public double temperature() {
        return refusal == null ? fitted : 1;
    }
}
