package org.gazecheck.killed;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.gazecheck.killed.KilledRun.Moment;
import org.gazecheck.killed.KilledRun.Moment.Made;
import org.gazecheck.killed.KilledRun.Moment.Said;
import org.gazecheck.pipeline.ProvenRun;
import org.gazecheck.results.RunFolder;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.CleanupMode;
import org.junit.jupiter.api.io.TempDir;

/** Runs that mend another, killed with SIGKILL and given again, end with the bytes of an undisturbed one. */
@Tag("slowest")
class KilledMitigationTest {
    @TempDir(cleanup = CleanupMode.ON_SUCCESS)
    private Path folder;

    @Test
    void aMendedRunKilledBetweenFitsAndInTheSecondAuditEndsAsAnUndisturbedOne() throws Exception {
        RunFolder proven = ProvenRun.make(Files.createDirectory(folder.resolve("proven")));
        KilledRun mended = KilledRun.ofMitigation(folder.resolve("mended"), proven, ProvenRun.SHORTCUT);
        mended.runUndisturbed();
        mended.begin();
        List<String> struck = new ArrayList<>();
        for (Moment moment : List.of(
                new Said("train", "counterfactual images an image at weight"),
                new Said("audit", "try shortcuts: "),
                new Made("audit", ".mitigation.json.*"))) {
            mended.kill(moment).ifPresent(kill -> struck.add(kill.stage()));
        }
        assertEquals(List.of("train", "audit", "audit"), struck);
        mended.assertEndsAsUndisturbed();
    }
}
