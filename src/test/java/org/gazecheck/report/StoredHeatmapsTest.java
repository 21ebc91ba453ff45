package org.gazecheck.report;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.gazecheck.io.Npy;
import org.gazecheck.results.MapTarget;
import org.gazecheck.results.RunFolder;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class StoredHeatmapsTest {
    @TempDir
    Path folder;

    @Test
    void aRowIsOneMapAndATargetWithoutAFileHasNone() throws IOException {
        RunFolder run = new RunFolder(folder);
        Path file = run.map("gradcam", "layer4", MapTarget.PREDICTED);
        Files.createDirectories(file.getParent());
        Npy.write(file, new float[] {1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12}, 2, 2, 3);
        try (StoredHeatmaps maps = StoredHeatmaps.open(run, "gradcam", "layer4", 2)) {
            Heatmap second = maps.map(1, MapTarget.PREDICTED).orElseThrow();
            assertEquals(2, second.height());
            assertEquals(3, second.width());
            assertArrayEquals(new float[] {7, 8, 9, 10, 11, 12}, second.values());
            assertTrue(maps.map(1, MapTarget.TRUE).isEmpty());
        }
    }

    @Test
    void mapsOfAnotherNumberOfPredictionsAreRefused() throws IOException {
        RunFolder run = new RunFolder(folder);
        Path file = run.map("gradcam", "layer4", MapTarget.TRUE);
        Files.createDirectories(file.getParent());
        Npy.write(file, new float[12], 2, 2, 3);
        IOException e = assertThrows(IOException.class, () -> StoredHeatmaps.open(run, "gradcam", "layer4", 3));
        assertTrue(e.getMessage().contains("[2, 2, 3]"), e.getMessage());
    }
}
