package org.gazecheck.audit.association;

import java.util.List;
import org.gazecheck.results.Findings;
import org.gazecheck.results.HeatmapGroup;
import org.gazecheck.stats.Purpose;

/**
 * What goes with being wrong, and classes that are tied to a scene in training.
 *
 * @param groups of like heatmaps, image by image; empty where too few images have a heatmap
 */
public record Association(Findings findings, List<HeatmapGroup> groups) {
    public Association {
        groups = List.copyOf(groups);
    }

    public static Association of(AssociationInputs inputs) {
        AuditedImages images = AuditedImages.of(inputs.predictions());
        HeatmapGroups groups = HeatmapGroups.of(
                images, inputs.heatmaps(), inputs.randomness().of(Purpose.HEATMAP_CLUSTERS.stream(), 0));
        return new Association(
                Findings.together(List.of(OutcomeAssociation.of(inputs, images, groups), SceneTies.of(inputs))),
                groups.members(images));
    }
}
