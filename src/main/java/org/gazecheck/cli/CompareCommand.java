package org.gazecheck.cli;

import java.nio.file.Path;
import java.util.concurrent.Callable;
import org.gazecheck.compare.ComparisonJson;
import org.gazecheck.compare.ComparisonText;
import org.gazecheck.compare.RunComparison;
import org.gazecheck.compare.RunResults;
import org.gazecheck.io.AtomicFile;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.ParentCommand;

@Command(
        name = "compare",
        description =
                "Say how a run differs from an earlier one: another model on the same images, new images under the"
                        + " same model, what came and went, findings new, gone and persisting (docs/history.md).")
final class CompareCommand implements Callable<Integer> {
    /** Of shuffles and resamples: the same runs give the same text. */
    private static final long SEED = 1;

    @ParentCommand
    private Main main;

    @Parameters(paramLabel = "BEFORE", index = "0", description = "The run folder to compare with.")
    private Path before;

    @Parameters(paramLabel = "NOW", index = "1", description = "The run folder in question.")
    private Path now;

    @Option(names = "--json", paramLabel = "FILE", description = "Also write everything to a file, as JSON.")
    private Path json;

    @Override
    public Integer call() throws Exception {
        RunComparison comparison = RunComparison.of(RunResults.read(before), RunResults.read(now), SEED);
        if (json != null) {
            AtomicFile.write(json, ComparisonJson.of(comparison));
        }
        try (Console console = main.console()) {
            console.result(String.join("\n", ComparisonText.lines(comparison)));
        }
        return ExitCode.DONE.code();
    }
}
