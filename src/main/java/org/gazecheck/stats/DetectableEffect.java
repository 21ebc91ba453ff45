package org.gazecheck.stats;

import org.apache.commons.math3.distribution.NormalDistribution;

/**
 * What difference could have been seen with the images that were there (the minimum detectable effect of Bloom 1995):
 * the least true effect that a two-sided test would find with the stated power, {@code (c + z(power)) s}, where s is the
 * spread of the estimated effect when nothing differs and c what its ratio to s must reach to be stated. It takes the
 * estimate for normal with the same spread under a true effect; for few images it is an order of magnitude.
 */
public final class DetectableEffect {
    /** The power that is asked for everywhere. */
    public static final double POWER = 0.8;

    private static final NormalDistribution NORMAL = new NormalDistribution(0, 1);

    private DetectableEffect() {}

    /**
     * @param spread of the estimated effect when nothing differs, in the effect's unit
     * @param critical |effect| / spread from which on it is stated
     */
    public static double of(double spread, double critical) {
        return (critical + NORMAL.inverseCumulativeProbability(POWER)) * spread;
    }

    /** The |z| that a two-sided normal test must reach at a level. */
    public static double critical(double level) {
        return NORMAL.inverseCumulativeProbability(1 - level / 2);
    }
}
