package org.gazecheck.download;

/** A server sent another file than its publisher's checksum says. */
public final class WrongContentException extends DownloadException {
    public WrongContentException(String message) {
        super(message);
    }
}
