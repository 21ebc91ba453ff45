package org.gazecheck.image;

import java.io.IOException;

/** A file that cannot be decoded as the image that it claims to be; the message says why, without the path. */
public final class InvalidImageException extends IOException {
    public InvalidImageException(String message) {
        super(message);
    }

    public InvalidImageException(String message, Throwable cause) {
        super(message, cause);
    }
}
