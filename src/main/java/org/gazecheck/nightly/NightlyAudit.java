package org.gazecheck.nightly;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.Collectors;
import org.gazecheck.compare.ComparisonJson;
import org.gazecheck.compare.IncomparableException;
import org.gazecheck.compare.RunComparison;
import org.gazecheck.compare.RunResults;
import org.gazecheck.config.ConfigurationException;
import org.gazecheck.config.NightlyConfiguration;
import org.gazecheck.gate.Gates;
import org.gazecheck.gate.JUnitFile;
import org.gazecheck.gate.MeasurementTable;
import org.gazecheck.gate.SummaryFile;
import org.gazecheck.history.History;
import org.gazecheck.history.HistoryFile;
import org.gazecheck.history.Outcome;
import org.gazecheck.history.RecordedFinding;
import org.gazecheck.history.RecordedGate;
import org.gazecheck.history.RecordedMetric;
import org.gazecheck.history.RecordedRun;
import org.gazecheck.history.RunMetrics;
import org.gazecheck.history.SeenFile;
import org.gazecheck.io.AtomicFile;
import org.gazecheck.io.Folders;
import org.gazecheck.io.Hashes;
import org.gazecheck.metric.MetricSet;
import org.gazecheck.notify.EventLog;
import org.gazecheck.pipeline.RunImages;
import org.gazecheck.progress.Progress;
import org.gazecheck.report.Changes;
import org.gazecheck.report.ChangesPageWriter;
import org.gazecheck.report.RunsPageWriter;
import org.gazecheck.results.DatasetFile;
import org.gazecheck.results.DatasetRow;
import org.gazecheck.results.Findings;
import org.gazecheck.results.FindingsFile;
import org.gazecheck.results.GateVerdict;
import org.gazecheck.results.GatesFile;
import org.gazecheck.results.ManifestFile;
import org.gazecheck.results.NightFile;
import org.gazecheck.results.NightRecord;
import org.gazecheck.results.Prediction;
import org.gazecheck.results.PredictionsFile;
import org.gazecheck.results.RunFolder;
import org.gazecheck.results.RunManifest;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One night: the watched model is brought up to date, what arrived goes through it, both are compared, the gates judge, and
 * the history learns of it in one transaction, which is what makes the night whole.
 */
final class NightlyAudit {
    private static final DateTimeFormatter ID =
            DateTimeFormatter.ofPattern("yyyyMMdd'T'HHmmss'Z'", Locale.ROOT).withZone(ZoneOffset.UTC);
    private static final DateTimeFormatter TITLE =
            DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm 'UTC'", Locale.ROOT).withZone(ZoneOffset.UTC);
    private static final int HASH_LENGTH = 8;
    private static final int NAMED = 10;
    private static final Logger LOG = LoggerFactory.getLogger(NightlyAudit.class);

    private final NightlyConfiguration configuration;
    private final NightsFolder nights;
    private final HistoryFile history;
    private final EventLog events;
    private final Clock clock;
    private final Progress progress;
    private final Gates gates;
    private final Instant started;
    private final String id;
    private final Map<String, Double> seconds = new LinkedHashMap<>();

    NightlyAudit(NightlyConfiguration configuration, Gates gates, EventLog events, Clock clock, Progress progress) {
        this.configuration = configuration;
        this.nights = new NightsFolder(configuration.output().dir());
        this.history = HistoryFile.of(nights.root());
        this.events = events;
        this.clock = clock;
        this.progress = progress;
        this.gates = gates;
        this.started = clock.instant().truncatedTo(ChronoUnit.MILLIS);
        this.id = ID.format(started) + "-"
                + Hashes.sha256(UUID.randomUUID().toString()).substring(0, HASH_LENGTH);
    }

    /**
     * The outcome of a night.
     *
     * @param verdict empty where nothing was new and nothing had changed
     * @param figures that hold now: tonight's, or those of the last whole night
     * @param standing likewise, the verdict that holds now
     */
    record Result(
            RecordedRun run,
            Optional<GateVerdict> verdict,
            NightRecord night,
            List<RecordedMetric> figures,
            Optional<GateVerdict> standing) {}

    String id() {
        return id;
    }

    Instant started() {
        return started;
    }

