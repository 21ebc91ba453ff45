package org.gazecheck.results;

import java.nio.file.Path;
import org.gazecheck.failure.FailureKind;
import org.gazecheck.failure.GazecheckException;

/** A folder that holds no run, or none that is far enough for what is asked of it. */
public final class UnfinishedRunException extends GazecheckException {
    private static final long serialVersionUID = 1;

    private UnfinishedRunException(String message) {
        super(FailureKind.OTHER, message);
    }

    /** @param missing the files that every run folder has */
    public static UnfinishedRunException noRun(Path folder, String missing) {
        return new UnfinishedRunException(folder + " is not a run folder: it has no " + missing);
    }

    public static UnfinishedRunException withoutStage(Path run, String stage) {
        return new UnfinishedRunException(run + " holds no finished run: the stage '" + stage
                + "' is not done; finish the run first (gazecheck run)");
    }

    public static UnfinishedRunException withoutFile(Path run, Path missing) {
        return new UnfinishedRunException(run + " holds no finished run: it has no " + missing.getFileName()
                + "; finish the run first (gazecheck run)");
    }
}
