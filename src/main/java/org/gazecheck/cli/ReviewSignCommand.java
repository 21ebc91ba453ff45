package org.gazecheck.cli;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.gazecheck.io.FolderLock;
import org.gazecheck.results.Reviewer;
import org.gazecheck.results.RunFolder;
import org.gazecheck.results.RunId;
import org.gazecheck.results.Signature;
import org.gazecheck.results.Signature.Decision;
import org.gazecheck.results.Signature.Reviewed;
import org.gazecheck.results.SignatureFile;
import org.gazecheck.review.RequiredItems;
import org.gazecheck.review.ReviewedRun;
import picocli.CommandLine.Command;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
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

    @Parameters(paramLabel = "RUN", description = "A run folder.")
    private Path run;

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

    @Option(
            names = "--verdicts",
            paramLabel = "FILE",
            description = "Verdicts; repeatable (default: RUN/verdicts.csv and RUN/verdicts.sqlite).")
    private List<Path> verdicts = new ArrayList<>();

    @Override
    public Integer call() throws Exception {
        RunFolder folder = new RunFolder(run);
        RunId.of(folder);
        try (FolderLock lock = FolderLock.of(run);
                Console console = review.main().console()) {
            ReviewedRun reviewed = ReviewedRun.open(run, verdicts);
            RequiredItems required = reviewed.required();
            Signature signature = signature(reviewed.id(), required.reviewed());
            if (decision != Decision.REJECT && !required.reviewed().complete()) {
                console.problem("gazecheck: not signed, because something that must be reviewed is open");
                console.result(String.join("\n", ReviewShowCommand.state(reviewed)));
                return ExitCode.GATE.code();
            }
            Optional<Signature> earlier = earlier(reviewed);
            SignatureFile.write(folder.signature(), signature);
            console.result(ReviewShowCommand.state(signature, reviewed.id()));
            earlier.ifPresent(was -> console.result("replaces: " + ReviewShowCommand.state(was, reviewed.id())));
            console.result("signature: " + folder.signature());
        }
        return ExitCode.DONE.code();
    }

    private Signature signature(String id, Reviewed reviewed) {
        try {
            return new Signature(
                    decision,
                    Reviewer.named(reviewer),
                    Instant.now().truncatedTo(ChronoUnit.SECONDS),
                    comment,
                    id,
                    reviewed);
        } catch (IllegalArgumentException e) {
            throw new ParameterException(spec.commandLine(), e.getMessage(), e);
        }
    }

    /** A damaged one is no reason not to sign. */
    private static Optional<Signature> earlier(ReviewedRun reviewed) {
        try {
            return reviewed.signature();
        } catch (IOException e) {
            return Optional.empty();
        }
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
