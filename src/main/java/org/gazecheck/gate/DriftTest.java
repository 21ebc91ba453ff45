package org.gazecheck.gate;

import org.gazecheck.stats.CriticalEffect;

/**
 * One test of new images against the baseline.
 *
 * @param measure name of the catalogue that it belongs to, such as {@code new.drift.properties}
 * @param subject what was compared, such as "brightness"
 * @param effect its size, with a sign where it has a direction
 * @param unit of the effect, such as "Cliff's delta"
 * @param p two-sided, not corrected for any other test: the gates correct
 * @param leastP the least p that this test could give; 0 where nothing bounds it
 * @param n new images behind it
 * @param critical which effects would have been more than chance, of a test by ranks
 */
public record DriftTest(
        String measure,
        String subject,
        double effect,
        String unit,
        double p,
        double leastP,
        int n,
        CriticalEffect critical) {}
