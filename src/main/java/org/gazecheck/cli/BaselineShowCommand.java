package org.gazecheck.cli;

import java.util.Optional;
import java.util.concurrent.Callable;
import org.gazecheck.history.History;
import org.gazecheck.history.HistoryFile;
import org.gazecheck.history.RecordedRun;
import org.gazecheck.history.SignOffs;
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
        History history = SignOffs.taken(reports.folder(), HistoryFile.of(reports.folder()));
        Optional<RecordedRun> run = history.baseline();
        try (Console console = baseline.main().console()) {
            console.result(run.map(r -> "baseline: " + r.id()
                            + r.folder()
                                    .map(name -> " in "
                                            + Printable.of(reports.folder()
                                                    .resolve(name)
                                                    .toString()))
                                    .orElse("")
                            + history.signOff(r)
                                    .map(signed -> ", " + Printable.of(signed.text()))
                                    .orElse("")
                            + (history.chosen().isPresent()
                                    ? ""
                                    : " (none is set: this is the last run whose gates passed)"))
                    .orElse("no baseline: none is set, and of no run gates passed"));
        }
        return ExitCode.DONE.code();
    }
}
