package org.gazecheck.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import org.gazecheck.config.Configuration;
import org.gazecheck.config.ConfigurationException;
import org.gazecheck.config.ConfigurationReader;
import org.gazecheck.data.ImageGroups;
import org.gazecheck.failure.FailureKind;
import org.gazecheck.failure.GazecheckException;
import org.gazecheck.io.OwnFile;
import org.gazecheck.mitigate.Targets;
import org.gazecheck.pipeline.Stage;
import org.gazecheck.results.DatasetFile;
import org.gazecheck.results.Interventions.Shortcut;
import org.gazecheck.results.Mitigation;
import org.gazecheck.results.MitigationFile;
import org.gazecheck.results.RunFolder;
import org.gazecheck.results.UnfinishedRunException;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.ParentCommand;

@Command(
        name = "mitigate",
        description =
                "Train the network of an audited run again against its shortcuts, or balanced over groups, and write the"
                        + " result as a run of its own, audited and set beside the run that it mends (docs/mitigation.md).")
final class MitigateCommand implements Callable<Integer> {
    @ParentCommand
    private Main main;

    @Parameters(paramLabel = "RUN", description = "A finished run folder. It is only read.")
    private Path run;

    @Option(
            names = "--finding",
            paramLabel = "ID",
            description =
                    "A shortcut, by the id of its finding, such as background-shortcut:rose; repeatable (default: all"
                            + " that are proven).")
    private List<String> findings = new ArrayList<>();

    @Option(names = "--suspected", description = "Train against suspected shortcuts, too.")
    private boolean suspected;

    @Option(
            names = "--train",
            description =
                    "Train all again that the run's recipe trains, with counterfactual images as augmentation, where the"
                            + " head alone does not get there.")
    private boolean train;

    @Option(
            names = "--groups",
            paramLabel = "FILE",
            description =
                    "In place of shortcuts: balance the head over named groups of images, from a table with the columns"
                            + " path and group (docs/mitigation.md).")
    private Path groups;

    @Option(names = "--output", paramLabel = "DIR", description = "The new run's folder (default: RUN-mended).")
    private Path output;

    @Mixin
    private Overrides overrides;

    @Override
    public Integer call() throws Exception {
        RunFolder recorded = new RunFolder(run);
        if (!Files.isRegularFile(recorded.configuration()) || !Files.isRegularFile(recorded.manifest())) {
            throw UnfinishedRunException.noRun(run, "config.yaml and run.json");
        }
        List<Shortcut> shortcuts = groups == null ? Targets.of(recorded, findings, suspected) : List.of();
        if (groups != null) {
            requireGroups(recorded);
        }
        requireFolderOfItsOwn();
        int code = new StageRun(main).upTo(Stage.REPORT, configuration(recorded, shortcuts));
        try (Console console = main.console()) {
            Mitigation mitigation = MitigationFile.read(new RunFolder(target()).mitigation());
            MitigationText.lines(mitigation).forEach(console::result);
        }
        return code;
    }

    private void requireGroups(RunFolder recorded) throws IOException {
        if (!findings.isEmpty() || suspected || train) {
            throw new GazecheckException(
                    FailureKind.USAGE,
                    "--groups balances the head over named groups, in place of training against shortcuts: leave out"
                            + " --finding, --suspected and --train, or leave out --groups");
        }
        ImageGroups.read(groups, DatasetFile.read(recorded.dataset()));
    }

    private Path target() {
        Path absolute = run.toAbsolutePath().normalize();
        return output == null ? absolute.resolveSibling(absolute.getFileName() + "-mended") : output;
    }

    /** What is mended is only read, and no other run is written over. */
    private void requireFolderOfItsOwn() throws IOException {
        Path mended = run.toRealPath();
        Path folder = real(target());
        if (folder.startsWith(mended) || mended.startsWith(folder)) {
            throw refused("a mended run needs a folder of its own, and " + target()
                    + " is that of the run, in it or around it");
        }
        if (Files.exists(folder) && !Files.isDirectory(folder)) {
            throw refused(target() + " is a file and not a folder");
        }
        RunFolder there = new RunFolder(folder);
        if ((Files.exists(there.configuration()) || Files.exists(there.manifest())) && !mends(there, mended)) {
            throw refused(target() + " holds another run");
        }
    }

    private static GazecheckException refused(String why) {
        return new GazecheckException(FailureKind.USAGE, why + ": give another one with --output");
    }

    private static boolean mends(RunFolder there, Path mended) throws IOException {
        if (!Files.isRegularFile(there.configuration())) {
            return false;
        }
        try {
            Path of = ConfigurationReader.read(there.configuration(), List.of())
                    .mitigation()
                    .run();
            return of != null && Files.exists(of) && of.toRealPath().equals(mended);
        } catch (ConfigurationException e) {
            return false;
        }
    }

    /** Of a folder that need not exist. */
    private static Path real(Path folder) throws IOException {
        Path absolute = folder.toAbsolutePath().normalize();
        Path existing = absolute;
        while (existing != null && !Files.exists(existing)) {
            existing = existing.getParent();
        }
        return existing == null ? absolute : existing.toRealPath().resolve(existing.relativize(absolute));
    }

    private Configuration configuration(RunFolder recorded, List<Shortcut> shortcuts) throws Exception {
        if (output == null) {
            OwnFile.require(target());
        }
        List<String> settings = new ArrayList<>(overrides.only(List.of("data", "model", "compute", "cache")));
        settings.add("output.dir=" + target());
        settings.add("mitigation.run=" + run);
        settings.add("mitigation.findings="
                + shortcuts.stream()
                        .map(shortcut ->
                                '"' + Targets.id(shortcut).replace("\\", "\\\\").replace("\"", "\\\"") + '"')
                        .collect(Collectors.joining(", ", "[", "]")));
        settings.add("mitigation.suspected=" + suspected);
        settings.add("mitigation.train=" + train);
        settings.add("mitigation.groups=" + groups);
        return ConfigurationReader.read(recorded.configuration(), settings);
    }
}
