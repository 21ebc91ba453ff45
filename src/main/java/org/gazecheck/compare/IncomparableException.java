package org.gazecheck.compare;

import org.gazecheck.failure.FailureKind;
import org.gazecheck.failure.GazecheckException;

/** Two runs that cannot be compared; the message says why and what to do. */
public final class IncomparableException extends GazecheckException {
    private static final long serialVersionUID = 1;

    IncomparableException(String message) {
        super(FailureKind.INVALID_DATA, message);
    }
}
