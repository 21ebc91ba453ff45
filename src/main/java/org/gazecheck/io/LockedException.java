package org.gazecheck.io;

import org.gazecheck.failure.FailureKind;
import org.gazecheck.failure.GazecheckException;

/** Another process works in a folder; the message names both. */
public final class LockedException extends GazecheckException {
    private static final long serialVersionUID = 1;

    public LockedException(String message) {
        super(FailureKind.LOCKED, message);
    }
}
