package org.gazecheck.nightly;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.gazecheck.config.ConfigurationException;
import org.gazecheck.config.NightlyConfiguration;
import org.gazecheck.gate.Gates;
import org.gazecheck.gate.JUnitFile;
import org.gazecheck.gate.SummaryFile;
import org.gazecheck.history.HistoryFile;
import org.gazecheck.history.RecordedMetric;
import org.gazecheck.history.RecordedRun;
import org.gazecheck.io.AtomicFile;
import org.gazecheck.io.FolderLock;
import org.gazecheck.io.RunLog;
import org.gazecheck.notify.NightMetrics;
import org.gazecheck.notify.NightNotice;
import org.gazecheck.notify.NightOutcome;
import org.gazecheck.notify.RetryPolicy;
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
    private final Failures failures;

    private Nightly(Tonight tonight, Map<String, String> environment, Failures failures) throws ConfigurationException {
        this.tonight = tonight;
        this.audit = new NightlyAudit(tonight);
        this.messages = Messages.of(tonight, environment);
        this.failures = failures;
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
        Messages.refuse(Messages.mistakes(configuration));
        return new Nightly(Tonight.of(configuration, clock, progress), environment, failures).run();
    }

    /** Understands rules and addresses, and looks whether everything is there, so that a mistake is found by day. */
    public static Gates check(NightlyConfiguration configuration) throws ConfigurationException {
        List<String> mistakes = Messages.mistakes(configuration);
        Path run = configuration.nightly().run();
        if (!Files.exists(run)) {
            mistakes.add("nightly.run " + run
                    + " is not there: set it to a configuration file, or to the folder of a finished run");
        }
        Path incoming = configuration.nightly().incoming();
        if (incoming != null && !Files.isDirectory(incoming)) {
            mistakes.add(
                    "nightly.incoming " + incoming + " is not a folder: set it to the one into which images arrive");
        }
        Messages.refuse(mistakes);
        Tonight tonight = Tonight.of(configuration, Clock.systemUTC(), Progress.SILENT);
        Messages.of(tonight, Map.of());
        return tonight.gates();
    }

    private Night run() throws IOException {
        messages.warnOfMissingSecrets();
        boolean notified = false;
        try (FolderLock lock = FolderLock.of(tonight.nights().root());
                RunLog log = RunLog.attach(tonight.nights().root().resolve("nightly.log"))) {
            LOG.info("night {} begins", tonight.id());
            tonight.event(
                    "night-started", Map.of("name", tonight.configuration().name()));
            messages.started();
            try {
                Optional<EarlierNights.Pending> pending = audit.pending();
                if (pending.isPresent()) {
                    notify(pending.get().result());
                }
                NightlyAudit.Result result = audit.run();
                notify(result);
                int exitCode = result.run().exitCode();
                Optional<NightlyAudit.Result> unheard =
                        pending.filter(EarlierNights.Pending::killed).map(EarlierNights.Pending::result);
                boolean alerted = unheard.filter(late -> late.run().exitCode() == GATE_FAILED)
                        .isPresent();
                return new Night(
                        exitCode == 0 && alerted ? GATE_FAILED : exitCode,
                        unheard.flatMap(NightlyAudit.Result::verdict),
                        text(result),
                        result.run().folder().map(tonight.nights().root()::resolve),
                        result.verdict(),
                        result.night());
            } catch (IOException | RuntimeException | Error e) {
                LOG.error("the night ends here", e);
                notified = true;
                notifyFailure(e);
                throw e;
            }
        } catch (IOException e) {
            if (!notified) {
                notifyFailure(e);
            }
            throw e;
        }
    }

    private static String text(NightlyAudit.Result result) {
        return result.verdict()
                .map(verdict -> SummaryFile.text(verdict, result.night().warnings()))
                .orElseGet(() -> SummaryFile.unchanged(result.night().id(), result.standing()));
    }

    private void notify(NightlyAudit.Result result) throws IOException {
        RecordedRun run = result.run();
        NightNotice notice = new NightNotice(
                tonight.configuration().name(),
                run.id(),
                result.verdict().isEmpty() ? NightOutcome.UNCHANGED : NightOutcome.of(run.exitCode()),
                run.exitCode(),
                run.exitCode() == GATE_FAILED,
                run.started(),
                run.ended(),
                text(result),
                run.folder().map(messages::link).orElse(null),
                result.verdict().orElse(null));
        attempt(() -> writeMetrics(notice, result.figures(), result.standing()));
        attempt(() -> {
            AtomicFile.write(tonight.nights().summary(), notice.text());
            Optional<GateVerdict> standing =
                    result.verdict().or(() -> result.standing().map(GateVerdict::standing));
            if (standing.isPresent()) {
                JUnitFile.write(tonight.nights().junit(), standing.get());
            }
        });
        boolean reached = messages.send(notice, RetryPolicy.DEFAULT);
        new NightFolder(tonight.nights().night(run.id()))
                .markNotified(reached, tonight.clock().instant());
    }

    /** Nothing that fails here hides what failed first. */
    private void notifyFailure(Throwable failure) {
        boolean interrupted = Thread.interrupted();
        int exitCode = failures.exitCode(failure);
        String message = failures.message(failure);
        NightNotice notice = new NightNotice(
                tonight.configuration().name(),
                tonight.id(),
                NightOutcome.of(exitCode),
                exitCode,
                true,
                tonight.started(),
                tonight.clock().instant(),
                "# The night failed\n\n" + Messages.escaped(message) + "\n",
                null,
                null);
        if (notice.outcome() != NightOutcome.LOCKED && notice.outcome() != NightOutcome.MISCONFIGURED) {
            attempt(() -> audit.recordBroken(exitCode));
            attempt(() -> writeMetrics(notice, List.of(), Optional.empty()));
            attempt(() -> {
                AtomicFile.write(tonight.nights().summary(), notice.text());
                JUnitFile.writeBroken(tonight.nights().junit(), tonight.id(), notice.ended(), message);
            });
        }
        messages.send(notice, interrupted ? RetryPolicy.SHORT : RetryPolicy.DEFAULT);
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }

    private interface Attempt {
        void run() throws IOException;
    }

    private static void attempt(Attempt attempt) {
        try {
            attempt.run();
        } catch (IOException | RuntimeException | Error e) {
            LOG.warn("beside the night's outcome", e);
        }
    }

    private void writeMetrics(NightNotice notice, List<RecordedMetric> metrics, Optional<GateVerdict> verdict)
            throws IOException {
        Path given = tonight.configuration().notification().metrics();
        Path file = given == null ? tonight.nights().metrics() : given;
        Instant ended = tonight.clock().instant();
        Instant success =
                notice.exitCode() == 0 ? ended : NightMetrics.lastSuccess(file).orElse(null);
        List<NightMetrics.NamedFigure> figures = metrics.stream()
                .filter(m -> m.id().ofClass().isEmpty())
                .map(m -> new NightMetrics.NamedFigure(m.id().text(), null, m.figure()))
                .toList();
        double seconds = Duration.between(tonight.started(), ended).toMillis() / 1000.0;
        new NightMetrics(
                        notice.name(),
                        ended,
                        success,
                        notice.outcome(),
                        notice.exitCode(),
                        seconds,
                        figures,
                        verdict.orElse(null))
                .write(file);
    }

    /** The last good night in the configured folder that ended before now. */
    public static Optional<RecordedRun> lastGood(NightlyConfiguration configuration, Instant now) throws IOException {
        return HistoryFile.of(configuration.output().dir()).overviewOrNone().upTo(now).runs().stream()
                .filter(run ->
                        run.name().equals(configuration.name()) && run.outcome().good())
                .findFirst();
    }
}
