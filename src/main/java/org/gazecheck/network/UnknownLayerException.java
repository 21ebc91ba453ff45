package org.gazecheck.network;

/** A layer was asked for that the network does not have; the message lists some that it has. */
public final class UnknownLayerException extends IllegalArgumentException {
    UnknownLayerException(String message) {
        super(message);
    }
}
