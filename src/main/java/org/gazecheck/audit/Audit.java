package org.gazecheck.audit;

import java.io.IOException;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.gazecheck.audit.association.Association;
import org.gazecheck.audit.dataquality.DataQuality;
import org.gazecheck.audit.intervention.InterventionAudit;
import org.gazecheck.audit.intervention.SwapEvidence;
import org.gazecheck.audit.quality.HeatmapQualityAudit;
import org.gazecheck.progress.Progress;
import org.gazecheck.results.DataQualityFile;
import org.gazecheck.results.DataQualityRow;
import org.gazecheck.results.Findings;
import org.gazecheck.results.FindingsFile;
import org.gazecheck.results.HeatmapClustersFile;
import org.gazecheck.results.HeatmapQualityFile;
import org.gazecheck.results.InterventionsFile;
import org.gazecheck.results.Localisation;
import org.gazecheck.results.LocalisationFile;
import org.gazecheck.results.Prediction;
import org.gazecheck.results.PredictionsFile;
import org.gazecheck.results.PropertiesFile;
import org.gazecheck.results.Split;

/** Asks of a run's predictions and heatmaps whether the network looks at the right thing. */
public final class Audit {
    private Audit() {}

    /**
     * Writes {@code localisation.csv}, {@code properties.csv}, {@code heatmap-clusters.csv}, {@code findings.json},
     * {@code interventions.json} and {@code counterfactuals.csv} with its pictures where there are masks, {@code data-quality.csv}
     * where data issues are looked for, and {@code heatmap-quality.json} where heatmaps are tested. Of images that are all
     * new nothing is concluded about the network: interventions, associations and tests of the heatmaps belong to the run
     * that trained it.
     */
    public static void audit(AuditInputs inputs, Progress progress) throws IOException {
        List<Prediction> predictions = PredictionsFile.read(inputs.folder().predictions());
        boolean judged = predictions.stream().anyMatch(p -> p.split() != Split.NEW);
        List<Findings> parts = new ArrayList<>();
        List<DataQualityRow> rows = new ArrayList<>();
        try (ObjectMasks masks = ObjectMasks.open(inputs, progress)) {
            List<Localisation> localisation = LocalisationAudit.measure(inputs, masks, predictions, progress);
            LocalisationFile.write(inputs.folder().localisation(), localisation);
            if (judged) {
                parts.add(intervene(inputs, masks, predictions, progress));
            }
            List<PropertyAudit.Described> images = PropertyAudit.describe(inputs, masks, progress);
            PropertiesFile.write(
                    inputs.folder().properties(),
                    images.stream().map(PropertyAudit.Described::properties).toList());
            if (judged) {
                Association association = AssociationAudit.of(inputs, predictions, localisation, images);
                HeatmapClustersFile.write(inputs.folder().heatmapClusters(), association.groups());
                parts.add(association.findings());
            }
            Optional<DataQuality> dataQuality = DataQualityAudit.of(inputs, predictions, images, progress);
            write(inputs, dataQuality);
            dataQuality.ifPresent(found -> {
                parts.add(found.findings());
                rows.addAll(found.rows());
            });
            if (judged) {
                parts.add(new LocalisationFindings(predictions, localisation, masks.estimated(), inputs.randomness())
                        .all());
            }
        }
        if (judged) {
            parts.add(testMaps(inputs, predictions, progress));
        }
        FindingsFile.write(
                inputs.folder().findings(), ConfirmedShortcuts.explain(Findings.together(parts), rows, predictions));
    }

    private static Findings intervene(
            AuditInputs inputs, ObjectMasks masks, List<Prediction> predictions, Progress progress) throws IOException {
        Optional<InterventionAudit.Outcome> outcome = InterventionAudit.of(inputs, masks, predictions, progress);
        if (outcome.isEmpty()) {
            Files.deleteIfExists(inputs.folder().interventions());
            SwapEvidence.NONE.write(inputs.folder());
            return Findings.NONE;
        }
        InterventionsFile.write(inputs.folder().interventions(), outcome.get().interventions());
        outcome.get().evidence().write(inputs.folder());
        return outcome.get().findings();
    }

    private static void write(AuditInputs inputs, Optional<DataQuality> dataQuality) throws IOException {
        if (dataQuality.isEmpty()) {
            Files.deleteIfExists(inputs.folder().dataQuality());
        } else {
            DataQualityFile.write(
                    inputs.folder().dataQuality(), dataQuality.get().rows());
        }
    }

    private static Findings testMaps(AuditInputs inputs, List<Prediction> predictions, Progress progress)
            throws IOException {
        Optional<HeatmapQualityAudit.Outcome> outcome = HeatmapQualityAudit.of(inputs, predictions, progress);
        if (outcome.isEmpty()) {
            Files.deleteIfExists(inputs.folder().heatmapQuality());
            return Findings.NONE;
        }
        HeatmapQualityFile.write(inputs.folder().heatmapQuality(), outcome.get().quality());
        return outcome.get().findings();
    }
}
