package org.gazecheck.nightly;

import java.io.IOException;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.gazecheck.history.RecordedRun;
import org.gazecheck.history.RecordedSignOff;
import org.gazecheck.history.SignOffs;
import org.gazecheck.results.NightFile;
import org.gazecheck.results.ResultsException;
import org.gazecheck.results.RunFolder;
import org.gazecheck.results.Signature;
import org.gazecheck.results.SignatureFile;

/**
 * What a person decided about the watched run, which holds of every night that watched the same results.
 *
 * @param signature that holds
 * @param outdated that held of the run before it changed
 */
record WatchedSignOff(
        Tonight tonight, WatchedModel model, Optional<Signature> signature, Optional<Signature> outdated) {
    /** @throws ResultsException when the signature is damaged, so that nobody knows whether the run was rejected */
    static WatchedSignOff of(Tonight tonight, WatchedModel model) throws IOException {
        RunFolder run = model.run();
        Optional<Signature> there = Files.isRegularFile(run.signature())
                ? Optional.of(SignatureFile.read(run.signature()))
                : Optional.empty();
        Optional<Signature> valid = SignOffs.valid(run);
        return new WatchedSignOff(tonight, model, valid, valid.isPresent() ? Optional.empty() : there);
    }

    /** The history knows it of earlier nights with the same results. */
    EarlierNights taken(EarlierNights earlier) throws IOException {
        if (signature.isEmpty()) {
            return earlier;
        }
        List<RecordedSignOff> news = new ArrayList<>();
        for (RecordedRun run : earlier.history().runs()) {
            RecordedSignOff signOff = RecordedSignOff.of(run.id(), signature.get());
            if (watched(run) && !earlier.history().signOff(run).equals(Optional.of(signOff))) {
                news.add(signOff);
            }
        }
        tonight.history().signOff(news);
        return news.isEmpty()
                ? earlier
                : tonight.earlier(tonight.history().overview().upTo(tonight.started()));
    }

    private boolean watched(RecordedRun run) throws IOException {
        if (run.folder().isEmpty() || !run.name().equals(tonight.configuration().name())) {
            return false;
        }
        NightFolder night =
                new NightFolder(tonight.nights().root().resolve(run.folder().get()));
        try {
            return Files.isRegularFile(night.record())
                    && NightFile.read(night.record()).model().equals(model.id());
        } catch (ResultsException e) {
            return false;
        }
    }

    /** With what was decided, so that a night after a decision is not unchanged. */
    List<String> rules(List<String> rules) {
        List<String> all = new ArrayList<>(rules);
        signature.ifPresent(
                signed -> all.add("the watched run is " + signed.decision().past()));
        return all;
    }

    /** Where it was rejected, or a signature no longer holds. */
    Optional<String> told() {
        return rejected()
                .or(() -> outdated.map(signed -> "the watched run "
                        + model.run().root() + " has changed since it was "
                        + RecordedSignOff.of(tonight.id(), signed).text()
                        + ": that signature is void, and nobody has signed the run as it is"));
    }

    private Optional<String> rejected() {
        return signature
                .filter(signed -> signed.decision() == Signature.Decision.REJECT)
                .map(signed -> "the watched run " + model.run().root() + " was "
                        + RecordedSignOff.of(tonight.id(), signed).text() + ": no night that watches it is a baseline");
    }

    /** Of a night that the history has. */
    void keep(String night) throws IOException {
        tonight.history()
                .signOff(signature.map(signed -> RecordedSignOff.of(night, signed)).stream()
                        .toList());
    }
}
