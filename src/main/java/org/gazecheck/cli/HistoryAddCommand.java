package org.gazecheck.cli;

import java.nio.file.Path;
import java.util.concurrent.Callable;
import org.gazecheck.history.FinishedRun;
import org.gazecheck.history.HistoryFile;
import org.gazecheck.history.RecordedRun;
import org.gazecheck.history.SignOffs;
import org.gazecheck.report.RunsPageWriter;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.ParentCommand;

@Command(
        name = "add",
        description =
                "Add a finished run to the history of the folder that it lies in, and write index.html there again."
                        + " A run that is there already is not added twice.")
final class HistoryAddCommand implements Callable<Integer> {
    @ParentCommand
    private HistoryCommand history;

    @Mixin
    private ReportsFolder reports;

    @Parameters(paramLabel = "RUN", description = "A run folder.")
    private Path run;

    @Override
    public Integer call() throws Exception {
        Path folder = reports.or(history.reports()).of(run);
        RecordedRun recorded = FinishedRun.read(folder, run);
        HistoryFile file = HistoryFile.of(folder);
        boolean added = file.add(recorded);
        RunsPageWriter.write(SignOffs.taken(folder, file), folder);
        try (Console console = history.main().console()) {
            console.result((added ? "added: " : "there already: ") + recorded.id());
            console.result("all runs: " + folder.resolve(RunsPageWriter.NAME));
        }
        return ExitCode.DONE.code();
    }
}
