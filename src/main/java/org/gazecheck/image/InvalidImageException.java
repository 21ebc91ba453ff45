package org.gazecheck.image;

import java.util.Optional;
import org.gazecheck.failure.FailureKind;
import org.gazecheck.failure.GazecheckException;
import org.jspecify.annotations.Nullable;

/** A file that cannot be decoded as the image that it claims to be; the message says why, without the path. */
public final class InvalidImageException extends GazecheckException {
    private static final long serialVersionUID = 1;

    /** Format of an image that is not read; absent where that is not the reason. */
    private final transient @Nullable String format;

    public InvalidImageException(String message) {
        super(FailureKind.INVALID_DATA, message);
        this.format = null;
    }

    /** A file that is no image of a format that is read. */
    public InvalidImageException(FileContent content) {
        super(FailureKind.INVALID_DATA, content.refusal());
        this.format = content.use() == FileContent.Use.UNREADABLE ? content.name() : null;
    }

    public InvalidImageException(String message, Throwable cause) {
        super(FailureKind.INVALID_DATA, message, cause);
        this.format = null;
    }

    /** Of an image that is whole and of a format that is not read, the format. */
    public Optional<String> format() {
        return Optional.ofNullable(format);
    }
}