    Result run() throws IOException, ConfigurationException {
        History all = history.overviewOrNone();
        earlier(all).requireOwnHistory();
        Retention.removeUnfinished(nights, all, progress);
        History before = all.upTo(started);
        if (before.runs().size() < all.runs().size()) {
            progress.message("warning: the clock says " + started + ", and "
                    + all.runs().get(0).id() + " ended at " + all.runs().get(0).ended()
                    + ": what was recorded while the clock was ahead is compared with nothing");
        }
        WatchedModel model = timed(
                "model",
                () -> WatchedModel.of(
                        configuration.nightly().run(), configuration.nightly().incoming(), progress));
        events.append("model-ready", id, Map.of("watched", model.run().root().toString(), "results", model.id()));
        NightArrivals arrivals =
                timed("arrivals", () -> NightArrivals.of(configuration.nightly().incoming(), model, history.seen()));
        arrivals.warnings().forEach(warning -> progress.message("warning: " + warning));
        events.append(
                "arrivals",
                id,
                Map.of(
                        "new", arrivals.arrivals().size(),
                        "duplicates", arrivals.duplicates().size()));
        Optional<NightRecord> last = earlier(before).lastWhole();
        if (arrivals.none() && last.isPresent() && !gates.countArrivals() && unchanged(before, last.get(), model)) {
            return nothingNew(before, last.get());
        }
        return judged(before, model, arrivals);
    }

    private EarlierNights earlier(History before) {
        return new EarlierNights(nights, before, configuration.name(), progress);
    }

    private boolean unchanged(History before, NightRecord last, WatchedModel model) {
        return last.model().equals(model.id())
                && last.rules().equals(rules(before))
                && Files.exists(new NightFolder(nights.night(last.id())).notified());
    }

    /** Everything but images and model that gates depend on. */
    private List<String> rules(History before) {
        List<String> rules = new ArrayList<>();
        configuration.gates().fail().forEach(rule -> rules.add("fail: " + rule));
        configuration.gates().warn().forEach(rule -> rules.add("warn: " + rule));
        rules.add("false alarms: " + configuration.gates().falseAlarms());
        before.chosen().ifPresent(chosen -> rules.add("baseline: " + chosen));
        LocalDate today = LocalDate.ofInstant(started, ZoneOffset.UTC);
        before.acknowledgements().stream()
                .filter(known -> known.holdsOn(today))
                .forEach(known -> rules.add("acknowledged until " + known.until() + ": " + known.of()));
        return rules;
    }

    /** What failed on the last whole night still does. */
    private Result nothingNew(History before, NightRecord last) throws IOException {
        progress.message("nothing is new and nothing has changed since " + last.id());
        Optional<RecordedRun> whole = before.run(last.id());
        Outcome outcome = whole.map(RecordedRun::outcome).orElse(Outcome.DONE);
        RecordedRun run = recorded(Optional.empty(), Optional.empty(), outcome, 0, List.of(), List.of(), List.of());
        history.add(run);
        conclude();
        return new Result(
                run,
                Optional.empty(),
                last,
                whole.map(RecordedRun::metrics).orElse(List.of()),
                earlier(before).lastVerdict());
    }

