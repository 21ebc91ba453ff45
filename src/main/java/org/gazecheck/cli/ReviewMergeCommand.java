package org.gazecheck.cli;

import java.io.IOException;
import java.nio.file.Path;
import java.text.Normalizer;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import org.gazecheck.failure.FailureKind;
import org.gazecheck.failure.GazecheckException;
import org.gazecheck.io.Printable;
import org.gazecheck.results.ImageVerdict;
import org.gazecheck.results.Verdict;
import org.gazecheck.results.VerdictsFile;
import org.gazecheck.review.Agreement;
import org.gazecheck.review.Conflict;
import org.gazecheck.review.MergedVerdicts;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.ParentCommand;

@Command(
        name = "merge",
        description = "Put verdicts of several files together; of one reviewer on one image the latest counts. Says how"
                + " far reviewers agree, and where they do not.")
final class ReviewMergeCommand implements Callable<Integer> {
    @ParentCommand
    private ReviewCommand review;

    @Parameters(
            paramLabel = "FILE",
            arity = "1..*",
            description = "Verdicts that the report's page exported, or verdicts.sqlite of gazecheck serve.")
    private List<Path> files;

    @Option(
            names = "--output",
            required = true,
            paramLabel = "MERGED",
            description = "Where all verdicts go; RUN/verdicts.csv is found by the other commands and the"
                    + " report. A file that is there must be among those merged, unless they have all its verdicts.")
    private Path output;

    @Option(
            names = "--conflicts",
            paramLabel = "FILE",
            description = "Also write the verdicts that contradict each other to this file.")
    private Path conflictsFile;

    @Override
    public Integer call() throws Exception {
        requireApart();
        MergedVerdicts merged = MergedVerdicts.read(files);
        for (ReviewOutput written : written()) {
            written.requireNothingLost(files);
        }
        List<Conflict> conflicts = Conflict.among(merged);
        VerdictsFile.write(output, merged.verdicts());
        if (conflictsFile != null) {
            VerdictsFile.write(
                    conflictsFile,
                    conflicts.stream().flatMap(c -> c.verdicts().stream()).toList());
        }
        try (Console console = review.main().console()) {
            notes(merged).forEach(console::problem);
            console.result(String.join("\n", text(merged, conflicts)));
            console.result("merged: " + merged.verdicts().size() + " verdicts in " + output);
        }
        return ExitCode.DONE.code();
    }

    /** Each is named once, and what is written is none of them, but that verdicts may be merged into one. */
    private void requireApart() throws IOException {
        for (int i = 0; i < files.size(); i++) {
            for (Path earlier : files.subList(0, i)) {
                if (ReviewOutput.same(earlier, files.get(i))) {
                    throw new GazecheckException(
                            FailureKind.USAGE,
                            files.get(i) + " is given twice"
                                    + (earlier.equals(files.get(i)) ? "" : ", as " + earlier + ", too")
                                    + ": name each file once");
                }
            }
        }
        for (ReviewOutput written : written()) {
            written.requirePlain();
        }
        if (conflictsFile != null) {
            ReviewOutput conflicts = new ReviewOutput("--conflicts", conflictsFile);
            conflicts.requireOther("--output", output);
            for (Path file : files) {
                conflicts.requireOther("a file to merge", file);
            }
        }
    }

    private List<ReviewOutput> written() {
        List<ReviewOutput> written = new ArrayList<>(List.of(new ReviewOutput("--output", output)));
        if (conflictsFile != null) {
            written.add(new ReviewOutput("--conflicts", conflictsFile));
        }
        return written;
    }

    /** What the reviewers should know before they trust the numbers. */
    private static List<String> notes(MergedVerdicts merged) {
        List<String> notes = new ArrayList<>();
        List<String> ties = merged.ties().stream()
                .map(tie -> tie.counts().reviewer() + " on " + tie.counts().path() + ": "
                        + tie.counts().word() + " counts, not " + tie.dropped().word())
                .toList();
        if (!ties.isEmpty()) {
            notes.add("verdicts of one reviewer on the same at the same time: that of the later file counts");
            notes.addAll(ReviewCommand.shortened(ties));
        }
        merged.reviewers().stream()
                .collect(Collectors.groupingBy(
                        name -> Normalizer.normalize(name, Normalizer.Form.NFKC)
                                .toLowerCase(Locale.ROOT)
                                .strip()
                                .replaceAll("\\s+", " "),
                        LinkedHashMap::new,
                        Collectors.toList()))
                .values()
                .stream()
                .filter(alike -> alike.size() > 1)
                .forEach(alike -> notes.add(
                        Printable.of("'" + String.join("', '", alike) + "' count as " + alike.size() + " reviewers")));
        return notes;
    }

    private static List<String> text(MergedVerdicts merged, List<Conflict> conflicts) {
        List<String> lines = new ArrayList<>();
        lines.add(String.format("%-30s %8s %9s", "reviewer", "images", "findings"));
        Map<String, List<Verdict>> byReviewer = merged.verdicts().stream()
                .collect(Collectors.groupingBy(Verdict::reviewer, TreeMap::new, Collectors.toList()));
        byReviewer.forEach((reviewer, theirs) -> {
            long images = theirs.stream().filter(ImageVerdict.class::isInstance).count();
            lines.add(String.format("%-30s %8d %9d", Printable.of(reviewer), images, theirs.size() - images));
        });
        lines.add("judged by several reviewers: " + several(merged) + " images");
        Agreement.of(merged).forEach(agreement -> lines.add(Printable.of(agreement.text())));
        lines.add("conflicts: " + conflicts.size());
        lines.addAll(
                ReviewCommand.shortened(conflicts.stream().map(Conflict::text).toList()));
        return lines;
    }

    private static long several(MergedVerdicts merged) {
        return merged.images().stream()
                .collect(Collectors.groupingBy(ImageVerdict::sha256, Collectors.counting()))
                .values()
                .stream()
                .filter(reviewers -> reviewers > 1)
                .count();
    }
}
