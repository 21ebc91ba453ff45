package org.gazecheck.history;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.gazecheck.results.ResultsException;
import org.gazecheck.results.RunFolder;
import org.gazecheck.results.RunId;
import org.gazecheck.results.Signature;
import org.gazecheck.results.SignatureFile;

/** Takes into the history what people signed in the run folders, whatever they signed it with. */
public final class SignOffs {
    private SignOffs() {}

    /**
     * Brings the history up to date with the folders that are still there.
     *
     * @return the history as it is then
     */
    public static History taken(Path reports, HistoryFile file) throws IOException {
        History history = file.overview();
        List<RecordedSignOff> found = new ArrayList<>();
        for (RecordedRun run : history.runs()) {
            Optional<Signature> signature = run.folder().isEmpty()
                    ? Optional.empty()
                    : valid(new RunFolder(reports.resolve(run.folder().get())));
            signature
                    .map(signed -> RecordedSignOff.of(run.id(), signed))
                    .filter(signed -> !history.signOff(run).equals(Optional.of(signed)))
                    .ifPresent(found::add);
        }
        file.signOff(found);
        return found.isEmpty() ? history : file.overview();
    }

    /** What was decided about the run as it is now; a void or damaged signature decides nothing. */
    public static Optional<Signature> valid(RunFolder run) throws IOException {
        if (!Files.isRegularFile(run.signature()) || !Files.isRegularFile(run.findings())) {
            return Optional.empty();
        }
        try {
            Signature signature = SignatureFile.read(run.signature());
            return signature.validFor(RunId.of(run)) ? Optional.of(signature) : Optional.empty();
        } catch (ResultsException e) {
            return Optional.empty();
        }
    }
}
