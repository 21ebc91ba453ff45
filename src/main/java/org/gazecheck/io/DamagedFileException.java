package org.gazecheck.io;

import org.gazecheck.failure.FailureKind;
import org.gazecheck.failure.GazecheckException;

/** A file that is not of the format that it should have, or incomplete. */
public final class DamagedFileException extends GazecheckException {
    private static final long serialVersionUID = 1;

    public DamagedFileException(String message) {
        super(FailureKind.INVALID_DATA, message);
    }

    public DamagedFileException(String message, Throwable cause) {
        super(FailureKind.INVALID_DATA, message, cause);
    }
}
