package org.gazecheck.cli;

import java.nio.file.Path;
import java.util.concurrent.Callable;
import org.gazecheck.pipeline.Stage;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.ParentCommand;

@Command(name = "run", description = "All stages, from images to the report; what is up to date is skipped.")
final class RunCommand implements Callable<Integer> {
    @ParentCommand
    private Main main;

    @Parameters(paramLabel = "CONFIG", description = "A configuration file, such as config/flowers102.yaml.")
    private Path configuration;

    @Mixin
    private Overrides overrides;

    @Override
    public Integer call() throws Exception {
        return new StageRun(main).upTo(Stage.REPORT, configuration, overrides.all());
    }
}
