package org.gazecheck.cli;

import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import org.gazecheck.config.ConfigurationReader;
import org.gazecheck.pipeline.DataCheck;
import org.gazecheck.pipeline.Stage;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.ParentCommand;

@Command(name = "prepare", description = "Find, check and list the images.")
final class PrepareCommand implements Callable<Integer> {
    @ParentCommand
    private Main main;

    @Parameters(paramLabel = "CONFIG", description = "A configuration file, such as config/flowers102.yaml.")
    private Path configuration;

    @Option(
            names = "--check",
            description =
                    "Only print what would be used, ignored, assumed and refused; write nothing" + " (docs/data.md).")
    private boolean check;

    @Mixin
    private Overrides overrides;

    @Override
    public Integer call() throws Exception {
        if (!check) {
            return new StageRun(main).upTo(Stage.PREPARE, configuration, overrides.all());
        }
        try (Console console = main.console()) {
            DataCheck found =
                    DataCheck.of(ConfigurationReader.read(configuration, overrides.all()), console.progress());
            print(console, "used", found.used());
            print(console, "ignored", found.ignored());
            print(console, "assumed", found.assumed());
            print(console, "warning", found.warnings());
            print(console, "refused", found.refused());
            return (found.refused().isEmpty() ? ExitCode.DONE : ExitCode.INVALID_DATA).code();
        }
    }

    private static void print(Console console, String what, List<String> lines) {
        lines.forEach(line -> console.result(what + ": " + line));
    }
}
