package org.gazecheck.report;

import java.io.Closeable;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.Map;
import java.util.Optional;
import org.gazecheck.failure.FailureKind;
import org.gazecheck.failure.GazecheckException;
import org.gazecheck.io.NpyRows;
import org.gazecheck.results.MapTarget;
import org.gazecheck.results.RunFolder;

/** The heatmaps of a run folder, {@code maps/METHOD_LAYER_TARGET.npy}, read one by one. */
public final class StoredHeatmaps implements HeatmapSource, Closeable {
    private final Map<MapTarget, NpyRows> maps = new EnumMap<>(MapTarget.class);

    private StoredHeatmaps() {}

    /**
     * Opens the maps of one method and layer; a target without a file has no maps.
     *
     * @param rows number of predictions, which every file must have
     * @throws IOException when a file is damaged or is not [rows, h, w]
     */
    public static StoredHeatmaps open(RunFolder folder, String method, String layer, int rows) throws IOException {
        StoredHeatmaps stored = new StoredHeatmaps();
        try {
            for (MapTarget target : MapTarget.values()) {
                Path file = folder.map(method, layer, target);
                if (Files.exists(file)) {
                    NpyRows maps = NpyRows.open(file);
                    stored.maps.put(target, maps);
                    requireShape(maps.shape(), rows, file);
                }
            }
            return stored;
        } catch (IOException | RuntimeException e) {
            stored.close();
            throw e;
        }
    }

    private static void requireShape(int[] shape, int rows, Path file) throws IOException {
        if (shape.length != 3 || shape[0] != rows) {
            throw new GazecheckException(
                    FailureKind.INVALID_DATA,
                    file + " has the shape " + Arrays.toString(shape) + ", but predictions.csv has " + rows
                            + " rows: evaluate the run again");
        }
    }

    @Override
    public Optional<Heatmap> map(int row, MapTarget target) {
        return Optional.ofNullable(maps.get(target)).map(rows -> {
            try {
                return new Heatmap(rows.shape()[1], rows.shape()[2], rows.row(row));
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        });
    }

    @Override
    public void close() throws IOException {
        for (NpyRows rows : maps.values()) {
            rows.close();
        }
    }
}
