package org.gazecheck.network;

import java.io.IOException;

/** A file of weights that is damaged, not of a kind that can be read, or of another network. */
public final class WeightsException extends IOException {
    public WeightsException(String message) {
        super(message);
    }

    public WeightsException(String message, Throwable cause) {
        super(message, cause);
    }
}
