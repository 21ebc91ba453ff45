package org.gazecheck.nightly;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import org.gazecheck.config.ConfigurationException;
import org.gazecheck.config.NightlyConfiguration;
import org.gazecheck.gate.Gates;
import org.gazecheck.history.HistoryFile;
import org.gazecheck.history.RecordedRun;
import org.gazecheck.io.FolderLock;
import org.gazecheck.io.RunLog;
import org.gazecheck.progress.Progress;
import org.gazecheck.results.GateVerdict;
import org.gazecheck.results.NightRecord;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A night with everything around it: one at a time in a folder, its log, and the notifications about it, whatever its
 * outcome. Of a configuration that cannot be read nobody is notified here: that is found when it is read.
 */
public final class Nightly {
    /** Ends the night when a gate alerts. */
    public static final int GATE_FAILED = 3;

    /** Ends the night when there was no time for all that is new. */
    public static final int OUT_OF_TIME = 6;

    private static final Logger LOG = LoggerFactory.getLogger(Nightly.class);

    private final Tonight tonight;
    private final NightlyAudit audit;
    private final Messages messages;
    private final Announcement announcement;

    private Nightly(Tonight tonight, Map<String, String> environment, Failures failures) throws ConfigurationException {
        this.tonight = tonight;
        this.audit = new NightlyAudit(tonight);
        this.messages = Messages.of(tonight, environment);
        this.announcement = new Announcement(tonight, messages, failures);
    }

    /** What the program makes of failures. */
    public interface Failures {
        /** With which it will end. */
        int exitCode(Throwable failure);

        /** The message for people. */
        String message(Throwable failure);
    }

    /**
     * The outcome of a night.
     *
     * @param late of a night before it that was killed before anybody was notified: notified now
     * @param text of the notification
     * @param folder of the night; empty where nothing was new and nothing had changed
     * @param verdict of the gates; empty likewise
     */
    public record Night(
            int exitCode,
            Optional<GateVerdict> late,
            String text,
            Optional<Path> folder,
            Optional<GateVerdict> verdict,
            NightRecord record) {}

    /**
     * Does a night.
     *
     * @param environment where secrets are, as {@link System#getenv()}
     * @param failures what the program makes of them, for messages
     * @throws ConfigurationException when a rule or an address cannot be understood; nothing is done then
     */
    public static Night run(
            NightlyConfiguration configuration,
            Map<String, String> environment,
            Clock clock,
            Progress progress,
            Failures failures)
            throws IOException {
        NightChecks checks = new NightChecks(configuration);
        checks.refuse();
        Tonight tonight = Tonight.of(configuration, clock, progress);
        checks.refuseUnwatched(tonight.gates());
        return new Nightly(tonight, environment, failures).run();
    }

    /**
     * Understands rules and addresses, and looks whether everything is there and apart, so that a mistake is found by day.
     *
     * @param environment where secrets are, as {@link System#getenv()}
     * @throws ConfigurationException with all mistakes
     */
    public static Gates check(NightlyConfiguration configuration, Map<String, String> environment) throws IOException {
        Tonight tonight = Tonight.of(configuration, Clock.systemUTC(), Progress.SILENT);
        new NightChecks(configuration).refuseByDay(tonight, environment);
        return tonight.gates();
    }

    private Night run() throws IOException {
        boolean notified = false;
        try (FolderLock lock = FolderLock.of(tonight.nights().root());
                RunLog log = RunLog.attach(tonight.nights().root().resolve("nightly.log"))) {
            LOG.info("night {} begins", tonight.id());
            tonight.event(
                    "night-started", Map.of("name", tonight.configuration().name()));
            int undelivered = tonight.nights().undelivered();
            int calls = messages.started();
            try {
                Optional<EarlierNights.Pending> pending = audit.pending();
                if (pending.isPresent()) {
                    announcement.told(pending.get().result(), calls);
                }
                NightlyAudit.Result result = audit.run(undelivered + calls);
                String text = announcement.told(result, calls);
                int exitCode = result.run().exitCode();
                Optional<NightlyAudit.Result> unheard =
                        pending.filter(EarlierNights.Pending::killed).map(EarlierNights.Pending::result);
                boolean alerted = unheard.flatMap(NightlyAudit.Result::verdict)
                        .filter(GateVerdict::alerts)
                        .isPresent();
                return new Night(
                        exitCode == 0 && alerted ? GATE_FAILED : exitCode,
                        unheard.flatMap(NightlyAudit.Result::verdict),
                        text,
                        result.run().folder().map(tonight.nights().root()::resolve),
                        result.verdict(),
                        result.night());
            } catch (IOException | RuntimeException | Error e) {
                LOG.error("the night ends here", e);
                notified = true;
                announcement.told(e, audit);
                throw e;
            }
        } catch (IOException e) {
            if (!notified) {
                announcement.told(e, audit);
            }
            throw e;
        }
    }

    /** The last night without a failure in the configured folder that ended before now. */
    public static Optional<RecordedRun> lastGood(NightlyConfiguration configuration, Instant now) throws IOException {
        return HistoryFile.of(configuration.output().dir()).overviewOrNone().upTo(now).runs().stream()
                .filter(run ->
                        run.name().equals(configuration.name()) && run.outcome().good())
                .findFirst();
    }
}
