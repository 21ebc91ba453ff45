package org.gazecheck.report;

import java.util.List;
import java.util.Optional;
import org.gazecheck.config.Configuration;
import org.gazecheck.results.DataQualityRow;
import org.gazecheck.results.DatasetRow;
import org.gazecheck.results.Epoch;
import org.gazecheck.results.Findings;
import org.gazecheck.results.HeatmapClusterMember;
import org.gazecheck.results.HeatmapQuality;
import org.gazecheck.results.ImageProperties;
import org.gazecheck.results.Interventions;
import org.gazecheck.results.Localisation;
import org.gazecheck.results.Metrics;
import org.gazecheck.results.Mitigation;
import org.gazecheck.results.Prediction;

/**
 * Everything that a report is written from.
 *
 * @param title the run's name
 * @param configuration sizes, the figures expected, and what the page shows as the run's configuration
 * @param classes class names; {@link Prediction.Ranked#index()} points into them
 * @param predictions rows in the order of the maps
 * @param masks of the objects, where there are some
 * @param localisation lines of {@code localisation.csv}; empty when the run was not audited
 * @param properties lines of {@code properties.csv}; empty when the run was not audited
 * @param dataQuality lines of {@code data-quality.csv}; empty when data issues were not looked for
 * @param clusters lines of {@code heatmap-clusters.csv}; empty when heatmaps were not clustered
 * @param findings of the audit, and the tests behind them; may be empty
 * @param interventions empty when backgrounds were not swapped
 * @param counterfactuals pictures that interventions made
 * @param heatmapQuality empty when the heatmaps were not tested
 * @param epochs of fine-tuning; empty when the recipe stopped at the probe
 * @param review what people said about the run
 * @param warnings about the data: duplicates, images left out; one sentence each
 * @param dataset lines of {@code dataset.csv}
 * @param mitigation what became of the run that this one mends; empty where it mends none
 * @param earlier that run
 * @param imageMaps empty where the images are on no map
 * @param baseline what the run is compared with
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
        List<Localisation> localisation,
        List<ImageProperties> properties,
        List<DataQualityRow> dataQuality,
        List<HeatmapClusterMember> clusters,
        Findings findings,
        Optional<Interventions> interventions,
        Counterfactuals counterfactuals,
        Optional<HeatmapQuality> heatmapQuality,
        List<Epoch> epochs,
        Review review,
        List<String> warnings,
        List<DatasetRow> dataset,
        Provenance provenance,
        Optional<Mitigation> mitigation,
        EarlierRun earlier,
        Optional<ImageMaps> imageMaps,
        Baseline baseline) {
    public ReportInput {
        classes = List.copyOf(classes);
        predictions = List.copyOf(predictions);
        localisation = List.copyOf(localisation);
        properties = List.copyOf(properties);
        dataQuality = List.copyOf(dataQuality);
        epochs = List.copyOf(epochs);
        clusters = List.copyOf(clusters);
        warnings = List.copyOf(warnings);
        dataset = List.copyOf(dataset);
    }
}