    private Result judged(History before, WatchedModel model, NightArrivals arrived)
            throws IOException, ConfigurationException {
        NightFolder night = nights.begin(id);
        Path kept = timed("keep", () -> model.keep(nights));
        ArrivalsRun run = new ArrivalsRun(model, night, configuration.name(), progress);
        NightArrivals arrivals = timed("evaluation", () -> run.inTime(arrived, until(), clock));
        boolean evaluated = !arrivals.arrivals().isEmpty() && timed("audit", () -> run.whole(arrivals));

        RunResults watched = RunResults.read(kept);
        Optional<RecordedRun> baseline = earlier(before).baseline();
        ModelComparison beside = compared(before, watched, baseline);
        Optional<RunComparison> fresh = evaluated
                ? Optional.of(
                        timed("comparison", () -> RunComparison.of(watched, RunResults.read(night.root()), seed())))
                : Optional.empty();
        Optional<RunComparison> models = beside.comparison().filter(comparison -> !comparison.sameModel());
        if (models.isPresent()) {
            AtomicFile.write(night.models(), ComparisonJson.of(models.get()));
        }
        if (fresh.isPresent()) {
            AtomicFile.write(night.newComparison(), ComparisonJson.of(fresh.get()));
        }
        NightRecord record = record(
                before, model, baseline, arrived, arrivals, evaluated ? Optional.of(night.run()) : Optional.empty());
        List<RecordedMetric> metrics = new ArrayList<>();
        RunMetrics.of(new RunFolder(kept)).stream()
                .filter(metric -> metric.id().set() != MetricSet.NEW)
                .forEach(metrics::add);
        if (evaluated) {
            metrics.addAll(RunMetrics.of(night.run()));
        }
        Findings audit = FindingsFile.read(new RunFolder(kept).findings());
        MeasurementTable measurements = NightMeasurements.of(metrics, watched, beside, fresh, record, audit, elapsed());
        GateVerdict verdict = gates.judge(
                id, clock.instant(), measurements, earlier(before).lastVerdict(), before.acknowledgements());
        GatesFile.write(night.gates(), verdict);
        JUnitFile.write(night.junit(), verdict);
        SummaryFile.write(night.summary(), verdict, record.warnings());
        NightFile.write(night.record(), record);
        Changes changes = new Changes(
                "Night of " + TITLE.format(started),
                Optional.of(verdict),
                models,
                fresh,
                RunImages.of(model.configuration()),
                evaluated ? Optional.of(night.run().report().getFileName().toString()) : Optional.empty(),
                Optional.of("../" + RunsPageWriter.NAME),
                record.warnings());
        timed("page", () -> {
            ChangesPageWriter.write(night.page(), changes);
            return null;
        });
        JudgedNight judged = new JudgedNight(record, verdict);
        RecordedRun whole = recorded(
                Optional.of(id),
                Optional.of(kept),
                judged.outcome(),
                judged.exitCode(),
                metrics,
                audit.findings().stream().map(RecordedFinding::of).toList(),
                verdict.gates().stream().map(RecordedGate::of).toList());
        RunFolder opened = night.run();
        history.add(
                whole,
                arrivals.seen(Files.isRegularFile(opened.dataset()) ? DatasetFile.read(opened.dataset()) : List.of()));
        Files.deleteIfExists(night.unfinished());
        conclude();
        return new Result(whole, Optional.of(verdict), record, metrics, Optional.of(verdict));
    }

    private Instant until() {
        double minutes = configuration.nightly().minutes();
        return minutes == 0
                ? null
                : started.plusMillis(Math.round(minutes * Duration.ofMinutes(1).toMillis()));
    }

    private long seed() {
        return configuration.nightly().seed();
    }

    private ModelComparison compared(History before, RunResults watched, Optional<RecordedRun> baseline)
            throws IOException, ConfigurationException {
        if (baseline.isEmpty() || baseline.get().folder().isEmpty()) {
            return ModelComparison.none(earlier(before).withoutBaseline());
        }
        NightFolder night =
                new NightFolder(nights.root().resolve(baseline.get().folder().get()));
        Path results = Files.isRegularFile(night.record())
                ? nights.model(NightFile.read(night.record()).model())
                : night.root();
        if (!Files.isDirectory(results)) {
            throw new IOException("the baseline " + baseline.get().id() + " has lost its results (" + results
                    + "): bring them back, or choose another (gazecheck baseline set RUN, or clear)");
        }
        try {
            return ModelComparison.of(
                    timed("comparison", () -> RunComparison.of(RunResults.read(results), watched, seed())));
        } catch (IncomparableException e) {
            return ModelComparison.incomparable("the model cannot be compared with the baseline's, because "
                    + e.getMessage() + ", or choose another baseline (gazecheck baseline set NIGHT)");
        }
    }

