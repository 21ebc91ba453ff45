package org.gazecheck.cli;

import java.nio.file.Path;
import java.time.Clock;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.gazecheck.config.ConfigurationReader;
import org.gazecheck.gate.SummaryFile;
import org.gazecheck.nightly.FinishedRunGates;
import org.gazecheck.results.GateVerdict;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.ParentCommand;

@Command(
        name = "gate",
        description =
                "Apply the rules of nightly audits to a finished run: exit code 3 when one fails. Writes gates.json,"
                        + " junit.xml and summary.md into the run.")
final class GateCommand implements Callable<Integer> {
    @ParentCommand
    private Main main;

    @Parameters(paramLabel = "RUN", description = "The run folder.")
    private Path run;

    @Option(
            names = "--config",
            required = true,
            paramLabel = "CONFIG",
            description = "A configuration of nightly audits, of which only the gates are used.")
    private Path configuration;

    @Option(names = "--baseline", paramLabel = "RUN", description = "The run to compare with.")
    private Path baseline;

    @Mixin
    private Overrides overrides;

    @Override
    public Integer call() throws Exception {
        GateVerdict verdict = FinishedRunGates.judge(
                run,
                Optional.ofNullable(baseline),
                ConfigurationReader.nightly(configuration, overrides.all()),
                Clock.systemUTC());
        try (Console console = main.console()) {
            console.result(SummaryFile.text(verdict));
        }
        return verdict.alerts() ? ExitCode.GATE.code() : ExitCode.DONE.code();
    }
}
