package org.gazecheck.download;

import java.io.IOException;

/** A download that did not succeed; the message says what to do. */
public final class DownloadException extends IOException {
    public DownloadException(String message) {
        super(message);
    }

    public DownloadException(String message, Throwable cause) {
        super(message, cause);
    }
}
