package org.gazecheck.failure;

import java.io.IOException;
import org.jspecify.annotations.Nullable;

/**
 * What Gazecheck found wrong by itself; the message says what, where, and what to do. Failures of files and networks
 * that the JDK reports are plain {@link IOException}s.
 */
public class GazecheckException extends IOException {
    private static final long serialVersionUID = 1;

    private final FailureKind kind;

    /** Of the kind {@link FailureKind#OTHER}. */
    public GazecheckException(String message) {
        this(FailureKind.OTHER, message);
    }

    /** Of the kind {@link FailureKind#OTHER}. */
    public GazecheckException(String message, Throwable cause) {
        this(FailureKind.OTHER, message, cause);
    }

    public GazecheckException(FailureKind kind, String message) {
        this(kind, message, null);
    }

    public GazecheckException(FailureKind kind, String message, @Nullable Throwable cause) {
        super(message, cause);
        this.kind = kind;
    }

    @Override
    public final String getMessage() {
        return String.valueOf(super.getMessage());
    }

    /** What the one who reads the message has to change. */
    public final FailureKind kind() {
        return kind;
    }
}
