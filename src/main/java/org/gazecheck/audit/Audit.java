package org.gazecheck.audit;

import java.io.IOException;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.gazecheck.audit.association.Association;
import org.gazecheck.audit.intervention.ExchangeEvidence;
import org.gazecheck.audit.intervention.InterventionAudit;
import org.gazecheck.audit.suspicion.Suspicion;
import org.gazecheck.audit.trust.MapTrustAudit;
import org.gazecheck.progress.Progress;
import org.gazecheck.results.Attention;
import org.gazecheck.results.AttentionFile;
import org.gazecheck.results.Findings;
import org.gazecheck.results.FindingsFile;
import org.gazecheck.results.HeatmapGroupsFile;
import org.gazecheck.results.ImageSuspicion;
import org.gazecheck.results.InterventionsFile;
import org.gazecheck.results.MapTrustFile;
import org.gazecheck.results.Prediction;
import org.gazecheck.results.PredictionsFile;
import org.gazecheck.results.PropertiesFile;
import org.gazecheck.results.Split;
import org.gazecheck.results.SuspicionFile;

/** Asks of a run's predictions and heatmaps whether the network looks at the right thing. */
public final class Audit {
    private Audit() {}

    /**
     * Writes {@code attention.csv}, {@code properties.csv}, {@code heatmap-groups.csv}, {@code findings.json},
     * {@code interventions.json} and {@code exchanged.csv} with its pictures where there are masks, {@code suspicion.csv}
     * where suspicious data is looked for, and {@code map-trust.json} where heatmaps are tested. Of photographs that are all
     * new nothing is concluded about the network: interventions, associations and tests of the heatmaps belong to the run
     * that trained it.
     */
    public static void audit(AuditInputs inputs, Progress progress) throws IOException {
        List<Prediction> predictions = PredictionsFile.read(inputs.folder().predictions());
        boolean judged = predictions.stream().anyMatch(p -> p.split() != Split.NEW);
        List<Findings> parts = new ArrayList<>();
        List<ImageSuspicion> images = new ArrayList<>();
        try (ObjectMasks masks = ObjectMasks.open(inputs, progress)) {
            List<Attention> attention = AttentionAudit.measure(inputs, masks, predictions, progress);
            AttentionFile.write(inputs.folder().attention(), attention);
            if (judged) {
                parts.add(intervene(inputs, masks, predictions, progress));
            }
            List<PhotographAudit.Described> photographs = PhotographAudit.describe(inputs, masks, progress);
            PropertiesFile.write(
                    inputs.folder().properties(),
                    photographs.stream()
                            .map(PhotographAudit.Described::properties)
                            .toList());
            if (judged) {
                Association association = AssociationAudit.of(inputs, predictions, attention, photographs);
                HeatmapGroupsFile.write(inputs.folder().heatmapGroups(), association.groups());
                parts.add(association.findings());
            }
            Optional<Suspicion> suspicion = SuspicionAudit.of(inputs, predictions, photographs, progress);
            write(inputs, suspicion);
            suspicion.ifPresent(found -> {
                parts.add(found.findings());
                images.addAll(found.images());
            });
            if (judged) {
                parts.add(new AttentionFindings(predictions, attention, masks.estimated(), inputs.randomness()).all());
            }
        }
        if (judged) {
            parts.add(testMaps(inputs, predictions, progress));
        }
        FindingsFile.write(
                inputs.folder().findings(), ConfirmedShortcuts.explain(Findings.together(parts), images, predictions));
    }

    private static Findings intervene(
            AuditInputs inputs, ObjectMasks masks, List<Prediction> predictions, Progress progress) throws IOException {
        Optional<InterventionAudit.Outcome> outcome = InterventionAudit.of(inputs, masks, predictions, progress);
        if (outcome.isEmpty()) {
            Files.deleteIfExists(inputs.folder().interventions());
            ExchangeEvidence.NONE.write(inputs.folder());
            return Findings.NONE;
        }
        InterventionsFile.write(inputs.folder().interventions(), outcome.get().interventions());
        outcome.get().pictures().write(inputs.folder());
        return outcome.get().findings();
    }

    private static void write(AuditInputs inputs, Optional<Suspicion> suspicion) throws IOException {
        if (suspicion.isEmpty()) {
            Files.deleteIfExists(inputs.folder().suspicion());
        } else {
            SuspicionFile.write(inputs.folder().suspicion(), suspicion.get().images());
        }
    }

    private static Findings testMaps(AuditInputs inputs, List<Prediction> predictions, Progress progress)
            throws IOException {
        Optional<MapTrustAudit.Outcome> outcome = MapTrustAudit.of(inputs, predictions, progress);
        if (outcome.isEmpty()) {
            Files.deleteIfExists(inputs.folder().mapTrust());
            return Findings.NONE;
        }
        MapTrustFile.write(inputs.folder().mapTrust(), outcome.get().trust());
        return outcome.get().findings();
    }
}
