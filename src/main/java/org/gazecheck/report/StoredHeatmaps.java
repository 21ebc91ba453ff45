package org.gazecheck.report;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.Map;
import java.util.Optional;
import org.gazecheck.io.Npy;
import org.gazecheck.io.NpyArray;
import org.gazecheck.results.MapTarget;
import org.gazecheck.results.RunFolder;

/** The heatmaps of a run folder, {@code maps/METHOD_LAYER_TARGET.npy}, held in memory. */
public final class StoredHeatmaps implements HeatmapSource {
    private final Map<MapTarget, NpyArray> maps;

    private StoredHeatmaps(Map<MapTarget, NpyArray> maps) {
        this.maps = maps;
    }

    /**
     * Reads the maps of one method and layer; a target without a file has no maps.
     *
     * @param rows number of predictions, which every file must have
     * @throws IOException when a file is damaged or is not [rows, h, w]
     */
    public static StoredHeatmaps read(RunFolder folder, String method, String layer, int rows) throws IOException {
        Map<MapTarget, NpyArray> maps = new EnumMap<>(MapTarget.class);
        for (MapTarget target : MapTarget.values()) {
            Path file = folder.map(method, layer, target);
            if (Files.exists(file)) {
                NpyArray array = Npy.read(file);
                if (array.shape().length != 3 || array.shape()[0] != rows) {
                    throw new IOException(file + " has the shape " + Arrays.toString(array.shape())
                            + ", but predictions.csv has " + rows + " rows: evaluate the run again");
                }
                maps.put(target, array);
            }
        }
        return new StoredHeatmaps(maps);
    }

    @Override
    public Optional<Heatmap> map(int row, MapTarget target) {
        return Optional.ofNullable(maps.get(target)).map(array -> {
            int height = array.shape()[1];
            int width = array.shape()[2];
            int cells = height * width;
            return new Heatmap(height, width, Arrays.copyOfRange(array.floats(), row * cells, (row + 1) * cells));
        });
    }
}
