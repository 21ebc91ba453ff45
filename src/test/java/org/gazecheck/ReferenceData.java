package org.gazecheck;

import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Assertions;
import org.junit.jupiter.api.Assumptions;

/** The reference files that numeric tests compare with. */
public final class ReferenceData {
    private static final String VARIABLE = "GAZECHECK_REFERENCE";

    private ReferenceData() {}

    /**
     * Where a reference file lies: under the folder that GAZECHECK_REFERENCE names, otherwise under ../shared/data. When
     * it is absent the test is skipped, but fails if the variable is set.
     */
    public static Path path(String relative) {
        String folder = System.getenv(VARIABLE);
        Path path = Path.of(folder == null ? "../shared/data" : folder).resolve(relative);
        if (!Files.exists(path)) {
            if (folder != null) {
                Assertions.fail(path + " is absent: " + VARIABLE + " must name the folder of the reference data");
            }
            Assumptions.abort("skipped: " + path + " is absent; set " + VARIABLE + " to the reference data");
        }
        return path;
    }
}
