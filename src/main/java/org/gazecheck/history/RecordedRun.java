package org.gazecheck.history;

import java.time.Instant;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.gazecheck.metric.MetricId;
import org.gazecheck.results.Figure;
import org.gazecheck.results.GateLevel;
import org.gazecheck.results.GateOutcome;

/**
 * What is kept of a run.
 *
 * @param id its time in UTC and a short hash, such as {@code 20261125T215625Z-1c0f33aa}
 * @param folder relative to the folder of runs, with forward slashes; empty where the run left none
 * @param name of the configuration
 * @param model SHA-256 of the network; empty where it is not known
 * @param data SHA-256 of {@code dataset.csv}; empty where it is not known
 * @param versions of program and engines, by name
 * @param seconds of wall time by stage, in order
 * @param exitCode that the program ended with
 */
public record RecordedRun(
        String id,
        Optional<String> folder,
        String name,
        Optional<String> model,
        Optional<String> data,
        Map<String, String> versions,
        String machine,
        Instant started,
        Instant ended,
        Map<String, Double> seconds,
        Outcome outcome,
        int exitCode,
        List<RecordedMetric> metrics,
        List<RecordedFinding> findings,
        List<RecordedGate> gates) {
    private static final String ID = "\\d{8}T\\d{6}Z-[0-9a-f]{4,64}";

    public RecordedRun {
        if (!isId(id)) {
            throw new IllegalArgumentException(
                    "run is '" + id + "', expected a time in UTC and a hash, such as" + " 20261125T215625Z-1c0f33aa");
        }
        versions = Collections.unmodifiableMap(new LinkedHashMap<>(versions));
        seconds = Collections.unmodifiableMap(new LinkedHashMap<>(seconds));
        metrics = List.copyOf(metrics);
        findings = List.copyOf(findings);
        gates = List.copyOf(gates);
    }

    /** Whether a text has the form of a run's id. */
    public static boolean isId(String text) {
        return text.matches(ID);
    }

    /**
     * Whether later runs may be measured by it unless somebody chooses another: it left a folder, gates judged it and passed,
     * and nothing that fails was only silenced. What no gate judged is finished, which says nothing of how good it is.
     */
    public boolean mayBeBaseline() {
        return outcome.good()
                && folder.isPresent()
                && !gates.isEmpty()
                && gates.stream()
                        .noneMatch(
                                gate -> gate.level() == GateLevel.FAIL && gate.outcome() == GateOutcome.ACKNOWLEDGED);
    }

    public Optional<Figure> figure(MetricId id) {
        return metrics.stream()
                .filter(m -> m.id().equals(id))
                .map(RecordedMetric::figure)
                .findFirst();
    }

    /** As they are shown, on one line. */
    public String versionsText() {
        return versions.entrySet().stream()
                .map(v -> v.getKey() + " " + v.getValue())
                .collect(Collectors.joining(", "));
    }
}
