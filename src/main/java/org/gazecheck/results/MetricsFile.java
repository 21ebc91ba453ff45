package org.gazecheck.results;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/**
 * {@code metrics.json}: {@code {"val": {"top1": {"value", "low", "high", "n"}, ...}, "test": ...}}. A split without
 * images has no entry; a figure that does not exist (the precision of a class that was never predicted) is null.
 */
public final class MetricsFile {
    private MetricsFile() {}

    /** Throws a {@link ResultsException} when the file is damaged or a figure is missing. */
    public static Metrics read(Path file) throws IOException {
        JsonNode root = Json.read(file);
        return new Metrics(
                split(file, root, "val"),
                split(file, root, "test"),
                split(file, root, "new"),
                calibration(file, root.get("calibration")));
    }

    private static @Nullable SplitMetrics split(Path file, JsonNode root, String name) throws IOException {
        JsonNode node = root.get(name);
        return node == null || node.isNull() ? null : Json.value(file, node, SplitMetrics.class);
    }

    /** Where it does not say on what it was fitted, that was val as it is. */
    private static @Nullable Calibration calibration(Path file, @Nullable JsonNode node) throws IOException {
        if (node == null || node.isNull()) {
            return null;
        }
        if (node instanceof ObjectNode object && !object.has("on")) {
            object.putNull("on");
        }
        return Json.value(file, node, Calibration.class);
    }

    /** Written whole or not at all. */
    public static void write(Path file, Metrics metrics) throws IOException {
        Json.write(file, metrics);
    }
}
