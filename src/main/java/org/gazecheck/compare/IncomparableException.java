package org.gazecheck.compare;

import java.io.IOException;

/** Two runs that cannot be compared; the message says why and what to do. */
public final class IncomparableException extends IOException {
    private static final long serialVersionUID = 1;

    IncomparableException(String message) {
        super(message);
    }
}
