package org.gazecheck.report;

import java.util.List;
import java.util.Optional;
import org.gazecheck.config.Configuration;
import org.gazecheck.results.Attention;
import org.gazecheck.results.DatasetRow;
import org.gazecheck.results.Epoch;
import org.gazecheck.results.Findings;
import org.gazecheck.results.HeatmapGroup;
import org.gazecheck.results.ImageProperties;
import org.gazecheck.results.ImageSuspicion;
import org.gazecheck.results.Interventions;
import org.gazecheck.results.MapTrust;
import org.gazecheck.results.Metrics;
import org.gazecheck.results.Prediction;

/**
 * Everything that a report is written from.
 *
 * @param title the run's name
 * @param configuration sizes, the figures expected, and what the page shows as the run's configuration
 * @param classes class names; {@link Prediction.Ranked#index()} points into them
 * @param predictions rows in the order of the maps
 * @param masks of the objects, where there are some
 * @param attention lines of {@code attention.csv}; empty when the run was not audited
 * @param properties lines of {@code properties.csv}; empty when the run was not audited
 * @param suspicion lines of {@code suspicion.csv}; empty when suspicious data was not looked for
 * @param groups lines of {@code heatmap-groups.csv}; empty when like heatmaps were not grouped
 * @param findings of the audit, and the tests behind them; may be empty
 * @param interventions empty when backgrounds were not exchanged
 * @param exchanges pictures that interventions made
 * @param mapTrust empty when the heatmaps were not tested
 * @param epochs of fine-tuning; empty when the recipe stopped at the probe
 * @param review what people said about the run
 * @param warnings about the data: duplicates, images left out; one sentence each
 * @param dataset lines of {@code dataset.csv}
 */
public record ReportInput(
        String title,
        Configuration configuration,
        List<String> classes,
        Metrics metrics,
        List<Prediction> predictions,
        HeatmapSource heatmaps,
        ImageSource images,
        MaskSource masks,
        List<Attention> attention,
        List<ImageProperties> properties,
        List<ImageSuspicion> suspicion,
        List<HeatmapGroup> groups,
        Findings findings,
        Optional<Interventions> interventions,
        Exchanges exchanges,
        Optional<MapTrust> mapTrust,
        List<Epoch> epochs,
        Review review,
        List<String> warnings,
        List<DatasetRow> dataset,
        Provenance provenance) {
    public ReportInput {
        classes = List.copyOf(classes);
        predictions = List.copyOf(predictions);
        attention = List.copyOf(attention);
        properties = List.copyOf(properties);
        suspicion = List.copyOf(suspicion);
        epochs = List.copyOf(epochs);
        groups = List.copyOf(groups);
        warnings = List.copyOf(warnings);
        dataset = List.copyOf(dataset);
    }
}
