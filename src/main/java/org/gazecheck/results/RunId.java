package org.gazecheck.results;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.gazecheck.io.Hashes;

/**
 * What verdicts and signatures name a run by: a hash of what was judged. The first 16 hexadecimal digits of the SHA-256
 * of 128 characters: the SHA-256 of {@code predictions.csv}, then that of {@code findings.json}.
 */
public final class RunId {
    private RunId() {}

    /** @throws IOException if the run has not been evaluated and audited */
    public static String of(RunFolder run) throws IOException {
        StringBuilder hashes = new StringBuilder();
        for (Path judged : judged(run)) {
            if (!Files.isRegularFile(judged)) {
                throw UnfinishedRunException.withoutFile(run.root(), judged);
            }
            hashes.append(Hashes.sha256(judged));
        }
        return Hashes.sha256(hashes.toString()).substring(0, 16);
    }

    /** The files that the id is made of. */
    public static List<Path> judged(RunFolder run) {
        return List.of(run.predictions(), run.findings());
    }

    static void require(String id) {
        if (!id.matches("[0-9a-f]{16}")) {
            throw new IllegalArgumentException("run is '" + id + "', expected the run's id, 16 hexadecimal digits");
        }
    }
}
