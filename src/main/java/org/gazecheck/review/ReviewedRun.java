package org.gazecheck.review;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.gazecheck.config.Configuration;
import org.gazecheck.config.ConfigurationReader;
import org.gazecheck.config.ReviewSettings;
import org.gazecheck.failure.GazecheckException;
import org.gazecheck.io.Hashes;
import org.gazecheck.results.Findings;
import org.gazecheck.results.FindingsFile;
import org.gazecheck.results.ManifestFile;
import org.gazecheck.results.Prediction;
import org.gazecheck.results.PredictionsFile;
import org.gazecheck.results.RunFolder;
import org.gazecheck.results.RunId;
import org.gazecheck.results.RunManifest;
import org.gazecheck.results.Signature;
import org.gazecheck.results.Signature.Decision;
import org.gazecheck.results.SignatureFile;
import org.gazecheck.results.SigningRequest;
import org.gazecheck.results.Verdict;
import org.gazecheck.results.VerdictsFile;
import org.gazecheck.stats.Randomness;

/** A finished run with what reviewers said about it. */
public record ReviewedRun(
        RunFolder folder,
        String id,
        ReviewSettings settings,
        long seed,
        List<Prediction> predictions,
        Findings findings,
        MergedVerdicts verdicts) {

    /**
     * Opens a run folder; it is only read.
     *
     * @param verdictFiles none: the run's own {@code verdicts.csv} and {@code verdicts.sqlite}, where it has them
     * @throws IOException if the run is not finished, or its predictions or findings are not what its stages wrote
     */
    public static ReviewedRun open(Path run, List<Path> verdictFiles) throws IOException {
        return open(run, verdictFiles, List.of());
    }

    /** @param more verdicts that count beside those of the files */
    public static ReviewedRun open(Path run, List<Path> verdictFiles, List<Verdict> more) throws IOException {
        RunFolder folder = new RunFolder(run);
        String id = RunId.of(folder);
        requireWhole(folder);
        Configuration configuration = ConfigurationReader.read(folder.configuration(), List.of("output.dir=" + run));
        return new ReviewedRun(
                folder,
                id,
                configuration.review(),
                configuration.seed(),
                PredictionsFile.read(folder.predictions()),
                FindingsFile.read(folder.findings()),
                MergedVerdicts.read(verdictFiles.isEmpty() ? own(folder) : verdictFiles, more));
    }

    /** Those of the files given; of none, those that lie in the run folder, if any do. */
    public static MergedVerdicts verdicts(RunFolder folder, List<Path> files) throws IOException {
        return MergedVerdicts.read(files.isEmpty() ? own(folder) : files);
    }

    /** The files of verdicts that lie in a run folder: a table, a database, both or none. */
    public static List<Path> own(RunFolder folder) {
        return Stream.of(folder.verdicts(), folder.verdictsDatabase())
                .filter(file -> Files.exists(file, LinkOption.NOFOLLOW_LINKS))
                .toList();
    }

    /** Changes when the verdicts in a run folder change; not with the bytes of their database. */
    public static String state(RunFolder folder) throws IOException {
        Path table = folder.verdicts();
        Path database = folder.verdictsDatabase();
        return (Files.exists(table) ? Hashes.sha256(table) : "none") + " "
                + (Files.exists(database) ? VerdictsDatabase.read(database).hash() : "none");
    }

    /**
     * Puts verdicts into the table of a run folder, beside those that stand there; of two of one reviewer on the same the later
     * counts.
     */
    public static void keep(RunFolder folder, List<Verdict> verdicts) throws IOException {
        List<Verdict> there = Files.exists(folder.verdicts()) ? VerdictsFile.read(folder.verdicts()) : List.of();
        VerdictsFile.write(
                folder.verdicts(), MergedVerdicts.of(List.of(there, verdicts)).verdicts());
    }

    private static void requireWhole(RunFolder folder) throws IOException {
        RunManifest manifest = ManifestFile.read(folder.manifest());
        for (Path judged : RunId.judged(folder)) {
            String hash = Hashes.sha256(judged);
            String name = judged.getFileName().toString();
            boolean asWritten = manifest.stages().values().stream()
                    .anyMatch(stage -> hash.equals(stage.outputs().get(name)));
            if (!asWritten) {
                throw new GazecheckException(
                        judged + " is not what a finished stage of the run wrote: finish the run, or do it"
                                + " again (gazecheck run)");
            }
        }
    }

    public ReviewSummary summary() {
        return ReviewSummary.of(verdicts, predictions, id);
    }

    public RequiredItems required() {
        return RequiredItems.of(findings, ReviewSample.of(predictions, settings, new Randomness(seed)), verdicts, id);
    }

    /** The signature that lies in the run folder, valid or void. */
    public Optional<Signature> signature() throws IOException {
        return Files.exists(folder.signature())
                ? Optional.of(SignatureFile.read(folder.signature()))
                : Optional.empty();
    }

    /** What verdicts on this run may be about. */
    public Subjects subjects() throws IOException {
        return Subjects.of(
                predictions, findings, ManifestFile.read(folder.manifest()).classes());
    }

    /** The page's request, checked against what lies in the run folder; nothing is written. */
    public SignOff signOff(SigningRequest request) {
        if (!request.run().equals(id)) {
            return new SignOff.OtherRun(request, id);
        }
        Optional<Signature> earlier = undamagedSignature();
        Optional<Signature> unseen = earlier.filter(signature -> signature.validFor(id))
                .filter(signature -> !request.replaces().equals(Optional.of(signature.time())));
        if (unseen.isPresent()) {
            return new SignOff.Meanwhile(unseen.get());
        }
        RequiredItems required = required();
        if (request.decision() != Decision.REJECT && !required.reviewed().complete()) {
            return new SignOff.Open(required);
        }
        Signature signature = new Signature(
                request.decision(), request.reviewer(), after(earlier), request.comment(), id, required.reviewed());
        return new SignOff.Granted(signature, earlier);
    }

    /** Now; but no two signatures, one of which replaces the other, have the same time. */
    private static Instant after(Optional<Signature> earlier) {
        Instant now = Instant.now().truncatedTo(ChronoUnit.SECONDS);
        return earlier.map(signature -> signature.time().plusSeconds(1))
                .filter(now::isBefore)
                .orElse(now);
    }

    /** The signature, where it can be read: a damaged one is no reason not to sign. */
    public Optional<Signature> undamagedSignature() {
        try {
            return signature();
        } catch (IOException e) {
            return Optional.empty();
        }
    }
}
