package org.gazecheck.audit.suspicion;

import java.util.List;
import java.util.Locale;
import org.gazecheck.progress.Progress;
import org.gazecheck.results.Findings;

/** Looks for data that is itself suspicious. */
public final class Suspicion {
    private Suspicion() {}

    /** @param progress told what cannot be looked for here */
    public static Findings of(SuspicionInputs inputs, Progress progress) {
        Duplicates duplicates = Duplicates.of(
                inputs.photographs(), inputs.features(), inputs.randomness().of("pairs of photographs", 0));
        if (!duplicates.nearTold()) {
            progress.message(String.format(
                    Locale.ROOT,
                    "near duplicates: not told, these photographs are too alike (%d pairs, about %.0f of them by chance)",
                    duplicates.near(),
                    Math.min(duplicates.near(), duplicates.byChance())));
        }
        double accuracy = LabelFindings.accuracy(inputs.predictions());
        if (accuracy < LabelFindings.LEAST_ACCURACY) {
            progress.message(String.format(
                    Locale.ROOT,
                    "suspicious labels: not looked for, a network that is right on %.0f %% of the images contradicts right"
                            + " labels too",
                    100 * accuracy));
        }
        return Findings.together(List.of(
                DuplicateFindings.of(inputs, duplicates), LabelFindings.of(inputs), OutlierFindings.of(inputs)));
    }
}
