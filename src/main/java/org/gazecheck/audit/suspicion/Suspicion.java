package org.gazecheck.audit.suspicion;

import java.util.List;
import org.gazecheck.results.Findings;

/** Looks for data that is itself suspicious. */
public final class Suspicion {
    private Suspicion() {}

    public static Findings of(SuspicionInputs inputs) {
        return Findings.together(
                List.of(DuplicateFindings.of(inputs), LabelFindings.of(inputs), OutlierFindings.of(inputs)));
    }
}
