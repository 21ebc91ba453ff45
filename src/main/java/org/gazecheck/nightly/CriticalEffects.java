package org.gazecheck.nightly;

import org.gazecheck.compare.Measurement.Measured;
import org.gazecheck.gate.CriticalEffect;
import org.gazecheck.stats.DetectableEffect;
import org.gazecheck.stats.Interval;
import org.gazecheck.stats.RankSum;
import org.gazecheck.stats.TwoProportions;

/** From which effect on a comparison's test speaks of more than chance. */
final class CriticalEffects {
    private static final double Z = DetectableEffect.critical(0.05);

    private CriticalEffects() {}

    /** Exact for two shares; by the normal approximation for ranks, and from the interval for pairs. */
    static CriticalEffect of(Measured m) {
        return switch (m.test()) {
            case FISHER ->
                (level, sign) -> TwoProportions.critical(
                        m.images(),
                        (int) Math.round(m.reference() * m.referenceImages()),
                        m.referenceImages(),
                        level,
                        sign);
            case RANK_SUM -> (level, sign) -> sign * RankSum.critical(m.images(), m.referenceImages(), level);
            case MCNEMAR, SIGNED_RANKS ->
                (level, sign) -> {
                    Interval interval = m.effect().interval();
                    double critical = DetectableEffect.critical(level) * (interval.high() - interval.low()) / (2 * Z);
                    return critical > 0 ? sign * critical : Double.NaN;
                };
            case ENERGY_DISTANCE, CHI_SQUARED -> CriticalEffect.UNKNOWN;
        };
    }
}
