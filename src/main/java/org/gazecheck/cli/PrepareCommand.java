package org.gazecheck.cli;

import java.nio.file.Path;
import java.util.concurrent.Callable;
import org.gazecheck.pipeline.Stage;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.ParentCommand;

@Command(name = "prepare", description = "Find, check and list the images.")
final class PrepareCommand implements Callable<Integer> {
    @ParentCommand
    private Main main;

    @Parameters(paramLabel = "CONFIG", description = "A configuration file, such as config/flowers102.yaml.")
    private Path configuration;

    @Mixin
    private Overrides overrides;

    @Override
    public Integer call() throws Exception {
        return new StageRun(main).upTo(Stage.PREPARE, configuration, overrides.all());
    }
}
