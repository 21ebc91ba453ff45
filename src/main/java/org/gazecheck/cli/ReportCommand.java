package org.gazecheck.cli;

import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import org.gazecheck.pipeline.Stage;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.ParentCommand;

@Command(name = "report", description = "Write a run's report again.")
final class ReportCommand implements Callable<Integer> {
    @ParentCommand
    private Main main;

    @Parameters(paramLabel = "RUN", description = "A run folder, such as reports/flowers102.")
    private Path run;

    @Mixin
    private Overrides overrides;

    @Override
    public Integer call() throws Exception {
        return new StageRun(main)
                .again(List.of(Stage.REPORT), run, overrides.only(List.of("report", "compute", "cache")));
    }
}
