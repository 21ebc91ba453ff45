package org.gazecheck.gate;

import java.util.Optional;
import org.gazecheck.metric.MetricId;
import org.gazecheck.results.Figure;
import org.gazecheck.stats.CriticalEffect;

/**
 * One test of new images against the baseline.
 *
 * @param id such as {@code new.drift.brightness}
 * @param effect its size, with a sign where it has a direction
 * @param low lower end of the effect's 95 % interval; NaN where there is none
 * @param high upper end of the effect's 95 % interval; NaN where there is none
 * @param unit of the effect, such as "Cliff's delta"
 * @param amount mean of the quantity over the new images, of a test by ranks
 * @param p two-sided, not corrected for any other test: the gates correct
 * @param leastP the least p that this test could give; 0 where nothing bounds it
 * @param n new images behind it
 * @param critical which effects would have been more than chance, of a test by ranks
 */
public record DriftTest(
        MetricId id,
        double effect,
        double low,
        double high,
        String unit,
        Optional<Figure> amount,
        double p,
        double leastP,
        int n,
        CriticalEffect critical) {
    /** Without an interval of the effect. */
    public DriftTest(MetricId id, double effect, String unit, double p, double leastP, int n, CriticalEffect critical) {
        this(id, effect, Double.NaN, Double.NaN, unit, Optional.empty(), p, leastP, n, critical);
    }
}
