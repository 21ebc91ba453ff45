package org.gazecheck.cli;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import org.gazecheck.io.Printable;
import org.gazecheck.results.Signature;
import org.gazecheck.results.Signature.Reviewed;
import org.gazecheck.results.Signature.Share;
import org.gazecheck.review.RequiredItems;
import org.gazecheck.review.ReviewedRun;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.ParentCommand;

@Command(
        name = "show",
        description = "Show what was reviewed of a run, what is still open, and who signed it: a signature is void when"
                + " predictions or findings have changed since.")
final class ReviewShowCommand implements Callable<Integer> {
    @ParentCommand
    private ReviewCommand review;

    @Mixin
    private RunUnderReview run;

    @Override
    public Integer call() throws Exception {
        ReviewedRun reviewed = run.open();
        List<String> lines = new ArrayList<>();
        lines.add("run " + reviewed.id() + " in " + run.root());
        lines.add(VerdictText.of(reviewed.folder()));
        lines.add(reviewed.signature()
                .map(signature -> state(signature, reviewed.id()))
                .orElse("not signed"));
        lines.addAll(state(reviewed));
        try (Console console = review.main().console()) {
            console.result(String.join("\n", lines));
        }
        return ExitCode.DONE.code();
    }

    /** Who signed, and whether that still counts. */
    static String state(Signature signature, String runId) {
        String comment = signature.comment().isBlank() ? "" : ": " + signature.comment();
        String signed = signature.decision().past() + " by " + signature.reviewer() + " at " + signature.time();
        return Printable.of(
                signature.validFor(runId)
                        ? signed + comment
                        : "VOID, because the run has changed since: run " + signature.run() + " was " + signed
                                + comment);
    }

    /** What was reviewed, and what is still open. */
    static List<String> state(ReviewedRun reviewed) {
        List<String> lines = new ArrayList<>();
        if (reviewed.verdicts().verdicts().isEmpty()) {
            lines.add("no verdicts: name their files with --verdicts, merge them into "
                    + reviewed.folder().verdicts() + ", or give them to gazecheck serve");
        } else if (reviewed.summary().elsewhere()
                        == reviewed.verdicts().images().size()
                && !reviewed.verdicts().images().isEmpty()) {
            lines.add("no verdict is on an image that this run predicted: are the verdicts of other data?");
        }
        lines.add(reviewed.summary().text());
        RequiredItems required = reviewed.required();
        Reviewed counts = required.reviewed();
        lines.add("required: " + share(counts.findings()) + " findings of high severity, " + share(counts.errors())
                + " sampled errors, " + share(counts.correct()) + " sampled correct predictions have a verdict");
        List<String> open = required.open();
        lines.add(open.isEmpty() ? "nothing is open" : "open: " + open.size());
        lines.addAll(ReviewCommand.shortened(open));
        return lines;
    }

    private static String share(Share share) {
        return share.judged() + " of " + share.required();
    }
}
