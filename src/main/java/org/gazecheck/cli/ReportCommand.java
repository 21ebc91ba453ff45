package org.gazecheck.cli;

import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import org.gazecheck.pipeline.Stage;
import org.gazecheck.results.RunFolder;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.ParentCommand;

@Command(name = "report", description = "Write a run's report again.")
final class ReportCommand implements Callable<Integer> {
    @ParentCommand
    private Main main;

    @Parameters(paramLabel = "RUN", description = "A run folder, such as reports/flowers102.")
    private Path run;

    @Option(
            names = "--single-file",
            arity = "0..1",
            fallbackValue = "",
            paramLabel = "FILE",
            description =
                    "Also write one file to be sent by mail: the most confident errors and the findings' evidence, with"
                            + " everything inside (default: report.html in the run folder).")
    private String singleFile;

    @Mixin
    private Overrides overrides;

    @Override
    public Integer call() throws Exception {
        List<String> settings = overrides.only(List.of("report", "compute", "cache"));
        StageRun stages = new StageRun(main);
        if (singleFile == null) {
            return stages.again(List.of(Stage.REPORT), run, settings);
        }
        Path file = singleFile.isEmpty() ? new RunFolder(run).singleFile() : Path.of(singleFile);
        return stages.again(List.of(Stage.REPORT), run, settings, pipeline -> pipeline.writeSingleFile(file));
    }
}
