package org.gazecheck.stats;

import org.apache.commons.math3.distribution.NormalDistribution;
import org.apache.commons.math3.distribution.TDistribution;

/**
 * What difference could have been seen with the images that were there (the minimum detectable effect of Bloom 1995):
 * the least true effect that a two-sided test would find with the stated power, {@code (c + z(power)) s}, where s is the
 * spread of the estimated effect when nothing differs and c what its ratio to s must reach to be stated. It takes the
 * estimate for normal with the same spread under a true effect; for few images it is an order of magnitude.
 */
public final class DetectableEffect {
    /** The power that is asked for everywhere. */
    public static final double POWER = 0.8;

    /** Above any share: nothing could have been found. */
    public static final double NONE = 2;

    private static final NormalDistribution NORMAL = new NormalDistribution(0, 1);

    private DetectableEffect() {}

    /**
     * @param spread of the estimated effect when nothing differs, in the effect's unit
     * @param critical |effect| / spread from which on it is stated
     */
    public static double of(double spread, double critical) {
        return (critical + NORMAL.inverseCumulativeProbability(POWER)) * spread;
    }

    /**
     * Of a one-sided sign-flip test of so many pairs: the least share of them that must change, each by 1 and none the other way,
     * for p at or below a level and a mean of at least {@code least}. With k changed, p is {@code 2^-k}.
     *
     * @return to a hundredth; {@link #NONE} where all of them would not be enough
     */
    public static double ofSigns(int n, double level, double least) {
        int changed = (int) Math.max(Math.ceil(-Math.log(level) / Math.log(2)), Math.ceil(least * n));
        for (int hundredths = 1; changed <= n && hundredths <= 100; hundredths++) {
            double share = hundredths / 100.0;
            if (1 - BinomialTest.atMost(changed - 1, n, share) >= POWER) {
                return Math.max(least, share);
            }
        }
        return NONE;
    }

    /**
     * Of a one-sided t-test of so many pairs that share donors and controls ({@link CrossedMean}): the least share of them that
     * must change, each by 1 and none the other way, for p at or below a level and a mean of at least {@code least}, when neither donors nor
     * controls differ among themselves.
     *
     * @return to a hundredth; {@link #NONE} where all of them would not be enough
     */
    public static double ofCrossed(int n, int donors, int controls, double level, double least) {
        if (n < 2 || donors < 2 || controls < 2) {
            return NONE;
        }
        double degrees = Math.max(1, 1 / (1.0 / (n - 1) + 1.0 / (donors - 1) + 1.0 / (controls - 1)));
        double critical = new TDistribution(null, degrees).inverseCumulativeProbability(1 - level);
        double signs = ofSigns(n, level, least);
        for (int hundredths = 1; hundredths <= 100; hundredths++) {
            double share = hundredths / 100.0;
            double spread = Math.sqrt(share * (1 - share) / n);
            if (share >= signs
                    && share >= least
                    && share >= (critical + NORMAL.inverseCumulativeProbability(POWER)) * spread) {
                return share;
            }
        }
        return NONE;
    }

    /** The |z| that a two-sided normal test must reach at a level. */
    public static double critical(double level) {
        return NORMAL.inverseCumulativeProbability(1 - level / 2);
    }
}
