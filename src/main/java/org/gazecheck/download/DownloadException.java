package org.gazecheck.download;

import java.io.IOException;

/** A download that did not succeed; the message says what to do. */
public sealed class DownloadException extends IOException permits WrongContentException {
    public DownloadException(String message) {
        super(message);
    }

    public DownloadException(String message, Throwable cause) {
        super(message, cause);
    }
}
