package org.gazecheck.results;

import java.nio.file.Path;
import org.gazecheck.failure.FailureKind;
import org.gazecheck.failure.GazecheckException;

/** A file of the run folder that is not what it should be; the message names the file, the place and what was found. */
public final class ResultsException extends GazecheckException {
    private static final long serialVersionUID = 1;

    ResultsException(Path file, String problem) {
        super(FailureKind.INVALID_DATA, file + ": " + problem + "; run the stage that writes this file again");
    }

    ResultsException(Path file, String problem, Throwable cause) {
        super(FailureKind.INVALID_DATA, file + ": " + problem + "; run the stage that writes this file again", cause);
    }
}
