package org.gazecheck.gate;

import org.gazecheck.metric.MetricId;
import org.gazecheck.stats.CriticalEffect;

/**
 * One test of new images against the baseline.
 *
 * @param id such as {@code new.drift.brightness}
 * @param effect its size, with a sign where it has a direction
 * @param unit of the effect, such as "Cliff's delta"
 * @param p two-sided, not corrected for any other test: the gates correct
 * @param leastP the least p that this test could give; 0 where nothing bounds it
 * @param n new images behind it
 * @param critical which effects would have been more than chance, of a test by ranks
 */
public record DriftTest(
        MetricId id, double effect, String unit, double p, double leastP, int n, CriticalEffect critical) {}
