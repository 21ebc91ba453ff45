package org.gazecheck.cli;

import java.time.Instant;
import java.time.LocalDate;
import java.time.format.DateTimeParseException;
import java.time.temporal.ChronoUnit;
import java.util.concurrent.Callable;
import org.gazecheck.history.HistoryFile;
import org.gazecheck.report.RunsPageWriter;
import org.gazecheck.results.Acknowledgement;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.ParentCommand;
import picocli.CommandLine.Spec;

@Command(
        name = "ack",
        description = "Silence the alert of a known failure for a while; it stays in every message and on the page.")
final class AckCommand implements Callable<Integer> {
    @ParentCommand
    private Main main;

    @Mixin
    private ReportsFolder reports;

    @Parameters(
            paramLabel = "FAILURE",
            description = "Its id in gates.json: a finding (scene-correlation:rose), or a rule in its full text.")
    private String of;

    @Option(names = "--until", paramLabel = "DATE", description = "The last day, in UTC (2026-12-24).")
    private String until;

    @Option(names = "--reason", paramLabel = "TEXT", description = "Why, for whoever reads it next.")
    private String reason;

    @Option(names = "--withdraw", description = "Withdraw it: what was acknowledged alerts again.")
    private boolean withdraw;

    @Spec
    private CommandSpec spec;

    @Option(
            names = "--who",
            paramLabel = "NAME",
            defaultValue = "${sys:user.name}",
            description = "Who acknowledges it (default: ${DEFAULT-VALUE}).")
    private String who;

    @Override
    public Integer call() throws Exception {
        HistoryFile history = HistoryFile.of(reports.folder());
        KnownFailures known = KnownFailures.of(reports.folder(), history.read());
        try (Console console = main.console()) {
            if (!known.all().contains(of)) {
                console.problem("gazecheck: " + known.unknown(of, reports.folder()));
                return ExitCode.USAGE.code();
            }
            if (withdraw) {
                history.withdraw(of);
                console.result(of + " is no longer acknowledged");
            } else {
                history.acknowledge(acknowledgement());
                console.result(of + " alerts nobody until " + until + " (" + reason + ")");
            }
            RunsPageWriter.write(history.overview(), reports.folder());
        }
        return ExitCode.DONE.code();
    }

    private Acknowledgement acknowledgement() {
        if (until == null || reason == null) {
            throw new ParameterException(spec.commandLine(), "--until DATE and --reason TEXT are needed");
        }
        try {
            return new Acknowledgement(
                    of, LocalDate.parse(until), reason, who, Instant.now().truncatedTo(ChronoUnit.SECONDS));
        } catch (DateTimeParseException e) {
            throw new ParameterException(
                    spec.commandLine(), "--until '" + until + "' is not a date: expected such as 2026-12-24");
        } catch (IllegalArgumentException e) {
            throw new ParameterException(spec.commandLine(), e.getMessage());
        }
    }
}
