package org.gazecheck.cli;

import java.nio.file.Path;
import java.util.concurrent.Callable;
import org.gazecheck.config.ConfigurationReader;
import org.gazecheck.config.ConfigurationReference;
import org.gazecheck.config.ConfigurationWriter;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.ParentCommand;

@Command(name = "config", description = "Check a configuration and print it with all defaults filled in.")
final class ConfigCommand implements Callable<Integer> {
    @ParentCommand
    private Main main;

    @ArgGroup(multiplicity = "1")
    private Subject subject;

    @Mixin
    private Overrides overrides;

    private static final class Subject {
        @Parameters(paramLabel = "CONFIG", description = "A configuration file.")
        private Path configuration;

        @Option(names = "--reference", description = "Print the reference of all keys instead, as Markdown.")
        private boolean reference;
    }

    @Override
    public Integer call() throws Exception {
        String text = subject.reference
                ? ConfigurationReference.markdown()
                : ConfigurationWriter.yaml(ConfigurationReader.read(subject.configuration, overrides.all()));
        try (Console console = main.console()) {
            console.result(text.stripTrailing());
        }
        return ExitCode.DONE.code();
    }
}
