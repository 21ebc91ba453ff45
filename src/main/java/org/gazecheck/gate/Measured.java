package org.gazecheck.gate;

/** A measurement, or why there is none. */
public sealed interface Measured<T> {
    record Found<T>(T value) implements Measured<T> {}

    /** @param reason completes "not applicable: ..." */
    record NotApplicable<T>(String reason) implements Measured<T> {}
}
