package org.gazecheck.audit.association;

import java.util.List;
import org.gazecheck.results.Findings;

/** Looks for what goes with being wrong, and for classes that are tied to a scene in training. */
public final class Association {
    private Association() {}

    public static Findings of(AssociationInputs inputs) {
        return Findings.together(List.of(OutcomeAssociation.of(inputs), SceneTies.of(inputs)));
    }
}
