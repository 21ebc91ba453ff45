package org.gazecheck.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.gazecheck.history.History;
import org.gazecheck.history.RecordedFinding;
import org.gazecheck.history.RecordedGate;
import org.gazecheck.history.RecordedRun;
import org.gazecheck.io.Printable;
import org.gazecheck.results.GateFailure;
import org.gazecheck.results.GateVerdict;
import org.gazecheck.results.GatesFile;
import org.gazecheck.results.RunFolder;

/**
 * What can be acknowledged: rules, findings and failures of the runs that a folder knows.
 *
 * @param all by name
 * @param failing of the run that was judged last
 */
record KnownFailures(Set<String> all, List<String> failing) {
    static KnownFailures of(Path reports, History history) throws IOException {
        Set<String> all = new TreeSet<>();
        Set<String> failing = null;
        for (RecordedRun run : history.runs()) {
            run.gates().stream().map(RecordedGate::rule).forEach(all::add);
            run.findings().stream().map(RecordedFinding::id).forEach(all::add);
            Path gates = new RunFolder(reports.resolve(run.folder().orElse(run.id()))).gates();
            if (Files.isRegularFile(gates)) {
                GateVerdict verdict = GatesFile.read(gates);
                Set<String> failures = failures(verdict);
                all.addAll(failures);
                all.addAll(files(verdict));
                failing = failing == null ? failures : failing;
            }
        }
        return new KnownFailures(all, failing == null ? List.of() : List.copyOf(failing));
    }

    private static Set<String> failures(GateVerdict verdict) {
        Set<String> ids = new LinkedHashSet<>();
        verdict.gates()
                .forEach(gate -> gate.failures().stream().map(GateFailure::id).forEach(ids::add));
        return ids;
    }

    /** Files that failures name, which can be acknowledged one by one. */
    private static Set<String> files(GateVerdict verdict) {
        Set<String> ids = new LinkedHashSet<>();
        verdict.gates().stream().flatMap(gate -> gate.failures().stream()).forEach(failure -> failure.named()
                .forEach(file -> ids.add(failure.id() + " / " + file.path())));
        return ids;
    }

    /** Why nothing of this id can be acknowledged, and what can. */
    String unknown(String id, Path reports) {
        return "no rule, finding or failure of the runs in " + reports + " is called '" + Printable.of(id) + "'; "
                + (failing.isEmpty()
                        ? "nothing failed in the last one that was judged"
                        : "what failed last:\n  "
                                + failing.stream().map(Printable::of).collect(Collectors.joining("\n  ")));
    }
}
