package org.gazecheck.nightly;

import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.gazecheck.gate.MeasurementTable;
import org.gazecheck.gate.NightFinding;
import org.gazecheck.history.Outcome;
import org.gazecheck.history.RecordedFinding;
import org.gazecheck.history.RecordedGate;
import org.gazecheck.history.RecordedMetric;
import org.gazecheck.history.RecordedRun;
import org.gazecheck.history.RunMetrics;
import org.gazecheck.metric.MetricId;
import org.gazecheck.metric.MetricRegistry;
import org.gazecheck.metric.MetricSet;
import org.gazecheck.results.Figure;
import org.gazecheck.results.Findings;
import org.gazecheck.results.FindingsFile;
import org.gazecheck.results.GateLevel;
import org.gazecheck.results.GateOutcome;
import org.gazecheck.results.GateVerdict;
import org.gazecheck.results.NightFile;
import org.gazecheck.results.NightRecord;
import org.gazecheck.results.RunFolder;
import org.gazecheck.results.RunId;
import org.gazecheck.results.RunManifest;
import org.gazecheck.results.RunVerdict;
import org.gazecheck.results.Signature;
import org.gazecheck.verdict.VerdictRule;

/** The outcome of a complete night. */
record JudgedNight(NightRecord night, GateVerdict verdict, List<RecordedMetric> metrics, Findings audit) {
    /** What was measured goes through the gates. @param signature that holds of the watched run */
    static JudgedNight of(
            Tonight tonight,
            EarlierNights earlier,
            EvaluatedArrivals arrivals,
            NightComparisons compared,
            NightRecord record,
            Optional<Signature> signature)
            throws IOException {
        RunFolder model = compared.watched().folder();
        List<RecordedMetric> metrics = new ArrayList<>(RunMetrics.of(model));
        metrics.removeIf(metric -> metric.id().set() == MetricSet.NEW);
        if (arrivals.run().isPresent()) {
            metrics.addAll(RunMetrics.of(arrivals.run().get()));
        }
        Findings audit = FindingsFile.read(model.findings());
        RunVerdict network =
                audit.verdict() == null ? null : VerdictRule.reviewed(audit.verdict(), signature, RunId.of(model));
        Optional<List<NightFinding>> findings = arrivals.findings();
        Instant now = tonight.clock().instant();
        IncomingFiles there = arrivals.found().there();
        MeasurementTable.Builder measurements = NightMeasurements.of(
                metrics,
                compared.watched(),
                compared.model(),
                compared.newImages(),
                Optional.of(record),
                audit,
                network,
                findings,
                Duration.between(tonight.started(), now).toMillis() / 1000.0);
        arrivals.named().forEach(measurements::named);
        measurements.later(
                there::has,
                (id, night) ->
                        there.nothingLeft(id, new NightFolder(tonight.nights().night(night))));
        GateVerdict judged = tonight.gates()
                .judge(
                        tonight.id(),
                        now,
                        measurements.build(),
                        earlier.lastVerdict(),
                        earlier.history().acknowledgements());
        GateVerdict verdict = judged.concluding(network == null ? null : VerdictRule.gated(network, judged));
        NightMeasurements.counts(record)
                .forEach((id, count) ->
                        metrics.add(new RecordedMetric(id, new Figure(count, Double.NaN, Double.NaN, 0))));
        findings.ifPresent(all -> metrics.add(new RecordedMetric(
                MetricId.of(MetricSet.NEW, MetricRegistry.NEW_FINDINGS),
                new Figure(all.size(), Double.NaN, Double.NaN, 0))));
        tonight.folder().write(verdict, record.warnings());
        NightFile.write(tonight.folder().record(), record);
        return new JudgedNight(record, verdict, metrics, audit);
    }

    /** What the history keeps of it. @param model the watched run */
    RecordedRun entry(Tonight tonight, RunManifest model) {
        return tonight.entry(
                outcome(),
                exitCode(),
                Optional.of(model),
                metrics,
                audit.findings().stream().map(RecordedFinding::of).toList(),
                verdict.gates().stream().map(RecordedGate::of).toList());
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

    /** An incomplete night is the worse: it says little of what is left. That a gate failed, too, its messages tell. */
    int exitCode() {
        if (night.leftOut() > 0) {
            return Nightly.OUT_OF_TIME;
        }
        return verdict.alerts() ? Nightly.GATE_FAILED : 0;
    }
}
