package org.gazecheck.cli;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.gazecheck.io.FolderLock;
import org.gazecheck.io.Printable;
import org.gazecheck.results.RunFolder;
import org.gazecheck.results.RunId;
import org.gazecheck.results.Signature;
import org.gazecheck.results.Signature.Decision;
import org.gazecheck.results.SignatureFile;
import org.gazecheck.results.SigningFile;
import org.gazecheck.results.SigningRequest;
import org.gazecheck.results.Verdict;
import org.gazecheck.results.VerdictsException;
import org.gazecheck.review.ReviewedRun;
import org.gazecheck.review.SignOff;
import org.gazecheck.review.Subjects;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ParentCommand;
import picocli.CommandLine.Spec;
import picocli.CommandLine.TypeConversionException;

@Command(
        name = "sign",
        description =
                "Sign a run: signature.json in its folder, which is void as soon as predictions or findings change."
                        + " Accepting is refused (exit code 3) while a finding of high severity, a sampled error or a"
                        + " sampled correct prediction (review.errors, review.correct) has no verdict.")
final class ReviewSignCommand implements Callable<Integer> {
    @Spec
    private CommandSpec spec;

    @ParentCommand
    private ReviewCommand review;

    @Mixin
    private RunUnderReview run;

    @ArgGroup(exclusive = true, multiplicity = "1")
    private Source source;

    /** Where the decision is from. */
    static final class Source {
        @ArgGroup(exclusive = false)
        private Decided decided;

        @Option(
                names = "--import",
                paramLabel = "FILE",
                description =
                        "What the report's page exported for signing: decision, reviewer and verdicts. All is checked"
                                + " again; the verdicts go to RUN/verdicts.csv.")
        private Path exported;
    }

    /** A decision in the command line. */
    static final class Decided {
        @Option(
                names = "--decision",
                required = true,
                paramLabel = "DECISION",
                converter = DecisionName.class,
                description = "accept, reject, or accept-with-conditions.")
        private Decision decision;

        @Option(names = "--reviewer", required = true, paramLabel = "NAME", description = "Who decides.")
        private String reviewer;

        @Option(
                names = "--comment",
                paramLabel = "TEXT",
                defaultValue = "",
                description = "The reason to reject, or the conditions; either must be given.")
        private String comment;
    }

    @Override
    public Integer call() throws Exception {
        RunId.of(run.folder());
        try (FolderLock lock = run.folder().lock();
                Console console = review.main().console()) {
            return source.exported == null ? signed(console) : imported(source.exported, console);
        }
    }

    private int signed(Console console) throws IOException {
        ReviewedRun reviewed = run.open();
        return told(reviewed, reviewed.signOff(request(reviewed)), List.of(), console);
    }

    /** Who types the command line sees what it replaces. */
    private SigningRequest request(ReviewedRun reviewed) {
        Optional<Signature> there = reviewed.undamagedSignature();
        try {
            return new SigningRequest(
                    source.decided.decision,
                    source.decided.reviewer,
                    source.decided.comment,
                    reviewed.id(),
                    there.map(Signature::time));
        } catch (IllegalArgumentException e) {
            throw new ParameterException(spec.commandLine(), e.getMessage(), e);
        }
    }

    private int imported(Path file, Console console) throws IOException {
        SigningFile.Content content = SigningFile.read(file);
        ReviewedRun reviewed = run.open(content.verdicts());
        SignOff signOff = reviewed.signOff(content.request());
        if (signOff instanceof SignOff.OtherRun other) {
            throw new VerdictsException(List.of(file + ": " + other.text() + ": sign on this run's own page"));
        }
        requireOfThisRun(file, content.verdicts(), reviewed);
        return told(reviewed, signOff, content.verdicts(), console);
    }

    private static void requireOfThisRun(Path file, List<Verdict> verdicts, ReviewedRun reviewed) throws IOException {
        Subjects subjects = reviewed.subjects();
        List<String> mistakes = new ArrayList<>();
        int place = 0;
        for (Verdict verdict : verdicts) {
            place++;
            try {
                if (verdict.run().equals(reviewed.id())) {
                    subjects.require(verdict);
                }
            } catch (IllegalArgumentException e) {
                mistakes.add(file + ": verdict " + place + ": " + e.getMessage());
            }
        }
        if (!mistakes.isEmpty()) {
            throw new VerdictsException(mistakes);
        }
    }

    /** @param verdicts that the run folder does not have yet */
    private static int told(ReviewedRun reviewed, SignOff signOff, List<Verdict> verdicts, Console console)
            throws IOException {
        if (signOff instanceof SignOff.Granted granted) {
            keep(reviewed.folder(), verdicts, console);
            write(reviewed, granted, console);
            return ExitCode.DONE.code();
        }
        if (signOff instanceof SignOff.Meanwhile meanwhile) {
            console.problem("gazecheck: " + Printable.of(meanwhile.text()) + " (gazecheck report "
                    + reviewed.folder().root() + " brings the page up to date)");
        } else {
            console.problem("gazecheck: not signed, because something that must be reviewed is open");
            console.result(String.join("\n", ReviewShowCommand.state(reviewed)));
        }
        return ExitCode.GATE.code();
    }

    private static void keep(RunFolder folder, List<Verdict> verdicts, Console console) throws IOException {
        if (verdicts.isEmpty()) {
            return;
        }
        ReviewedRun.keep(folder, verdicts);
        console.result("verdicts: " + verdicts.size() + " imported into " + folder.verdicts());
    }

    private static void write(ReviewedRun reviewed, SignOff.Granted granted, Console console) throws IOException {
        SignatureFile.write(reviewed.folder().signature(), granted.signature());
        console.result(ReviewShowCommand.state(granted.signature(), reviewed.id()));
        granted.replaces().ifPresent(was -> console.result("replaces: " + ReviewShowCommand.state(was, reviewed.id())));
        console.result("signature: " + reviewed.folder().signature());
    }

    /** A decision by its name. */
    static final class DecisionName implements ITypeConverter<Decision> {
        @Override
        public Decision convert(String text) {
            try {
                return Decision.of(text);
            } catch (IllegalArgumentException e) {
                throw new TypeConversionException(e.getMessage());
            }
        }
    }
}
