package org.gazecheck.cli;

import java.nio.file.Path;
import java.util.concurrent.Callable;
import org.gazecheck.history.HistoryFile;
import org.gazecheck.history.SignOffs;
import org.gazecheck.report.RunsPageWriter;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.ParentCommand;

@Command(
        name = "clear",
        description = "From now on the last run whose gates passed, and that was not rejected, is the baseline.")
final class BaselineClearCommand implements Callable<Integer> {
    @ParentCommand
    private BaselineCommand baseline;

    @Mixin
    private ReportsFolder reports;

    @Override
    public Integer call() throws Exception {
        Path folder = reports.folder();
        HistoryFile file = HistoryFile.of(folder);
        SignOffs.taken(folder, file);
        file.clearBaseline();
        RunsPageWriter.write(file.overview(), folder);
        try (Console console = baseline.main().console()) {
            console.result("no baseline is set: later runs are compared with the last one whose gates passed");
        }
        return ExitCode.DONE.code();
    }
}
