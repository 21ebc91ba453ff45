package org.gazecheck.cli;

import java.io.Writer;
import java.util.concurrent.Callable;
import org.gazecheck.history.History;
import org.gazecheck.history.HistoryFile;
import org.gazecheck.history.HistoryText;
import org.gazecheck.history.SignOffs;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParentCommand;

@Command(
        name = "history",
        description = "List the runs of a folder, the newest first, or hand them to other programs (docs/history.md).",
        subcommands = HistoryAddCommand.class)
final class HistoryCommand implements Callable<Integer> {
    @ParentCommand
    private Main main;

    @Mixin
    private ReportsFolder reports;

    @Option(
            names = "--format",
            paramLabel = "FORMAT",
            defaultValue = "table",
            description = "table, csv (a line a run), or json (everything) (default: ${DEFAULT-VALUE}).")
    private Format format;

    enum Format {
        table,
        csv,
        json
    }

    @Override
    public Integer call() throws Exception {
        HistoryFile file = HistoryFile.of(reports.folder());
        History overview = SignOffs.taken(reports.folder(), file);
        History history = format == Format.json ? file.read() : overview;
        try (Console console = main.console()) {
            if (format == Format.table) {
                console.result(HistoryTable.text(history));
            } else {
                Writer out = console.output();
                if (format == Format.csv) {
                    HistoryText.csv(out, history);
                } else {
                    HistoryText.json(out, history);
                }
            }
        }
        return ExitCode.DONE.code();
    }

    Main main() {
        return main;
    }

    ReportsFolder reports() {
        return reports;
    }
}
