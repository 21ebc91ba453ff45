package org.gazecheck.cli;

import java.io.FileNotFoundException;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.gazecheck.compare.ComparisonJson;
import org.gazecheck.compare.ComparisonText;
import org.gazecheck.compare.RunComparison;
import org.gazecheck.compare.RunResults;
import org.gazecheck.config.ConfigurationException;
import org.gazecheck.config.ConfigurationReader;
import org.gazecheck.io.AtomicFile;
import org.gazecheck.pipeline.RunImages;
import org.gazecheck.pipeline.RunLooks;
import org.gazecheck.report.Changes;
import org.gazecheck.report.ChangesPageWriter;
import org.gazecheck.results.RunFolder;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.ParentCommand;

@Command(
        name = "compare",
        description =
                "Show how a run differs from an earlier one: another model on the same images, new images under the"
                        + " same model, images added and removed, findings new, gone and persisting (docs/history.md).")
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

    @Option(
            names = "--html",
            paramLabel = "FILE",
            description = "Also write a page, with the images that are newly wrong and newly right.")
    private Path html;

    @Override
    public Integer call() throws Exception {
        RunResults earlier = RunResults.read(before);
        RunResults later = RunResults.read(now);
        RunComparison comparison = RunComparison.of(earlier, later, SEED);
        if (json != null) {
            AtomicFile.write(json, ComparisonJson.of(comparison));
        }
        if (html != null) {
            Path folder = html.toAbsolutePath().resolveSibling("");
            try (RunLooks then = RunLooks.open(new RunFolder(before), earlier.predictions(), folder);
                    RunLooks since = RunLooks.open(new RunFolder(now), later.predictions(), folder)) {
                ChangesPageWriter.write(html, changes(comparison, then, since));
            }
        }
        try (Console console = main.console()) {
            console.result(String.join("\n", ComparisonText.lines(comparison)));
        }
        return ExitCode.DONE.code();
    }

    private Changes changes(RunComparison comparison, RunLooks then, RunLooks since) throws IOException {
        List<String> warnings = new ArrayList<>();
        Changes.Pictures pictures;
        try {
            pictures = RunImages.of(
                    ConfigurationReader.read(new RunFolder(now).configuration(), List.of("output.dir=" + now)));
        } catch (ConfigurationException e) {
            warnings.add("Images are not shown, because this program does not know where they are: " + e.getMessage());
            pictures = path -> {
                throw new FileNotFoundException(path);
            };
        }
        return new Changes(
                "Comparison",
                Optional.empty(),
                Optional.of(comparison),
                Optional.empty(),
                pictures,
                then,
                since,
                Optional.empty(),
                Optional.empty(),
                warnings);
    }
}
