package org.gazecheck.gate;

import org.gazecheck.stats.CriticalEffect;

/**
 * A figure beside the baseline's.
 *
 * @param now tonight's
 * @param before the baseline's
 * @param effect how they differ
 * @param p two-sided, not corrected for any other test: the gates correct
 * @param leastP the least p that this test could give (a permutation test: {@code 1 / (1 + shuffles)}); 0 where nothing
 *     bounds it
 * @param n tonight's images behind it
 * @param critical which effects would have been more than chance
 */
public record BaselineComparison(
        double now, double before, Effect effect, double p, double leastP, int n, CriticalEffect critical) {
    /**
     * How two figures differ.
     *
     * @param size its sign is the direction
     * @param low lower end of the 95 % interval; NaN where there is none
     * @param high upper end of the 95 % interval; NaN where there is none
     * @param ranked whether it is Cliff's delta, -1..1; else {@code now - before}, or an estimate of it
     */
    public record Effect(double size, double low, double high, boolean ranked) {}
}
