package org.gazecheck.results;

import java.io.IOException;
import java.nio.file.Path;

/** A file of the run folder that is not what it should be; the message names the file, the place and what was found. */
public final class ResultsException extends IOException {
    ResultsException(Path file, String problem) {
        super(file + ": " + problem + "; run the stage that writes this file again");
    }

    ResultsException(Path file, String problem, Throwable cause) {
        super(file + ": " + problem + "; run the stage that writes this file again", cause);
    }
}
