package org.gazecheck.audit.association;

import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.ToDoubleFunction;
import org.gazecheck.audit.association.Measure.Alarm;
import org.gazecheck.results.Localisation;
import org.gazecheck.results.MapTarget;
import org.gazecheck.stats.Purpose.Subject;

/** The measures of localisation that errors and correct predictions are compared by. */
final class LocalisationColumns {
    private LocalisationColumns() {}

    /** Those that exist for any image; the first is the one that classes are compared by. */
    static List<Measure> of(AuditedImages images, List<Localisation> localisation) {
        Map<String, Localisation> byPath = new HashMap<>();
        localisation.stream().filter(a -> a.target() == MapTarget.PREDICTED).forEach(a -> byPath.put(a.path(), a));
        List<Measure> all = List.of(
                measure(
                        "mass_lift",
                        Subject.MASS_LIFT,
                        "lift (the share of energy on the object over the object's share of the area)",
                        "",
                        1,
                        Alarm.LOWER,
                        images,
                        byPath,
                        Localisation::massLift),
                measure(
                        "mass_accuracy",
                        Subject.MASS_ACCURACY,
                        "the share of energy on the object",
                        "%",
                        100,
                        Alarm.LOWER,
                        images,
                        byPath,
                        Localisation::massAccuracy),
                measure(
                        "rank_accuracy",
                        Subject.RANK_ACCURACY,
                        "the share of the hottest pixels that lies on the object (rank accuracy)",
                        "%",
                        100,
                        Alarm.LOWER,
                        images,
                        byPath,
                        Localisation::rankAccuracy),
                measure(
                        "distance",
                        Subject.DISTANCE,
                        "the distance of the heatmap's centre from the object's",
                        "% of the side",
                        100,
                        Alarm.HIGHER,
                        images,
                        byPath,
                        Localisation::distance),
                measure(
                        "border_mass",
                        Subject.BORDER_MASS,
                        "the share of energy near the border",
                        "%",
                        100,
                        Alarm.HIGHER,
                        images,
                        byPath,
                        Localisation::borderMass),
                measure(
                        "entropy",
                        Subject.ENTROPY,
                        "the entropy of the heatmap",
                        "% of the maximum",
                        100,
                        Alarm.HIGHER,
                        images,
                        byPath,
                        Localisation::entropy));
        return all.stream()
                .filter(m -> Arrays.stream(m.values()).anyMatch(v -> !Double.isNaN(v)))
                .toList();
    }

    private static Measure measure(
            String id,
            Subject subject,
            String what,
            String unit,
            double scale,
            Alarm alarm,
            AuditedImages images,
            Map<String, Localisation> byPath,
            ToDoubleFunction<Localisation> value) {
        double[] values = new double[images.size()];
        for (int i = 0; i < values.length; i++) {
            Localisation row = byPath.get(images.path(i));
            values[i] = row == null ? Double.NaN : value.applyAsDouble(row);
        }
        return new Measure(id, subject, what, unit, scale, alarm, values);
    }
}
