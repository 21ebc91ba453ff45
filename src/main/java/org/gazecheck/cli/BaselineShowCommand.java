package org.gazecheck.cli;

import java.util.Optional;
import java.util.concurrent.Callable;
import org.gazecheck.history.History;
import org.gazecheck.history.HistoryFile;
import org.gazecheck.history.RecordedRun;
import org.gazecheck.io.Printable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.ParentCommand;

@Command(name = "show", description = "Show which run others are compared with.")
final class BaselineShowCommand implements Callable<Integer> {
    @ParentCommand
    private BaselineCommand baseline;

    @Mixin
    private ReportsFolder reports;

    @Override
    public Integer call() throws Exception {
        History history = HistoryFile.of(reports.folder()).overview();
        Optional<RecordedRun> run = history.baseline();
        try (Console console = baseline.main().console()) {
            console.result(run.map(r -> "baseline: " + r.id()
                            + r.folder()
                                    .map(name -> " in "
                                            + Printable.of(reports.folder()
                                                    .resolve(name)
                                                    .toString()))
                                    .orElse("")
                            + (history.chosen().isPresent() ? "" : " (none is set: this is the last good run)"))
                    .orElse("no baseline: none is set, and no run ended well"));
        }
        return ExitCode.DONE.code();
    }
}
