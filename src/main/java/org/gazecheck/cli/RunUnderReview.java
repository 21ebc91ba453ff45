package org.gazecheck.cli;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.gazecheck.results.RunFolder;
import org.gazecheck.results.Verdict;
import org.gazecheck.review.ReviewedRun;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** A run and what was said about it, for every command that asks both. */
final class RunUnderReview {
    @Parameters(paramLabel = "RUN", description = "A run folder.")
    private Path run;

    @Option(
            names = "--verdicts",
            paramLabel = "FILE",
            description = "Verdicts; repeatable (default: RUN/verdicts.csv and RUN/verdicts.sqlite).")
    private List<Path> verdicts = new ArrayList<>();

    Path root() {
        return run;
    }

    RunFolder folder() {
        return new RunFolder(run);
    }

    ReviewedRun open() throws IOException {
        return open(List.of());
    }

    /** @param more verdicts that count beside those of the files */
    ReviewedRun open(List<Verdict> more) throws IOException {
        return ReviewedRun.open(run, verdicts, more);
    }
}
