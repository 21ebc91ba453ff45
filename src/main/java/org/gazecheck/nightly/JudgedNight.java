package org.gazecheck.nightly;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.gazecheck.gate.JUnitFile;
import org.gazecheck.gate.MeasurementTable;
import org.gazecheck.gate.SummaryFile;
import org.gazecheck.history.Outcome;
import org.gazecheck.history.RecordedMetric;
import org.gazecheck.history.RunMetrics;
import org.gazecheck.metric.MetricSet;
import org.gazecheck.results.Findings;
import org.gazecheck.results.FindingsFile;
import org.gazecheck.results.GateLevel;
import org.gazecheck.results.GateOutcome;
import org.gazecheck.results.GateVerdict;
import org.gazecheck.results.GatesFile;
import org.gazecheck.results.NightFile;
import org.gazecheck.results.NightRecord;
import org.gazecheck.results.RunFolder;

/** The outcome of a complete night. */
record JudgedNight(NightRecord night, GateVerdict verdict, List<RecordedMetric> metrics, Findings audit) {
    /**
     * What was measured goes through the gates.
     *
     * @param kept folder with the results of the watched model
     */
    static JudgedNight of(
            Tonight tonight,
            EarlierNights earlier,
            Path kept,
            EvaluatedArrivals arrivals,
            NightComparisons compared,
            NightRecord record)
            throws IOException {
        RunFolder model = new RunFolder(kept);
        List<RecordedMetric> metrics = new ArrayList<>();
        RunMetrics.of(model).stream()
                .filter(metric -> metric.id().set() != MetricSet.NEW)
                .forEach(metrics::add);
        if (arrivals.run().isPresent()) {
            metrics.addAll(RunMetrics.of(arrivals.run().get()));
        }
        Findings audit = FindingsFile.read(model.findings());
        Instant now = tonight.clock().instant();
        MeasurementTable measurements = NightMeasurements.of(
                metrics,
                compared.watched(),
                compared.model(),
                compared.newImages(),
                record,
                audit,
                Duration.between(tonight.started(), now).toMillis() / 1000.0);
        GateVerdict verdict = tonight.gates()
                .judge(
                        tonight.id(),
                        now,
                        measurements,
                        earlier.lastVerdict(),
                        earlier.history().acknowledgements());
        NightFolder folder = tonight.folder();
        GatesFile.write(folder.gates(), verdict);
        JUnitFile.write(folder.junit(), verdict);
        SummaryFile.write(folder.summary(), verdict, record.warnings());
        NightFile.write(folder.record(), record);
        return new JudgedNight(record, verdict, metrics, audit);
    }

    /** A failure that persists alerts nobody again, but the night is not good: nothing is to be compared with it. */
    Outcome outcome() {
        boolean failed = verdict.gates().stream()
                .anyMatch(gate -> gate.outcome() == GateOutcome.FAILED
                        || gate.outcome() == GateOutcome.PERSISTING && gate.level() == GateLevel.FAIL);
        if (failed) {
            return Outcome.FAILED;
        }
        if (night.leftOut() > 0) {
            return Outcome.INCOMPLETE;
        }
        boolean warned = verdict.gates().stream()
                .anyMatch(gate -> gate.outcome() != GateOutcome.PASSED && gate.outcome() != GateOutcome.NOT_APPLICABLE);
        return warned ? Outcome.WARNED : Outcome.DONE;
    }

    int exitCode() {
        if (verdict.alerts()) {
            return Nightly.GATE_FAILED;
        }
        return night.leftOut() > 0 ? Nightly.OUT_OF_TIME : 0;
    }
}
