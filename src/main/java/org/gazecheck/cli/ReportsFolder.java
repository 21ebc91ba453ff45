package org.gazecheck.cli;

import java.nio.file.Path;
import java.util.Optional;
import picocli.CommandLine.Option;

/** Which folder of runs a command is about. */
final class ReportsFolder {
    private static final Path USUAL = Path.of("reports");

    @Option(
            names = "--reports",
            paramLabel = "FOLDER",
            description = "The folder of runs, which holds history.sqlite and index.html (default: the folder that the"
                    + " run lies in, or reports).")
    private Path folder;

    Path folder() {
        return Optional.ofNullable(folder).orElse(USUAL);
    }

    /** This one, or the other where none is named here. */
    ReportsFolder or(ReportsFolder other) {
        return folder == null ? other : this;
    }

    /** The one that was named, or where the run lies. */
    Path of(Path run) {
        return Optional.ofNullable(folder)
                .orElse(run.toAbsolutePath().resolve("..").normalize());
    }
}
