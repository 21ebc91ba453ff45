package org.gazecheck.notify;

import java.util.Optional;

/**
 * URLs of a service that alarms when nobody calls: the night that did not happen.
 *
 * @param start called when a night begins
 * @param success called when it ended with exit code 0
 * @param failure called when it ended with any other
 */
public record DeadMansSwitch(Optional<SecretText> start, Optional<SecretText> success, Optional<SecretText> failure) {
    public static final DeadMansSwitch NONE = new DeadMansSwitch(Optional.empty(), Optional.empty(), Optional.empty());

    /** What to call at the end. */
    public Optional<SecretText> ended(int exitCode) {
        return exitCode == 0 ? success : failure;
    }
}
