package org.gazecheck.network;

import java.io.IOException;

/** A weights file that is damaged or belongs to another network. */
public final class WeightsException extends IOException {
    private static final long serialVersionUID = 1;

    public WeightsException(String message) {
        super(message);
    }
}
