package org.gazecheck.image;

import org.gazecheck.failure.FailureKind;
import org.gazecheck.failure.GazecheckException;

/** A file that cannot be decoded as the image that it claims to be; the message says why, without the path. */
public final class InvalidImageException extends GazecheckException {
    private static final long serialVersionUID = 1;

    public InvalidImageException(String message) {
        super(FailureKind.INVALID_DATA, message);
    }

    public InvalidImageException(String message, Throwable cause) {
        super(FailureKind.INVALID_DATA, message, cause);
    }
}
