package org.gazecheck.download;

import org.gazecheck.failure.FailureKind;
import org.gazecheck.failure.GazecheckException;

/** A download that did not succeed; the message says what to do. */
public sealed class DownloadException extends GazecheckException permits WrongContentException {
    public DownloadException(String message) {
        super(FailureKind.OTHER, message);
    }

    public DownloadException(String message, Throwable cause) {
        super(FailureKind.OTHER, message, cause);
    }

    DownloadException(FailureKind kind, String message) {
        super(kind, message);
    }
}
