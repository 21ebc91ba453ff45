package org.gazecheck.results;

import org.jspecify.annotations.Nullable;

/**
 * {@code other-run-model.json}: the network of another run that a run takes as it is.
 *
 * @param run the other run's folder, as it was given
 * @param sha256 of its archive
 * @param network hash of what it computes
 * @param temperature that its logits are divided by; null where that run fitted none
 */
public record OtherRunModel(
        int schemaVersion, String run, String sha256, String network, @Nullable Double temperature) {
    public static final int SCHEMA_VERSION = 1;
}
