package org.gazecheck.cli;

import java.nio.file.Path;
import java.util.concurrent.Callable;
import org.gazecheck.pipeline.Stage;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.ParentCommand;

@Command(
        name = "demo",
        description = "Draw a small data set, train, evaluate and audit on it: a few minutes, no downloads.")
final class DemoCommand implements Callable<Integer> {
    @ParentCommand
    private Main main;

    @Mixin
    private Overrides overrides;

    @Override
    public Integer call() throws Exception {
        Path home = Path.of(System.getProperty("gazecheck.home", ""));
        return new StageRun(main).upTo(Stage.REPORT, home.resolve("config/demo.yaml"), overrides.all());
    }
}
