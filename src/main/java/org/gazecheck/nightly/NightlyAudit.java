package org.gazecheck.nightly;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.gazecheck.history.History;
import org.gazecheck.history.Outcome;
import org.gazecheck.history.RecordedMetric;
import org.gazecheck.history.RecordedRun;
import org.gazecheck.io.Folders;
import org.gazecheck.pipeline.RunImages;
import org.gazecheck.pipeline.RunLooks;
import org.gazecheck.report.Changes;
import org.gazecheck.report.ChangesPageWriter;
import org.gazecheck.report.RunsPageWriter;
import org.gazecheck.results.GateVerdict;
import org.gazecheck.results.ManifestFile;
import org.gazecheck.results.NightRecord;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The steps of a night: the watched model is brought up to date, what arrived goes through it, both are compared, the gates
 * judge, and the history learns of it in one transaction, which is what makes the night whole.
 */
record NightlyAudit(Tonight tonight) {
    private static final Logger LOG = LoggerFactory.getLogger(NightlyAudit.class);
    private static final DateTimeFormatter TITLE =
            DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm 'UTC'", Locale.ROOT).withZone(ZoneOffset.UTC);

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

    /** @param undelivered messages of the night before, and calls at the beginning of this one, that reached nobody */
    Result run(int undelivered) throws IOException {
        EarlierNights before = EarlierNights.open(tonight);
        WatchedModel model = model();
        WatchedSignOff signOff = WatchedSignOff.of(tonight, model);
        EarlierNights earlier = signOff.taken(before);
        NightArrivals found = arrivals(model);
        List<String> rules = signOff.rules(earlier.rules(tonight.configuration().gates(), tonight.started()));
        Optional<NightRecord> last = earlier.lastWhole();
        if (found.none()
                && !tonight.gates().countArrivals()
                && last.filter(night -> night.undelivered() == undelivered && unchanged(night, model, rules))
                        .isPresent()
                && earlier.lastVerdict()
                        .filter(verdict -> found.there().settlesSomethingOf(verdict, tonight.nights()))
                        .isEmpty()) {
            return nothingNew(earlier, last.get());
        }
        return judged(earlier, model, signOff, found, rules, undelivered);
    }

    private Result judged(
            EarlierNights earlier,
            WatchedModel model,
            WatchedSignOff signOff,
            NightArrivals found,
            List<String> rules,
            int undelivered)
            throws IOException {
        NightFolder night = tonight.nights().begin(tonight.id());
        Path kept = tonight.timed("keep", () -> model.keep(tonight.nights()));
        EvaluatedArrivals arrivals = new ArrivalsRun(tonight, model).evaluated(found);
        NightComparisons compared = NightComparisons.of(tonight, earlier, kept, arrivals);
        List<String> told = new ArrayList<>(earlier.told());
        signOff.told().ifPresent(told::add);
        if (undelivered > 0) {
            told.add(undelivered
                    + (undelivered == 1 ? " message or call was" : " messages or calls were")
                    + " not delivered since the night before (night.undelivered; events.jsonl says which)");
        }
        NightRecord record = arrivals.record(
                tonight.id(), model.id(), compared.baseline(), rules, earlier.count(), undelivered, told);
        JudgedNight judged = JudgedNight.of(tonight, earlier, arrivals, compared, record, signOff.signature());
        tonight.timed("page", () -> page(model, arrivals, compared, judged));
        RecordedRun run = judged.entry(tonight, compared.watched().manifest());
        tonight.history().add(run, arrivals.inTime().seen(arrivals.opened()));
        signOff.keep(tonight.id());
        Files.deleteIfExists(night.unfinished());
        conclude();
        Optional<GateVerdict> verdict = Optional.of(judged.verdict());
        return new Result(run, verdict, record, judged.metrics(), verdict);
    }

    /** What the night came to, for people. */
    private Path page(WatchedModel model, EvaluatedArrivals arrivals, NightComparisons compared, JudgedNight judged)
            throws IOException {
        Path page = tonight.folder().page();
        try (RunLooks now = RunLooks.open(
                model.run(), compared.watched().predictions(), tonight.folder().root())) {
            ChangesPageWriter.write(page, changes(model, arrivals, compared, judged, now));
        }
        return page;
    }

