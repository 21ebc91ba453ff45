package org.gazecheck.gate;

/** A measurement, or why there is none. */
public sealed interface Measured<T> {
    record Found<T>(T value) implements Measured<T> {}

    /** @param reason completes "not applicable: ..." */
    record NotApplicable<T>(String reason) implements Measured<T> {}

    /** There is something to be said, and it cannot be. @param reason a clause of its own */
    record Unanswerable<T>(String reason) implements Measured<T> {}
}
