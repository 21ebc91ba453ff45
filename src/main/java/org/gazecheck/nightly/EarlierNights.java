package org.gazecheck.nightly;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.gazecheck.config.ConfigurationException;
import org.gazecheck.config.NightlyConfiguration;
import org.gazecheck.history.History;
import org.gazecheck.history.HistoryFile;
import org.gazecheck.history.Outcome;
import org.gazecheck.history.RecordedRun;
import org.gazecheck.history.SignOffs;
import org.gazecheck.io.DamagedFileException;
import org.gazecheck.progress.Progress;
import org.gazecheck.results.GateVerdict;
import org.gazecheck.results.GatesFile;
import org.gazecheck.results.NightFile;
import org.gazecheck.results.NightRecord;
import org.gazecheck.results.ResultsException;

/**
 * What a night needs to know of those before it.
 *
 * @param name of the configuration
 * @param marker outside the folder of nights
 * @param unset what is compared with where nobody has set a baseline
 */
record EarlierNights(
        NightsFolder nights,
        History history,
        String name,
        NightlyConfiguration.Baseline unset,
        Optional<NightsMarker> marker,
        Progress progress) {
    /** Those that ended before tonight, with nothing left of a night that was not finished. */
    static EarlierNights open(Tonight tonight) throws IOException {
        History all = Files.exists(tonight.nights().root().resolve(HistoryFile.NAME))
                ? SignOffs.taken(tonight.nights().root(), tonight.history())
                : History.EMPTY;
        tonight.earlier(all).requireOwnHistory();
        Retention.removeUnfinished(tonight.nights(), all, tonight.progress());
        History before = all.upTo(tonight.started());
        if (before.runs().size() < all.runs().size()) {
            RecordedRun last = all.runs().get(0);
            tonight.progress()
                    .message("warning: the clock says " + tonight.started() + ", and " + last.id() + " ended at "
                            + last.ended()
                            + ": what was recorded while the clock was ahead is compared with nothing");
        }
        return tonight.earlier(before);
    }

    /** Images that an earlier night saw would be new again, and the baseline lost, without anybody noticing. */
    void requireOwnHistory() throws IOException {
        if (history.runs().isEmpty() && Retention.holdsNights(nights)) {
            throw new DamagedFileException(nights.root() + " holds nights, and its " + HistoryFile.NAME
                    + " is not there, or empty: bring it back"
                    + (Files.exists(nights.root().resolve(HistoryFile.BACKUP))
                            ? " (" + HistoryFile.BACKUP + " beside it is a copy as of the last night)"
                            : "")
                    + ", or choose another output.dir");
        }
        if (whole().findAny().isEmpty() && !Retention.holdsAny(nights) && marker.isPresent()) {
            Optional<NightsMarker.Entry> entry = marker.get().entry(name, nights.root());
            if (entry.isPresent()) {
                throw new DamagedFileException("output.dir " + nights.root() + " holds no night, but "
                        + marker.get().file()
                        + " beside the watched run says that nights of '" + name + "' were kept in "
                        + entry.get().folder() + " (the last is " + entry.get().last()
                        + "): bring that folder back (is a disk not mounted?); or remove this file, and the nights"
                        + " begin anew, without baseline");
            }
        }
        Optional<String> other = history.runs().stream()
                .filter(run -> !run.name().equals(name) && isNight(run))
                .map(RecordedRun::name)
                .findFirst();
        if (other.isPresent()) {
            throw new ConfigurationException(
                    List.of("output.dir " + nights.root() + " holds the nights of '" + other.get()
                            + "', this configuration is '" + name
                            + "': give each a folder of its own, or the same name"));
        }
    }

    private boolean isNight(RecordedRun run) {
        return folder(run).isPresent();
    }

    private Optional<NightFolder> folder(RecordedRun run) {
        return run.folder()
                .map(folder -> new NightFolder(nights.root().resolve(folder)))
                .filter(night -> Files.isRegularFile(night.record()));
    }

    /**
     * What somebody set, otherwise the last night whose gates passed, without any failure that was only silenced, and whose run
     * nobody rejected; or nothing, where the configuration says that only a person sets it.
     */
    Optional<RecordedRun> baseline() {
        if (history.chosen().isPresent()) {
            return history.run(history.chosen().get());
        }
        return unset == NightlyConfiguration.Baseline.SET
                ? Optional.empty()
                : passed().filter(this::isNight).findFirst();
    }

    private Stream<RecordedRun> passed() {
        return history.mayBeBaseline().filter(run -> run.name().equals(name));
    }

    private Stream<RecordedRun> own() {
        return history.runs().stream().filter(run -> run.name().equals(name));
    }

    /** Those with an outcome of their own, the last first. */
    private Stream<RecordedRun> whole() {
        return own().filter(run -> run.outcome() != Outcome.BROKEN);
    }

    /** How many nights there were before tonight. */
    int count() {
        return (int) whole().count();
    }

    /** What is odd about there being no earlier night, a sentence each. */
    List<String> told() throws IOException {
        if (count() > 0) {
            return List.of();
        }
        List<String> told = new ArrayList<>(List.of("this is the first night that " + nights.root()
                + " knows (night.earlier is 0): there is no night before to compare with"));
        if (marker.isPresent()) {
            marker.get().elsewhere(name, nights.root()).ifPresent(told::add);
        }
        return told;
    }

    /** Everything but images and model that gates depend on. */
    List<String> rules(NightlyConfiguration.Gates gates, Instant now) {
        List<String> rules = new ArrayList<>();
        gates.fail().forEach(rule -> rules.add("fail: " + rule));
        gates.warn().forEach(rule -> rules.add("warn: " + rule));
        rules.add("false alarms: " + gates.falseAlarms());
        rules.add("baseline: "
                + history.chosen().orElse(unset == NightlyConfiguration.Baseline.SET ? "none is set" : "passed"));
        LocalDate today = LocalDate.ofInstant(now, ZoneOffset.UTC);
        history.acknowledgements().stream()
                .filter(known -> known.holdsOn(today))
                .forEach(known -> rules.add("acknowledged until " + known.until() + ": " + known.of()));
        return rules;
    }

    /** Why there is no baseline. */
    String withoutBaseline() {
        if (history.chosen().isPresent()) {
            return "the chosen baseline " + history.chosen().get() + " is not among the nights before this one";
        }
        if (unset == NightlyConfiguration.Baseline.SET) {
            return "nobody has set a baseline, and nightly.baseline says that only a person does (gazecheck baseline set"
                    + " NIGHT)";
        }
        return passed().findFirst()
                .map(run -> "the folders of all nights whose gates passed are gone, such as " + run.id())
                .orElse("there is no baseline yet");
    }

    /** Those without which a later night could not do its work. */
    List<RecordedRun> needed() {
        List<RecordedRun> needed = new ArrayList<>();
        baseline().ifPresent(needed::add);
        passed().filter(this::isNight).findFirst().ifPresent(needed::add);
        own().filter(this::isNight).findFirst().ifPresent(needed::add);
        return needed;
    }

    /** Of the last night that left a folder. */
    Optional<NightRecord> lastWhole() throws IOException {
        Optional<Path> record = lastFolder().map(NightFolder::record);
        try {
            return record.isEmpty() ? Optional.empty() : Optional.of(NightFile.read(record.get()));
        } catch (ResultsException e) {
            progress.message("warning: " + e.getMessage() + ": tonight is judged as if there had been no night before");
            return Optional.empty();
        }
    }

    /** Empty also where it was removed: what it came to is not known then, and an older one does not stand for it. */
    Optional<NightFolder> lastFolder() {
        return own().filter(run -> run.folder().isPresent()).findFirst().flatMap(this::folder);
    }

    /** What the last whole night came to; a verdict that nobody was notified of counts as new. */
    Optional<GateVerdict> lastVerdict() throws IOException {
        Optional<Path> gates = lastFolder()
                .filter(night -> Files.exists(night.notified()))
                .map(NightFolder::gates)
                .filter(Files::isRegularFile);
        try {
            return gates.isEmpty() ? Optional.empty() : Optional.of(GatesFile.read(gates.get()));
        } catch (ResultsException e) {
            progress.message("warning: " + e.getMessage() + ": what fails tonight counts as new");
            return Optional.empty();
        }
    }

    /**
     * A complete night of which not everybody was notified.
     *
     * @param killed before the notification was attempted, so that its exit code did not reach anybody either
     */
    record Pending(NightlyAudit.Result result, boolean killed) {}

    /** The last whole night, where it was killed before everybody was notified, or nobody could be reached. */
    Optional<Pending> pending() throws IOException {
        Optional<NightFolder> folder = lastFolder();
        boolean killed = folder.isPresent() && !Files.exists(folder.get().notified());
        if (folder.isEmpty() || !killed && !Files.exists(folder.get().undelivered())) {
            return Optional.empty();
        }
        Optional<NightRecord> night = lastWhole();
        Optional<RecordedRun> run = night.flatMap(last -> history.run(last.id()));
        if (run.isEmpty() || !Files.isRegularFile(folder.get().gates())) {
            return Optional.empty();
        }
        progress.message("nobody was notified of the night " + run.get().id() + ": the notification is sent now");
        Optional<GateVerdict> verdict = Optional.of(GatesFile.read(folder.get().gates()));
        return Optional.of(new Pending(
                new NightlyAudit.Result(
                        run.get(), verdict, night.get(), run.get().metrics(), verdict),
                killed));
    }
}
