package org.gazecheck.nightly;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import java.util.Optional;
import org.gazecheck.compare.RunComparison;
import org.gazecheck.compare.RunResults;
import org.gazecheck.config.ConfigurationException;
import org.gazecheck.config.NightlyConfiguration;
import org.gazecheck.failure.GazecheckException;
import org.gazecheck.gate.Gates;
import org.gazecheck.gate.MeasurementTable;
import org.gazecheck.history.FinishedRun;
import org.gazecheck.history.RecordedRun;
import org.gazecheck.history.SignOffs;
import org.gazecheck.results.Findings;
import org.gazecheck.results.FindingsFile;
import org.gazecheck.results.GateVerdict;
import org.gazecheck.results.RunFolder;
import org.gazecheck.results.RunId;
import org.gazecheck.results.RunVerdict;
import org.gazecheck.verdict.VerdictRule;

/** The rules of nights, applied to one finished run. */
public final class FinishedRunGates {
    private FinishedRunGates() {}

    /**
     * Judges, and writes {@code gates.json}, {@code junit.xml} and {@code summary.md} into the run.
     *
     * @param baseline a run folder to compare with
     * @throws ConfigurationException when a rule cannot be understood
     */
    public static GateVerdict judge(Path run, Optional<Path> baseline, NightlyConfiguration configuration, Clock clock)
            throws IOException {
        if (Files.exists(new NightFolder(run).record())) {
            throw new GazecheckException(run + " is a night, which was judged: its verdict is in gates.json");
        }
        new RunFolder(run).requireOwn();
        NightlyConfiguration.Gates rules = configuration.gates();
        Gates gates = Gates.of(rules.fail(), rules.warn(), rules.falseAlarms());
        Path folder = run.toAbsolutePath().normalize();
        RecordedRun recorded = FinishedRun.read(folder.resolveSibling(""), folder);
        RunResults results = RunResults.read(run);
        Optional<RunComparison> comparison = baseline.isEmpty()
                ? Optional.empty()
                : Optional.of(RunComparison.of(
                        RunResults.read(baseline.get()),
                        results,
                        configuration.nightly().seed()));
        RunFolder own = results.folder();
        Findings audit = FindingsFile.read(own.findings());
        RunVerdict verdict = audit.verdict() == null
                ? null
                : VerdictRule.reviewed(audit.verdict(), SignOffs.valid(own), RunId.of(own));
        MeasurementTable measurements = NightMeasurements.of(
                        recorded.metrics(),
                        results,
                        comparison.isPresent()
                                ? new NightComparisons.OfModel.Compared(comparison.get())
                                : new NightComparisons.OfModel.None("no baseline is named (--baseline RUN)", false),
                        comparison.filter(c -> c.newImages().images() > 0),
                        Optional.empty(),
                        audit,
                        verdict,
                        Optional.empty(),
                        recorded.seconds().values().stream()
                                .mapToDouble(Double::doubleValue)
                                .sum())
                .build();
        GateVerdict judged = gates.judge(recorded.id(), clock.instant(), measurements, Optional.empty(), List.of());
        GateVerdict whole = judged.concluding(verdict == null ? null : VerdictRule.gated(verdict, judged));
        new NightFolder(run).write(whole, List.of());
        return whole;
    }
}
