package org.gazecheck.metric;

import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.gazecheck.metric.MetricId.Detail;

/** Ids of before the present grammar, which rules may still have. */
public final class RenamedMetrics {
    private static final Map<String, String> MEASURES = Map.of(
            "insideMask.share", "mass_accuracy",
            "insideMask.lift", "mass_lift",
            "pointing", "pointing_game",
            "border.share", "border_mass",
            "entropy", "entropy");

    private static final Map<String, String> NEW_IDS = new HashMap<>();

    static {
        NEW_IDS.put("new.drift.attention", "new.drift.localisation");
        for (MetricSet set : MetricSet.EVALUATED) {
            String before = set == MetricSet.TEST ? "" : set.text() + ".";
            for (Detail detail : Detail.values()) {
                MEASURES.forEach((old, name) -> NEW_IDS.put(
                        before + "attention." + detail.name().toLowerCase(Locale.ROOT) + "." + old,
                        set.text() + ".localisation." + name + detail.text()));
            }
        }
    }

    private RenamedMetrics() {}

    /** What an id is called now. */
    public static Optional<String> of(String old) {
        return Optional.ofNullable(NEW_IDS.get(old));
    }
}
