package org.gazecheck.report;

import java.util.List;
import org.gazecheck.results.Prediction;

/**
 * The run that a mended one mends, as far as its answers are shown beside the mended ones.
 *
 * @param predictions of it; empty where they are not there as they were
 * @param heatmaps of these, by their rows
 * @param missing what is not there and why, a sentence; empty where all is
 */
public record EarlierRun(List<Prediction> predictions, HeatmapSource heatmaps, String missing) {
    /** Of a run that mends none. */
    public static final EarlierRun NONE = new EarlierRun(List.of(), HeatmapSource.NONE, "");

    public EarlierRun {
        predictions = List.copyOf(predictions);
    }
}
