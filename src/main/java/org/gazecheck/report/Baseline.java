package org.gazecheck.report;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.EnumMap;
import java.util.Map;
import java.util.Optional;
import org.gazecheck.history.History;
import org.gazecheck.history.HistoryFile;
import org.gazecheck.history.RecordedRun;
import org.gazecheck.metric.MetricId;
import org.gazecheck.metric.MetricId.Detail;
import org.gazecheck.metric.MetricRegistry;
import org.gazecheck.metric.MetricSet;
import org.gazecheck.results.Figure;
import org.gazecheck.results.Split;

/**
 * The run that runs of a folder are compared with, as the history beside them says.
 *
 * @param run its id; empty where there is none
 * @param top1 its accuracies
 */
public record Baseline(String run, Map<Split, Figure> top1) {
    /** Where no history says what runs are compared with. */
    public static final Baseline NONE = new Baseline("", Map.of());

    public Baseline {
        top1 = Map.copyOf(top1);
    }

    /**
     * Of the same configuration, and another run: one is not compared with itself.
     *
     * @param folder of the run that is shown
     * @param name of its configuration
     * @param model SHA-256 of its network
     */
    public static Baseline beside(Path folder, String name, Optional<String> model) throws IOException {
        Path absolute = folder.toAbsolutePath().normalize();
        Path reports = absolute.getParent();
        if (reports == null) {
            return NONE;
        }
        String own = absolute.getFileName().toString();
        History history = HistoryFile.of(reports).overviewOrNone();
        return history.baseline(Instant.now())
                .filter(run -> run.name().equals(name))
                .filter(run ->
                        !run.folder().equals(Optional.of(own)) || !run.model().equals(model))
                .map(Baseline::of)
                .orElse(NONE);
    }

    private static Baseline of(RecordedRun run) {
        Map<Split, Figure> top1 = new EnumMap<>(Split.class);
        for (MetricSet set : new MetricSet[] {MetricSet.TEST, MetricSet.VAL}) {
            run.figure(MetricId.of(set, MetricRegistry.TOP1).among(Detail.ALL))
                    .filter(figure -> Double.isFinite(figure.value()))
                    .ifPresent(figure -> top1.put(set == MetricSet.TEST ? Split.TEST : Split.VAL, figure));
        }
        return new Baseline(run.id(), top1);
    }

    /** What stands beside an accuracy of this split; empty where the baseline has none. */
    Optional<String> beside(Split split) {
        return Optional.ofNullable(top1.get(split))
                .map(figure -> "baseline " + Numbers.percent(figure.value()) + " (" + Numbers.percentInterval(figure)
                        + "), run " + run);
    }

    /** What a report depends on. */
    public String state() {
        return run + " " + top1.get(Split.TEST) + " " + top1.get(Split.VAL);
    }
}
