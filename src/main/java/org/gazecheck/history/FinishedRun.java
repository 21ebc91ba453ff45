package org.gazecheck.history;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.gazecheck.failure.GazecheckException;
import org.gazecheck.io.DamagedFileException;
import org.gazecheck.io.Hashes;
import org.gazecheck.io.Printable;
import org.gazecheck.results.FindingsFile;
import org.gazecheck.results.GateLevel;
import org.gazecheck.results.GateOutcome;
import org.gazecheck.results.GateVerdict;
import org.gazecheck.results.GatesFile;
import org.gazecheck.results.ManifestFile;
import org.gazecheck.results.RunFolder;
import org.gazecheck.results.RunManifest;
import org.gazecheck.results.RunManifest.StageState;
import org.gazecheck.results.StageOutputs;
import org.gazecheck.results.UnfinishedRunException;

/** A run folder in which evaluation and audit are whole, as the history keeps it. */
public final class FinishedRun {
    private static final DateTimeFormatter TIME =
            DateTimeFormatter.ofPattern("yyyyMMdd'T'HHmmss'Z'", Locale.ROOT).withZone(ZoneOffset.UTC);

    /** The report may be written again without becoming another run. */
    private static final List<String> WORK = List.of("prepare", "train", "evaluate", "audit");

    private static final List<String> VERSIONS = List.of("Gazecheck", "Engine", "Deeplearning4j");

    private FinishedRun() {}

    /**
     * Reads a run. Its id is the folder's name where that has the form of one; otherwise the time at which its audit
     * ended and a hash of what its stages did, which a copy of the folder keeps.
     *
     * @param reports the folder of runs
     * @param run below {@code reports}
     * @throws IOException when it is no finished run, is a night, lies elsewhere, or its files are not what its stages wrote
     */
    public static RecordedRun read(Path reports, Path run) throws IOException {
        RunFolder folder = new RunFolder(run);
        if (Files.exists(folder.night())) {
            throw new GazecheckException(
                    run + " is a night: only the night itself adds it to the history, with what it has seen");
        }
        RunManifest manifest = manifest(folder);
        Map<String, StageState> work = new LinkedHashMap<>();
        WORK.stream()
                .filter(manifest.stages()::containsKey)
                .forEach(s -> work.put(s, manifest.stages().get(s)));
        Instant ended = work.values().stream()
                .map(s -> finished(folder, s))
                .max(Instant::compareTo)
                .orElseThrow();
        Instant started = work.values().stream()
                .map(s -> finished(folder, s).minus(Duration.ofMillis(Math.round(1000 * s.seconds()))))
                .min(Instant::compareTo)
                .orElseThrow();
        Map<String, Double> seconds = new LinkedHashMap<>();
        manifest.stages().forEach((stage, state) -> seconds.put(stage, state.seconds()));
        String name = run.toRealPath().getFileName().toString();
        String id = RecordedRun.isId(name) ? name : TIME.format(ended) + "-" + hash(work);
        List<RecordedGate> gates = gates(folder, id);
        return new RecordedRun(
                id,
                Optional.of(relative(reports, run)),
                manifest.name(),
                manifest.modelHash(),
                manifest.dataHash(),
                versions(manifest),
                manifest.facts().getOrDefault("Machine", "unknown"),
                started,
                ended,
                seconds,
                gates.stream().anyMatch(FinishedRun::fails) ? Outcome.FAILED : Outcome.DONE,
                0,
                RunMetrics.of(folder),
                FindingsFile.read(folder.findings()).findings().stream()
                        .map(RecordedFinding::of)
                        .toList(),
                gates);
    }

    /** What {@code gazecheck gate} came to on this very run. */
    private static List<RecordedGate> gates(RunFolder folder, String id) throws IOException {
        if (!Files.isRegularFile(folder.gates())) {
            return List.of();
        }
        GateVerdict verdict = GatesFile.read(folder.gates());
        return verdict.run().equals(id)
                ? verdict.gates().stream().map(RecordedGate::of).toList()
                : List.of();
    }

    private static boolean fails(RecordedGate gate) {
        return gate.level() == GateLevel.FAIL
                && (gate.outcome() == GateOutcome.FAILED || gate.outcome() == GateOutcome.PERSISTING);
    }

    private static RunManifest manifest(RunFolder folder) throws IOException {
        if (!Files.isRegularFile(folder.manifest())) {
            throw UnfinishedRunException.noRun(folder.root(), "run.json");
        }
        RunManifest manifest = ManifestFile.read(folder.manifest());
        for (String stage : List.of("evaluate", "audit")) {
            if (!manifest.stages().containsKey(stage)) {
                throw UnfinishedRunException.withoutStage(folder.root(), stage);
            }
        }
        StageOutputs.of(folder, manifest).require(StageOutputs.compared(folder));
        return manifest;
    }

    /** Wrapped by {@link UncheckedIOException} because streams have no checked exceptions. */
    private static Instant finished(RunFolder folder, StageState stage) {
        try {
            return Instant.parse(stage.finished());
        } catch (DateTimeException e) {
            throw new UncheckedIOException(new DamagedFileException(
                    folder.manifest() + ": finished is '" + Printable.of(stage.finished())
                            + "', expected a time such as 2026-11-25T19:00:00Z",
                    e));
        }
    }

    private static String hash(Map<String, StageState> work) {
        StringBuilder text = new StringBuilder();
        work.forEach((stage, state) -> text.append(stage)
                .append('\n')
                .append(state.inputs())
                .append('\n')
                .append(new TreeMap<>(state.outputs()))
                .append('\n')
                .append(state.seconds())
                .append('\n')
                .append(state.finished())
                .append('\n'));
        return Hashes.sha256(text.toString()).substring(0, 8);
    }

    /** Of program and engines, by name. */
    public static Map<String, String> versions(RunManifest manifest) {
        Map<String, String> versions = new LinkedHashMap<>();
        for (String fact : VERSIONS) {
            String version = manifest.facts().get(fact);
            if (version != null) {
                versions.put(fact, version);
            }
        }
        return versions;
    }

    /** With forward slashes. */
    private static String relative(Path reports, Path run) throws IOException {
        Path root = reports.toRealPath();
        Path inside = run.toRealPath();
        if (!inside.startsWith(root) || inside.equals(root)) {
            throw new GazecheckException(run + " does not lie in the folder of runs " + reports
                    + ": copy it there, or name its own folder with --reports");
        }
        return root.relativize(inside).toString().replace('\\', '/');
    }
}
