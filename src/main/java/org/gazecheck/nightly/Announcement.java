package org.gazecheck.nightly;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import org.gazecheck.gate.JUnitFile;
import org.gazecheck.gate.SummaryFile;
import org.gazecheck.history.RecordedMetric;
import org.gazecheck.history.RecordedRun;
import org.gazecheck.io.AtomicFile;
import org.gazecheck.metric.MetricId;
import org.gazecheck.metric.MetricRegistry;
import org.gazecheck.metric.MetricSet;
import org.gazecheck.notify.NightMetrics;
import org.gazecheck.notify.NightNotice;
import org.gazecheck.notify.NightOutcome;
import org.gazecheck.notify.RetryPolicy;
import org.gazecheck.results.Figure;
import org.gazecheck.results.GateVerdict;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What a night came to is told: in files for people and programs, and to whom the configuration names. */
record Announcement(Tonight tonight, Messages messages, Nightly.Failures failures) {
    private static final Logger LOG = LoggerFactory.getLogger(Announcement.class);

    static String text(NightlyAudit.Result result) {
        return result.verdict()
                .map(verdict -> SummaryFile.text(verdict, result.night().warnings()))
                .orElseGet(() -> SummaryFile.unchanged(result.night().id(), result.standing()));
    }

    /** @param before calls at the beginning that reached nobody @return the text with what was not delivered */
    String told(NightlyAudit.Result result, int before) throws IOException {
        RecordedRun run = result.run();
        boolean alerts = result.verdict().filter(GateVerdict::alerts).isPresent();
        NightNotice notice = new NightNotice(
                tonight.configuration().name(),
                run.id(),
                result.verdict().isEmpty() ? NightOutcome.UNCHANGED : NightOutcome.of(run.exitCode()),
                run.exitCode(),
                alerts,
                run.started(),
                run.ended(),
                text(result),
                run.folder().map(messages::link).orElse(null),
                result.verdict().orElse(null));
        attempt(() -> writeMetrics(notice, figures(result, before), result.standing()));
        attempt(() -> {
            AtomicFile.write(tonight.nights().summary(), notice.text());
            Optional<GateVerdict> standing =
                    result.verdict().or(() -> result.standing().map(GateVerdict::standing));
            if (standing.isPresent()) {
                JUnitFile.write(tonight.nights().junit(), standing.get());
            }
        });
        Messages.Sent sent = messages.send(notice, RetryPolicy.DEFAULT);
        new NightFolder(tonight.nights().night(run.id()))
                .markNotified(sent.reached(), tonight.clock().instant());
        int undelivered = sent.undelivered().size();
        attempt(() -> tonight.nights().keepUndelivered(undelivered));
        if (undelivered == 0) {
            return notice.text();
        }
        String text = notice.text() + undelivered(sent);
        attempt(() -> writeMetrics(notice, figures(result, before + undelivered), result.standing()));
        attempt(() -> AtomicFile.write(tonight.nights().summary(), text));
        return text;
    }

    private static String undelivered(Messages.Sent sent) {
        return "\n## Not delivered\n"
                + sent.undelivered().stream()
                        .map(message -> "- " + Messages.escaped(message) + "\n")
                        .collect(Collectors.joining());
    }

    /** Those that hold now, with how many messages were not delivered by now. */
    private static List<RecordedMetric> figures(NightlyAudit.Result result, int undelivered) {
        MetricId id = MetricId.of(MetricSet.NIGHT, MetricRegistry.UNDELIVERED);
        List<RecordedMetric> figures = new ArrayList<>(result.figures());
        figures.removeIf(figure -> figure.id().equals(id));
        figures.add(new RecordedMetric(id, new Figure(undelivered, Double.NaN, Double.NaN, 0)));
        return figures;
    }

    /** Nothing that fails here hides what failed first. */
    void told(Throwable failure, NightlyAudit audit) {
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
        Messages.Sent sent = messages.send(notice, interrupted ? RetryPolicy.SHORT : RetryPolicy.DEFAULT);
        attempt(() -> tonight.nights().keepUndelivered(sent.undelivered().size()));
        if (!sent.undelivered().isEmpty() && notice.outcome() != NightOutcome.LOCKED) {
            attempt(() -> AtomicFile.write(tonight.nights().summary(), notice.text() + undelivered(sent)));
        }
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
}
