package org.gazecheck.results;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Path;

/** {@code heatmap-quality.json}. */
public final class HeatmapQualityFile {
    private HeatmapQualityFile() {}

    /** Throws a {@link ResultsException} when the file is damaged or of another version. */
    public static HeatmapQuality read(Path file) throws IOException {
        JsonNode root = Json.read(file);
        Json.requireVersion(file, root, HeatmapQuality.SCHEMA_VERSION);
        return Json.value(file, root, HeatmapQuality.class);
    }

    /** Written whole or not at all. */
    public static void write(Path file, HeatmapQuality quality) throws IOException {
        Json.write(file, quality);
    }
}
