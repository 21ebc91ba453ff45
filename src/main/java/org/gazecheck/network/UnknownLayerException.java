package org.gazecheck.network;

import org.gazecheck.failure.FailureKind;
import org.gazecheck.failure.GazecheckException;

/** A layer was asked for that the network does not have; the message lists some that it has. */
public final class UnknownLayerException extends GazecheckException {
    private static final long serialVersionUID = 1;

    UnknownLayerException(String message) {
        super(FailureKind.USAGE, message);
    }
}