    private NightRecord record(
            History before,
            WatchedModel model,
            Optional<RecordedRun> baseline,
            NightArrivals arrived,
            NightArrivals looked,
            Optional<RunFolder> evaluated)
            throws IOException {
        int images = 0;
        int labelled = 0;
        if (evaluated.isPresent()) {
            List<Prediction> predictions = PredictionsFile.read(evaluated.get().predictions());
            images = predictions.size();
            labelled = (int) predictions.stream().filter(Prediction::labelled).count();
        }
        List<String> warnings = new ArrayList<>(looked.warnings());
        warnings.addAll(arrived.unreadable());
        if (!looked.duplicates().isEmpty()) {
            warnings.add("known already, under another name or in the data of the model: "
                    + looked.duplicates().stream()
                            .limit(NAMED)
                            .map(SeenFile::path)
                            .collect(Collectors.joining(", "))
                    + (looked.duplicates().size() > NAMED
                            ? " and " + (looked.duplicates().size() - NAMED) + " more"
                            : ""));
        }
        RunFolder table = new RunFolder(nights.night(id));
        if (Files.isRegularFile(table.dataset())) {
            DatasetFile.read(table.dataset()).stream()
                    .filter(row -> !row.usable())
                    .map((DatasetRow row) -> row.path() + ": " + row.problem())
                    .forEach(warnings::add);
        }
        return new NightRecord(
                NightRecord.SCHEMA_VERSION,
                id,
                model.id(),
                baseline.map(RecordedRun::id).orElse(null),
                rules(before),
                images,
                labelled,
                looked.arrivals().size() - images + arrived.unreadable().size(),
                looked.duplicates().size(),
                arrived.arrivals().size() - looked.arrivals().size(),
                warnings);
    }

    private RecordedRun recorded(
            Optional<String> folder,
            Optional<Path> model,
            Outcome outcome,
            int exitCode,
            List<RecordedMetric> metrics,
            List<RecordedFinding> findings,
            List<RecordedGate> recordedGates)
            throws IOException {
        Map<String, String> versions = new LinkedHashMap<>();
        Optional<RunManifest> manifest = Optional.empty();
        if (model.isPresent()) {
            manifest = Optional.of(ManifestFile.read(new RunFolder(model.get()).manifest()));
            for (String fact : List.of("Gazecheck", "Engine", "Deeplearning4j")) {
                if (manifest.get().facts().containsKey(fact)) {
                    versions.put(fact, manifest.get().facts().get(fact));
                }
            }
        }
        return new RecordedRun(
                id,
                folder,
                configuration.name(),
                manifest.flatMap(RunManifest::modelHash),
                manifest.flatMap(RunManifest::dataHash),
                versions,
                Runtime.getRuntime().availableProcessors() + " cores",
                started,
                clock.instant().truncatedTo(ChronoUnit.MILLIS),
                seconds,
                outcome,
                exitCode,
                metrics,
                findings,
                recordedGates);
    }

    /** The history knows of a night that broke off, so that the next one and the page show it. */
    void recordBroken(int exitCode) throws IOException, ConfigurationException {
        earlier(history.overviewOrNone()).requireOwnHistory();
        boolean broke = history.add(recorded(
                Optional.empty(), Optional.empty(), Outcome.BROKEN, exitCode, List.of(), List.of(), List.of()));
        if (broke) {
            Folders.delete(nights.night(id));
        }
        RunsPageWriter.write(history.overview(), nights.root());
    }

    /** The night is complete: what fails from here on is reported, and undoes nothing. */
    private void conclude() {
        try {
            History all = history.overview();
            Retention.apply(nights, all, id, earlier(all.upTo(clock.instant())).needed(), configuration);
            RunsPageWriter.write(all, nights.root());
            history.backUp();
        } catch (IOException | RuntimeException e) {
            LOG.warn("after the night", e);
            progress.message("warning: the night is complete, but the cleanup after it failed: " + e.getMessage());
        }
    }

    Optional<EarlierNights.Pending> pending() throws IOException {
        return earlier(history.overviewOrNone().upTo(started)).pending();
    }

    /** Notifications of a night were attempted. @param reached whether anybody was reached, or nobody is configured */
    void notified(String nightId, boolean reached) throws IOException {
        NightFolder night = new NightFolder(nights.night(nightId));
        if (Files.isDirectory(night.root())) {
            night.markNotified(reached, clock.instant());
        }
    }

    private double elapsed() {
        return Duration.between(started, clock.instant()).toMillis() / 1000.0;
    }

    private interface Work<T> {
        T get() throws IOException, ConfigurationException;
    }

    private <T> T timed(String part, Work<T> work) throws IOException, ConfigurationException {
        long began = System.nanoTime();
        try {
            return work.get();
        } finally {
            seconds.merge(part, (System.nanoTime() - began) * 1e-9, Double::sum);
        }
    }
}
