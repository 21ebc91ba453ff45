package org.gazecheck.network;

import org.gazecheck.failure.FailureKind;
import org.gazecheck.failure.GazecheckException;

/** A file of weights that is damaged, not of a kind that can be read, or of another network. */
public final class WeightsException extends GazecheckException {
    private static final long serialVersionUID = 1;

    public WeightsException(String message) {
        super(FailureKind.INVALID_DATA, message);
    }

    public WeightsException(String message, Throwable cause) {
        super(FailureKind.INVALID_DATA, message, cause);
    }
}
