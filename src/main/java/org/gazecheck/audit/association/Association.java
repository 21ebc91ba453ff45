package org.gazecheck.audit.association;

import java.util.List;
import org.gazecheck.results.Findings;
import org.gazecheck.results.HeatmapClusterMember;
import org.gazecheck.stats.Purpose;

/**
 * What goes with being wrong, and classes that are correlated with a scene in training.
 *
 * @param clusters of heatmaps, image by image; empty where too few images have a heatmap
 */
record Association(Findings findings, List<HeatmapClusterMember> groups) {
    public Association {
        groups = List.copyOf(groups);
    }

    static Association of(AssociationInputs inputs) {
        AuditedImages images = AuditedImages.of(inputs.predictions());
        HeatmapClusters groups = HeatmapClusters.of(
                images, inputs.heatmaps(), inputs.randomness().of(Purpose.HEATMAP_CLUSTERS.stream(), 0));
        return new Association(
                Findings.together(List.of(
                        new Findings(
                                List.of(),
                                List.of(),
                                groups.atTheEdge().stream().toList()),
                        OutcomeAssociation.of(inputs, images, groups),
                        SceneCorrelations.of(inputs))),
                groups.members(images));
    }
}
