package org.gazecheck.nightly;

import java.io.IOException;
import java.nio.file.Path;
import java.time.temporal.ChronoUnit;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.gazecheck.history.Outcome;
import org.gazecheck.history.RecordedFinding;
import org.gazecheck.history.RecordedGate;
import org.gazecheck.history.RecordedRun;
import org.gazecheck.results.ManifestFile;
import org.gazecheck.results.RunFolder;
import org.gazecheck.results.RunManifest;

/** What the history keeps of a night. */
final class NightEntry {
    private NightEntry() {}

    /** @param kept folder with the results of the watched model */
    static RecordedRun of(Tonight tonight, Path kept, JudgedNight judged) throws IOException {
        RunManifest manifest = ManifestFile.read(new RunFolder(kept).manifest());
        Map<String, String> versions = new LinkedHashMap<>();
        for (String fact : List.of("Gazecheck", "Engine", "Deeplearning4j")) {
            if (manifest.facts().containsKey(fact)) {
                versions.put(fact, manifest.facts().get(fact));
            }
        }
        RecordedRun plain = withoutFolder(tonight, judged.outcome(), judged.exitCode());
        return new RecordedRun(
                plain.id(),
                Optional.of(tonight.id()),
                plain.name(),
                manifest.modelHash(),
                manifest.dataHash(),
                versions,
                plain.machine(),
                plain.started(),
                plain.ended(),
                plain.seconds(),
                plain.outcome(),
                plain.exitCode(),
                judged.metrics(),
                judged.audit().findings().stream().map(RecordedFinding::of).toList(),
                judged.verdict().gates().stream().map(RecordedGate::of).toList());
    }

    /** Of a night that left no folder. */
    static RecordedRun withoutFolder(Tonight tonight, Outcome outcome, int exitCode) {
        return new RecordedRun(
                tonight.id(),
                Optional.empty(),
                tonight.configuration().name(),
                Optional.empty(),
                Optional.empty(),
                Map.of(),
                Runtime.getRuntime().availableProcessors() + " cores",
                tonight.started(),
                tonight.clock().instant().truncatedTo(ChronoUnit.MILLIS),
                tonight.seconds(),
                outcome,
                exitCode,
                List.of(),
                List.of(),
                List.of());
    }
}
