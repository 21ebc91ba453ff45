package org.gazecheck.io;

import java.io.IOException;

/** A file that is not of the format that it should have, or incomplete. */
public final class DamagedFileException extends IOException {
    private static final long serialVersionUID = 1;

    public DamagedFileException(String message) {
        super(message);
    }

    public DamagedFileException(String message, Throwable cause) {
        super(message, cause);
    }
}
