package org.gazecheck.io;

import java.io.IOException;

/** Another process works in a folder; the message names both. */
public final class LockedException extends IOException {
    private static final long serialVersionUID = 1;

    public LockedException(String message) {
        super(message);
    }
}
