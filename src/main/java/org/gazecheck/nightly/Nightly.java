package org.gazecheck.nightly;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
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
import org.gazecheck.notify.DeadMansSwitch;
import org.gazecheck.notify.Delivery;
import org.gazecheck.notify.NightMetrics;
import org.gazecheck.notify.NightNotice;
import org.gazecheck.notify.NightOutcome;
import org.gazecheck.notify.Notifier;
import org.gazecheck.notify.RetryPolicy;
import org.gazecheck.notify.Webhook;
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

    private final NightlyConfiguration configuration;
    private final NightsFolder nights;
    private final Tonight tonight;
    private final NightlyAudit audit;
    private final List<Webhook> webhooks;
    private final DeadMansSwitch pings;
    private final Map<String, String> environment;
    private final Failures failures;

    private Nightly(Tonight tonight, Map<String, String> environment, Failures failures) throws ConfigurationException {
        this.tonight = tonight;
        this.configuration = tonight.configuration();
        this.nights = tonight.nights();
        this.audit = new NightlyAudit(tonight);
        this.webhooks = Messages.webhooks(configuration.notification());
        this.pings = Messages.pings(configuration.notification());
        this.environment = environment;
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
        Messages.check(configuration);
        return new Nightly(Tonight.of(configuration, clock, progress), environment, failures).run();
    }

    /** Understands rules and addresses, and looks whether everything is there, so that a mistake is found by day. */
    public static Gates check(NightlyConfiguration configuration) throws ConfigurationException {
        Messages.check(configuration);
        List<String> mistakes = new ArrayList<>();
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
        if (!mistakes.isEmpty()) {
            throw new ConfigurationException(mistakes);
        }
        Gates gates = Tonight.of(configuration, Clock.systemUTC(), Progress.SILENT).gates();
        Messages.webhooks(configuration.notification());
        Messages.pings(configuration.notification());
        return gates;
    }

    private Night run() throws IOException {
        warnOfMissingSecrets();
        boolean notified = false;
        try (FolderLock lock = FolderLock.of(nights.root());
                RunLog log = RunLog.attach(nights.root().resolve("nightly.log"))) {
            LOG.info("night {} begins", tonight.id());
            tonight.event("night-started", Map.of("name", configuration.name()));
            Notifier notifier = new Notifier(environment, RetryPolicy.DEFAULT);
            pings.start()
                    .ifPresent(url -> recorded(new Notifier(environment, RetryPolicy.SHORT).ping(url), tonight.id()));
            try {
                Optional<EarlierNights.Pending> pending = audit.pending();
                if (pending.isPresent()) {
                    NightlyAudit.Result late = pending.get().result();
                    audit.notified(late.run().id(), notify(notifier, late));
                }
                NightlyAudit.Result result = audit.run();
                audit.notified(result.run().id(), notify(notifier, result));
                int exitCode = result.run().exitCode();
                Optional<NightlyAudit.Result> unheard =
                        pending.filter(EarlierNights.Pending::killed).map(EarlierNights.Pending::result);
                boolean alerted = unheard.filter(late -> late.run().exitCode() == GATE_FAILED)
                        .isPresent();
                return new Night(
                        exitCode == 0 && alerted ? GATE_FAILED : exitCode,
                        unheard.flatMap(NightlyAudit.Result::verdict),
                        text(result),
                        result.run().folder().map(nights.root()::resolve),
                        result.verdict(),
                        result.night());
            } catch (IOException | RuntimeException | Error e) {
                LOG.error("the night ends here", e);
                notified = true;
                notifyFailure(notifier, e);
                throw e;
            }
        } catch (IOException e) {
            if (!notified) {
                notifyFailure(new Notifier(environment, RetryPolicy.DEFAULT), e);
            }
            throw e;
        }
    }

    private void warnOfMissingSecrets() {
        webhooks.stream()
                .flatMap(hook -> hook.missing(environment).stream())
                .distinct()
                .forEach(name -> tonight.progress()
                        .message("warning: the environment variable " + name
                                + " of notification is not set: it cannot be sent"));
    }

    private static String text(NightlyAudit.Result result) {
        return result.verdict()
                .map(verdict -> SummaryFile.text(verdict, result.night().warnings()))
                .orElseGet(() -> SummaryFile.unchanged(result.night().id(), result.standing()));
    }

    /** Whether anybody was reached, or nobody is configured. */
    private boolean notify(Notifier notifier, NightlyAudit.Result result) {
        RecordedRun run = result.run();
        NightOutcome outcome = result.verdict().isEmpty()
                ? NightOutcome.UNCHANGED
                : run.exitCode() == GATE_FAILED
                        ? NightOutcome.GATE_FAILED
                        : run.exitCode() == OUT_OF_TIME ? NightOutcome.INCOMPLETE : NightOutcome.DONE;
        String text = text(result);
        NightNotice notice = new NightNotice(
                configuration.name(),
                run.id(),
                outcome,
                run.exitCode(),
                run.exitCode() == GATE_FAILED,
                run.started(),
                run.ended(),
                text,
                run.folder().map(this::link).orElse(null),
                result.verdict().orElse(null));
        attempt(() -> writeMetrics(outcome, run.exitCode(), result.figures(), result.standing()));
        attempt(() -> {
            AtomicFile.write(nights.summary(), text);
            Optional<GateVerdict> standing =
                    result.verdict().or(() -> result.standing().map(GateVerdict::standing));
            if (standing.isPresent()) {
                JUnitFile.write(nights.junit(), standing.get());
            }
        });
        return send(notifier, notice);
    }

    /** Nothing that fails here hides what failed first. */
    private void notifyFailure(Notifier notifier, Throwable failure) {
        boolean interrupted = Thread.interrupted();
        int exitCode = failures.exitCode(failure);
        NightOutcome outcome = Messages.outcome(exitCode);
        Instant ended = tonight.clock().instant();
        String message = failures.message(failure);
        String text = "# The night failed\n\n" + Messages.escaped(message) + "\n";
        if (outcome != NightOutcome.LOCKED && outcome != NightOutcome.MISCONFIGURED) {
            attempt(() -> audit.recordBroken(exitCode));
            attempt(() -> writeMetrics(outcome, exitCode, List.of(), Optional.empty()));
            attempt(() -> {
                AtomicFile.write(nights.summary(), text);
                JUnitFile.writeBroken(nights.junit(), tonight.id(), ended, message);
            });
        }
        NightNotice notice = new NightNotice(
                configuration.name(),
                tonight.id(),
                outcome,
                exitCode,
                true,
                tonight.started(),
                ended,
                text,
                null,
                null);
        send(interrupted ? new Notifier(environment, RetryPolicy.SHORT) : notifier, notice);
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

    private boolean send(Notifier notifier, NightNotice notice) {
        List<Delivery> posts = notifier.post(webhooks, notice.json());
        List<Delivery> deliveries = new ArrayList<>(posts);
        pings.ended(notice.exitCode()).ifPresent(url -> deliveries.add(notifier.ping(url)));
        deliveries.forEach(delivery -> recorded(delivery, notice.run()));
        Map<String, Object> fields = new HashMap<>();
        fields.put("outcome", notice.outcome().text());
        fields.put("exitCode", notice.exitCode());
        fields.put("alerts", notice.alerts());
        tonight.events().append("night-ended", notice.run(), fields);
        List<Delivery> notifications = posts.isEmpty() ? deliveries : posts;
        return notifications.isEmpty() || notifications.stream().anyMatch(Delivery::delivered);
    }

    private void recorded(Delivery delivery, String night) {
        tonight.events()
                .append(
                        "notified",
                        night,
                        Map.of(
                                "target", delivery.target(),
                                "delivered", delivery.delivered(),
                                "outcome", delivery.outcome()));
    }

    private String link(String folder) {
        String base = configuration.notification().link();
        if (base == null) {
            return nights.root().resolve(folder).toAbsolutePath().normalize().toString();
        }
        return URI.create(base.endsWith("/") ? base : base + "/")
                .resolve(folder + "/")
                .toString();
    }

    private void writeMetrics(
            NightOutcome outcome, int exitCode, List<RecordedMetric> metrics, Optional<GateVerdict> verdict)
            throws IOException {
        Path given = configuration.notification().metrics();
        Path file = given == null ? nights.metrics() : given;
        Instant ended = tonight.clock().instant();
        Instant success = exitCode == 0 ? ended : NightMetrics.lastSuccess(file).orElse(null);
        List<NightMetrics.NamedFigure> figures = metrics.stream()
                .filter(m -> m.id().ofClass().isEmpty())
                .map(m -> new NightMetrics.NamedFigure(m.id().text(), "", m.figure()))
                .toList();
        new NightMetrics(
                        configuration.name(),
                        ended,
                        success,
                        outcome,
                        exitCode,
                        Duration.between(tonight.started(), ended).toMillis() / 1000.0,
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
