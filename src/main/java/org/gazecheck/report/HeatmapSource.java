package org.gazecheck.report;

import java.io.IOException;
import java.util.Optional;
import org.gazecheck.results.MapTarget;

/** Where the report takes raw heatmaps from. */
@FunctionalInterface
public interface HeatmapSource {
    /** A run without heatmaps. */
    HeatmapSource NONE = (row, target) -> Optional.empty();

    /**
     * The raw map of one prediction.
     *
     * @param row of {@link ReportInput#predictions()}, from 0
     * @return empty when the run has no map for this target
     */
    Optional<Heatmap> map(int row, MapTarget target) throws IOException;
}
