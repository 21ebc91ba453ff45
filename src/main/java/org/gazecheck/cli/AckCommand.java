package org.gazecheck.cli;

import java.time.Instant;
import java.time.LocalDate;
import java.time.temporal.ChronoUnit;
import java.util.concurrent.Callable;
import org.gazecheck.history.HistoryFile;
import org.gazecheck.io.Printable;
import org.gazecheck.report.RunsPageWriter;
import org.gazecheck.results.Acknowledgement;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.ParentCommand;

@Command(
        name = "ack",
        description = "Let a known failure wake nobody for a while; it stays in every message and on the page.")
final class AckCommand implements Callable<Integer> {
    @ParentCommand
    private Main main;

    @Mixin
    private ReportsFolder reports;

    @Parameters(
            paramLabel = "FAILURE",
            description = "Its id as gates.json has it: a finding (scene-tie:rose), or a rule, as it is written.")
    private String of;

    @Option(names = "--until", required = true, paramLabel = "DATE", description = "The last day, in UTC (2026-12-24).")
    private LocalDate until;

    @Option(names = "--reason", required = true, paramLabel = "TEXT", description = "Why, for whoever reads it next.")
    private String reason;

    @Option(
            names = "--who",
            paramLabel = "NAME",
            defaultValue = "${sys:user.name}",
            description = "Who says so (default: ${DEFAULT-VALUE}).")
    private String who;

    @Override
    public Integer call() throws Exception {
        Acknowledgement acknowledgement =
                new Acknowledgement(of, until, reason, who, Instant.now().truncatedTo(ChronoUnit.SECONDS));
        HistoryFile history = HistoryFile.of(reports.folder());
        KnownFailures known = KnownFailures.of(reports.folder(), history.read());
        try (Console console = main.console()) {
            if (!known.all().contains(of)) {
                console.problem("gazecheck: " + Printable.of(known.unknown(of, reports.folder())));
                return ExitCode.USAGE.code();
            }
            history.acknowledge(acknowledgement);
            RunsPageWriter.write(history.overview(), reports.folder());
            console.result(of + " wakes nobody until " + until + " (" + reason + ")");
        }
        return ExitCode.DONE.code();
    }
}
