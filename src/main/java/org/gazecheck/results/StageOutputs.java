package org.gazecheck.results;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.gazecheck.failure.FailureKind;
import org.gazecheck.failure.GazecheckException;
import org.gazecheck.io.Hashes;
import org.jspecify.annotations.Nullable;

/** Holds files of a run folder against the hashes that {@code run.json} has of what the stages wrote. */
public final class StageOutputs {
    private final RunFolder folder;
    private final Map<String, String> hashes = new HashMap<>();

    private StageOutputs(RunFolder folder, RunManifest manifest) {
        this.folder = folder;
        manifest.stages().values().forEach(stage -> hashes.putAll(stage.outputs()));
    }

    /** Of the finished stages that the manifest names. */
    public static StageOutputs of(RunFolder folder, RunManifest manifest) {
        return new StageOutputs(folder, manifest);
    }

    /** Everything of a run that later runs are compared with, or held to. */
    public static List<Path> compared(RunFolder folder) {
        return List.of(
                folder.dataset(),
                folder.predictions(),
                folder.features(),
                folder.metrics(),
                folder.localisation(),
                folder.properties(),
                folder.dataQuality(),
                folder.findings(),
                folder.mitigation());
    }

    /** Whether a stage wrote a file that is there as it was written. */
    public boolean holds(Path file) throws IOException {
        String hash = hash(file);
        return hash != null && isAs(file, hash);
    }

    private @Nullable String hash(Path file) {
        return hashes.get(folder.root().relativize(file).toString().replace('\\', '/'));
    }

    private static boolean isAs(Path file, String hash) throws IOException {
        return Files.isRegularFile(file) && Hashes.sha256(file).equals(hash);
    }

    /**
     * Requires of each file that a stage wrote that it is there as it was written.
     *
     * @param files in the run folder; those that no finished stage wrote are passed over
     * @throws GazecheckException of invalid data, naming the first that is missing or another one
     */
    public void require(List<Path> files) throws IOException {
        for (Path file : files) {
            String hash = hash(file);
            if (hash != null && !isAs(file, hash)) {
                throw new GazecheckException(
                        FailureKind.INVALID_DATA,
                        file + " is missing, or not what the run's stages wrote (run.json): it was changed, or copied"
                                + " while the run was under way; copy the whole run folder again, or do the run again"
                                + " (gazecheck run)");
            }
        }
    }
}
