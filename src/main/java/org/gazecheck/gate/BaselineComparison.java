package org.gazecheck.gate;

/**
 * A figure beside the baseline's.
 *
 * @param now tonight's
 * @param before the baseline's
 * @param effect {@code now - before}, or an estimate of it; its sign is the direction
 * @param low lower end of the effect's 95 % interval; NaN where there is none
 * @param high upper end of the effect's 95 % interval; NaN where there is none
 * @param p two-sided, not corrected for any other test: the gates correct
 * @param leastP the least p that this test could give (a permutation test: {@code 1 / (1 + shuffles)}); 0 where nothing
 *     bounds it
 * @param n tonight's images behind it
 */
public record BaselineComparison(
        double now, double before, double effect, double low, double high, double p, double leastP, int n) {}
