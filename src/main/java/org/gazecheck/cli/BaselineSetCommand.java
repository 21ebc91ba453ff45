package org.gazecheck.cli;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.gazecheck.history.FinishedRun;
import org.gazecheck.history.History;
import org.gazecheck.history.HistoryFile;
import org.gazecheck.history.RecordedRun;
import org.gazecheck.history.RecordedSignOff;
import org.gazecheck.history.SignOffs;
import org.gazecheck.io.Printable;
import org.gazecheck.report.RunsPageWriter;
import org.gazecheck.results.RunFolder;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.ParentCommand;
import picocli.CommandLine.Spec;

@Command(
        name = "set",
        description = "Compare later runs with this one; it is added to the history where it is not there.")
final class BaselineSetCommand implements Callable<Integer> {
    @Spec
    private CommandSpec spec;

    @ParentCommand
    private BaselineCommand baseline;

    @Mixin
    private ReportsFolder reports;

    @Parameters(paramLabel = "RUN", description = "A run folder, or the id of a run in the history.")
    private Path run;

    @Override
    public Integer call() throws Exception {
        boolean folderThere = Files.isDirectory(run);
        Path folder = folderThere ? reports.of(run) : reports.folder();
        HistoryFile file = HistoryFile.of(folder);
        String id;
        if (folderThere && Files.exists(new RunFolder(run).night())) {
            id = run.toRealPath().getFileName().toString();
            if (file.overview().run(id).isEmpty()) {
                throw new ParameterException(spec.commandLine(), run + " is a night that " + folder + " does not know");
            }
        } else if (folderThere) {
            RecordedRun recorded = FinishedRun.read(folder, run);
            file.add(recorded);
            id = recorded.id();
        } else {
            id = run.toString();
            if (!RecordedRun.isId(id) || file.overview().run(id).isEmpty()) {
                throw new ParameterException(
                        spec.commandLine(),
                        run + " is neither a run folder nor the id of a run in " + folder
                                + " (gazecheck history --format csv lists them)");
            }
        }
        Optional<String> kept = file.overview().run(id).flatMap(RecordedRun::folder);
        if (kept.isEmpty() || !Files.isDirectory(folder.resolve(kept.get()))) {
            throw new ParameterException(
                    spec.commandLine(),
                    id + " has no folder in " + folder
                            + " (any more): only a run whose results are there can be compared with");
        }
        file.setBaseline(id);
        History history = SignOffs.taken(folder, file);
        RunsPageWriter.write(history, folder);
        try (Console console = baseline.main().console()) {
            console.result("baseline: " + id);
            Optional.ofNullable(history.signOffs().get(id))
                    .filter(RecordedSignOff::rejected)
                    .ifPresent(signed ->
                            console.problem("gazecheck: warning: this run was " + Printable.of(signed.text())));
        }
        return ExitCode.DONE.code();
    }
}
