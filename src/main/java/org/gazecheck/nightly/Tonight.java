package org.gazecheck.nightly;

import java.io.IOException;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.temporal.ChronoUnit;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.gazecheck.config.ConfigurationException;
import org.gazecheck.config.NightlyConfiguration;
import org.gazecheck.gate.Gates;
import org.gazecheck.history.FinishedRun;
import org.gazecheck.history.History;
import org.gazecheck.history.HistoryFile;
import org.gazecheck.history.Outcome;
import org.gazecheck.history.RecordedFinding;
import org.gazecheck.history.RecordedGate;
import org.gazecheck.history.RecordedMetric;
import org.gazecheck.history.RecordedRun;
import org.gazecheck.io.Hashes;
import org.gazecheck.notify.EventLog;
import org.gazecheck.progress.Progress;
import org.gazecheck.results.RunManifest;

/**
 * What all steps of a night share.
 *
 * @param seconds of wall time by part of the night, in order; they come as it goes
 */
record Tonight(
        NightlyConfiguration configuration,
        Gates gates,
        NightsFolder nights,
        HistoryFile history,
        EventLog events,
        Clock clock,
        Progress progress,
        String id,
        Instant started,
        Map<String, Double> seconds) {
    private static final DateTimeFormatter ID =
            DateTimeFormatter.ofPattern("yyyyMMdd'T'HHmmss'Z'", Locale.ROOT).withZone(ZoneOffset.UTC);
    private static final int HASH_LENGTH = 8;

    static Tonight of(NightlyConfiguration configuration, Clock clock, Progress progress)
            throws ConfigurationException {
        NightlyConfiguration.Gates rules = configuration.gates();
        NightsFolder nights = new NightsFolder(configuration.output().dir());
        Instant started = clock.instant().truncatedTo(ChronoUnit.MILLIS);
        String hash = Hashes.sha256(UUID.randomUUID().toString()).substring(0, HASH_LENGTH);
        return new Tonight(
                configuration,
                Gates.of(rules.fail(), rules.warn(), rules.falseAlarms()),
                nights,
                HistoryFile.of(nights.root()),
                new EventLog(nights.events(), clock),
                clock,
                progress,
                ID.format(started) + "-" + hash,
                started,
                new LinkedHashMap<>());
    }

    /** What the history keeps of a night that left no folder. */
    RecordedRun entry(Outcome outcome, int exitCode) {
        return entry(outcome, exitCode, Optional.empty(), List.of(), List.of(), List.of());
    }

    /** What the history keeps of the night. @param model the watched run; empty where the night left no folder */
    RecordedRun entry(
            Outcome outcome,
            int exitCode,
            Optional<RunManifest> model,
            List<RecordedMetric> metrics,
            List<RecordedFinding> findings,
            List<RecordedGate> gates) {
        return new RecordedRun(
                id,
                model.map(run -> id),
                configuration.name(),
                model.flatMap(RunManifest::modelHash),
                model.flatMap(RunManifest::dataHash),
                model.map(FinishedRun::versions).orElse(Map.of()),
                Runtime.getRuntime().availableProcessors() + " cores",
                started,
                clock.instant().truncatedTo(ChronoUnit.MILLIS),
                seconds,
                outcome,
                exitCode,
                metrics,
                findings,
                gates);
    }

    NightFolder folder() {
        return new NightFolder(nights.night(id));
    }

    EarlierNights earlier(History history) {
        return new EarlierNights(
                nights, history, configuration.name(), configuration.nightly().baseline(), marker(), progress);
    }

    /** Beside the watched run; empty where there is none yet to be beside. */
    Optional<NightsMarker> marker() {
        try {
            return Optional.of(NightsMarker.of(
                    configuration, NightFolders.of(configuration).run()));
        } catch (IOException e) {
            return Optional.empty();
        }
    }

    void event(String event, Map<String, Object> fields) {
        events.append(event, id, fields);
    }

    interface Work<T> {
        T get() throws IOException;
    }

    <T> T timed(String part, Work<T> work) throws IOException {
        long began = System.nanoTime();
        try {
            return work.get();
        } finally {
            seconds.merge(part, (System.nanoTime() - began) * 1e-9, Double::sum);
        }
    }
}