    private Changes changes(
            WatchedModel model,
            EvaluatedArrivals arrivals,
            NightComparisons compared,
            JudgedNight judged,
            Changes.Looks now) {
        return new Changes(
                "Night of " + TITLE.format(tonight.started()),
                Optional.of(judged.verdict()),
                compared.otherModel(),
                compared.newImages(),
                RunImages.of(model.configuration()),
                Changes.Looks.NONE,
                now,
                arrivals.run().map(run -> run.report().getFileName().toString()),
                Optional.of("../" + RunsPageWriter.NAME),
                judged.night().warnings());
    }

    private WatchedModel model() throws IOException {
        Path run = tonight.configuration().nightly().run();
        WatchedModel model = tonight.timed("model", () -> WatchedModel.of(run, tonight.progress()));
        Messages.refuse(NightChecks.unknownSubjects(
                tonight, ManifestFile.read(model.run().manifest())));
        tonight.event("model-ready", Map.of("watched", model.run().root().toString(), "results", model.id()));
        return model;
    }

    private NightArrivals arrivals(WatchedModel model) throws IOException {
        NightArrivals found = tonight.timed(
                "arrivals",
                () -> NightArrivals.of(
                        incoming(),
                        tonight.configuration().nightly().followLinks(),
                        model,
                        tonight.history().seen()));
        found.warnings().forEach(warning -> tonight.progress().message("warning: " + warning));
        int duplicates = found.duplicates().size();
        tonight.event(
                "arrivals",
                Map.of(
                        "new", found.arrivals().size(),
                        "duplicates", duplicates,
                        "ignored", found.ignored().size(),
                        "unreadable", found.unreadable().size()));
        return found;
    }

    private Optional<Path> incoming() {
        return Optional.ofNullable(tonight.configuration().nightly().incoming());
    }

    private boolean unchanged(NightRecord last, WatchedModel model, List<String> rules) {
        return last.model().equals(model.id())
                && last.rules().equals(rules)
                && Files.exists(new NightFolder(tonight.nights().night(last.id())).notified());
    }

    /** What failed on the last whole night still does. */
    private Result nothingNew(EarlierNights earlier, NightRecord last) throws IOException {
        tonight.progress().message("nothing is new and nothing has changed since " + last.id());
        Optional<RecordedRun> whole = earlier.history().run(last.id());
        RecordedRun run = tonight.entry(whole.map(RecordedRun::outcome).orElse(Outcome.DONE), 0);
        tonight.history().add(run);
        conclude();
        return new Result(
                run, Optional.empty(), last, whole.map(RecordedRun::metrics).orElse(List.of()), earlier.lastVerdict());
    }

    /** The history knows of a night that broke off, so that the next one and the page show it. */
    void recordBroken(int exitCode) throws IOException {
        tonight.earlier(tonight.history().overviewOrNone()).requireOwnHistory();
        if (tonight.history().add(tonight.entry(Outcome.BROKEN, exitCode))) {
            Folders.delete(tonight.folder().root());
        }
        RunsPageWriter.write(tonight.history().overview(), tonight.nights().root());
    }

    /** The night is complete: what fails from here on is reported, and undoes nothing. */
    private void conclude() {
        try {
            History all = tonight.history().overview();
            Retention.apply(tonight, all);
            RunsPageWriter.write(all, tonight.nights().root());
            tonight.history().backUp();
            Optional<NightsMarker> marker = tonight.marker();
            if (marker.isPresent()) {
                marker.get()
                        .put(tonight.configuration().name(), tonight.nights().root(), tonight.id());
            }
        } catch (IOException | RuntimeException e) {
            LOG.warn("after the night", e);
            tonight.progress()
                    .message("warning: the night is complete, but the cleanup after it failed: " + e.getMessage());
        }
    }

    Optional<EarlierNights.Pending> pending() throws IOException {
        return tonight.earlier(tonight.history().overviewOrNone().upTo(tonight.started()))
                .pending();
    }
}
