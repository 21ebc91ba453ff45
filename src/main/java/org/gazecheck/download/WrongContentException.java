package org.gazecheck.download;

import org.gazecheck.failure.FailureKind;

/** A server sent another file than its publisher's checksum says. */
public final class WrongContentException extends DownloadException {
    public WrongContentException(String message) {
        super(FailureKind.INVALID_DATA, message);
    }
}
