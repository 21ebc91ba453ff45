package org.gazecheck.cli;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Callable;
import org.gazecheck.config.Suggestion;
import org.gazecheck.results.DatasetFile;
import org.gazecheck.results.DatasetRow;
import org.gazecheck.results.LabelsFile;
import org.gazecheck.results.ManifestFile;
import org.gazecheck.results.RunFolder;
import org.gazecheck.results.UnfinishedRunException;
import org.gazecheck.results.VerdictsException;
import org.gazecheck.review.Conflict;
import org.gazecheck.review.LabelCorrections;
import org.gazecheck.review.MergedVerdicts;
import org.gazecheck.review.ReviewedRun;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.ParentCommand;
import picocli.CommandLine.Spec;

@Command(
        name = "labels",
        description = "Write the run's data set as a table with the labels that verdicts correct: all its images, as"
                + " data.source csv takes them. Reviewers who contradict each other end it with exit code 4.")
final class ReviewLabelsCommand implements Callable<Integer> {
    @Spec
    private CommandSpec spec;

    @ParentCommand
    private ReviewCommand review;

    @Parameters(paramLabel = "RUN", description = "A run folder.")
    private Path run;

    @Parameters(
            paramLabel = "VERDICTS",
            index = "1..*",
            arity = "0..*",
            description = "Files of verdicts (default: RUN/verdicts.csv and RUN/verdicts.sqlite).")
    private List<Path> verdicts = new ArrayList<>();

    @Option(names = "--output", required = true, paramLabel = "FILE", description = "The table.")
    private Path output;

    @Option(
            names = "--reviewer",
            paramLabel = "NAME",
            description = "Whose verdict counts where reviewers contradict each other.")
    private String reviewer;

    @Option(
            names = "--drop-unknown",
            description = "Leave out images whose label is wrong and whose correct label nobody gave.")
    private boolean dropUnknown;

    @Override
    public Integer call() throws Exception {
        RunFolder folder = new RunFolder(run);
        if (!Files.isRegularFile(folder.dataset()) || !Files.isRegularFile(folder.manifest())) {
            throw UnfinishedRunException.noRun(run, "dataset.csv and run.json");
        }
        if (verdicts.isEmpty() && ReviewedRun.own(folder).isEmpty()) {
            throw new ParameterException(
                    spec.commandLine(),
                    "name the files of verdicts: neither " + folder.verdicts() + " nor verdicts.sqlite is there");
        }
        ReviewOutput labels = new ReviewOutput("--output", output);
        labels.requirePlain();
        labels.requireHeader("file,label,split");
        MergedVerdicts merged = ReviewedRun.verdicts(folder, verdicts);
        if (reviewer != null && !merged.reviewers().contains(reviewer)) {
            throw new ParameterException(
                    spec.commandLine(),
                    "--reviewer " + reviewer + " gave no verdict; those who did: "
                            + String.join(", ", merged.reviewers()));
        }
        LabelCorrections corrections =
                LabelCorrections.of(DatasetFile.read(folder.dataset()), merged, Optional.ofNullable(reviewer));
        refuse(corrections, new HashSet<>(ManifestFile.read(folder.manifest()).classes()));
        List<LabelsFile.Line> table = corrections.table(dropUnknown);
        LabelsFile.write(output, table);
        try (Console console = review.main().console()) {
            console.result(String.join("\n", text(corrections, table.size())));
        }
        return ExitCode.DONE.code();
    }

    private static void refuse(LabelCorrections corrections, Set<String> classes) throws VerdictsException {
        List<String> mistakes = new ArrayList<>();
        if (!corrections.conflicts().isEmpty()) {
            mistakes.add("reviewers contradict each other: let them agree, or name the one who decides (--reviewer)");
            corrections.conflicts().stream().map(Conflict::text).forEach(mistakes::add);
        }
        corrections.corrected().forEach((path, label) -> {
            if (!classes.contains(label)) {
                mistakes.add(path + ": corrected to '" + label + "', which is not a class of this run"
                        + Suggestion.nearest(label, classes)
                                .map(near -> "; did they mean '" + near + "'?")
                                .orElse(""));
            }
        });
        if (!mistakes.isEmpty()) {
            throw new VerdictsException(mistakes);
        }
    }

    private List<String> text(LabelCorrections corrections, int images) {
        List<String> lines = new ArrayList<>();
        lines.add("corrected labels: " + corrections.corrected().size());
        List<DatasetRow> unknown = corrections.unknown();
        if (!unknown.isEmpty()) {
            lines.add("wrong, correct label unknown: " + unknown.size()
                    + (dropUnknown ? ", left out" : ", kept as they are (--drop-unknown leaves them out)"));
            lines.addAll(ReviewCommand.shortened(
                    unknown.stream().map(row -> row.path() + ": " + row.label()).toList()));
        }
        if (corrections.elsewhere() > 0) {
            lines.add("not used: " + corrections.elsewhere()
                    + (corrections.elsewhere() == 1 ? " verdict" : " verdicts")
                    + " on images that are not in this run's data set: are they of other data?");
        }
        lines.add("table: " + images + " images in " + output);
        lines.add("next: gazecheck run " + run.resolve("config.yaml") + " --set data.source=csv --set data.file="
                + output + " --set output.dir=ANOTHER");
        return lines;
    }
}
