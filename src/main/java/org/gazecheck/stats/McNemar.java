package org.gazecheck.stats;

import org.apache.commons.math3.special.Erf;

/**
 * Two classifiers on the same images: whether one is right more often (McNemar 1947). Only images on which exactly one
 * of them is right say anything. With fewer than {@value #FEW} of those the test is the exact binomial one, else the
 * chi-squared one with Edwards' (1948) correction for continuity.
 *
 * @param lost images that only the first is right on
 * @param won images that only the second is right on
 * @param n images, those on which both agree included
 */
public record McNemar(int lost, int won, int n) {
    private static final int FEW = 25;
    private static final double Z = 1.959963984540054;

    /** From this many images on which they differ a p-value of 5 % can be reached at all: 2^(1-6) = 3.1 %. */
    public static final int LEAST_DISCORDANT = 6;

    public McNemar {
        if (lost < 0 || won < 0 || n < lost + won) {
            throw new IllegalArgumentException(lost + " lost and " + won + " won of " + n);
        }
    }

    public int discordant() {
        return lost + won;
    }

    /** The second's accuracy less the first's, -1..1; NaN without images. */
    public double difference() {
        return n == 0 ? Double.NaN : (double) (won - lost) / n;
    }

    /**
     * The 95 % interval of {@link #difference}: the adjusted Wald interval of Bonett and Price (2012), with {@code q = (k +
     * 1) / (n + 2)} of won and lost, {@code d = q(won) - q(lost)}, {@code d ± z sqrt((q(won) + q(lost) - d²) / (n + 2))}.
     */
    public Interval interval() {
        double up = (won + 1.0) / (n + 2);
        double down = (lost + 1.0) / (n + 2);
        double centre = up - down;
        double half = Z * Math.sqrt((up + down - centre * centre) / (n + 2));
        return new Interval(centre - half, centre + half).within(-1, 1);
    }

    /**
     * The difference nearest to none, of that sign, for which {@link #p} would be at or below a level: with as many won, and more
     * lost; or the other way about.
     *
     * @param sign of the difference, -1 or 1
     * @return infinite where the images are too few
     */
    public double critical(double level, int sign) {
        int held = sign < 0 ? won : lost;
        for (int more = held + 1; more <= n - held; more++) {
            McNemar then = sign < 0 ? new McNemar(more, held, n) : new McNemar(held, more, n);
            if (then.p() <= level) {
                return then.difference();
            }
        }
        return sign * Double.POSITIVE_INFINITY;
    }

    /** The two-sided p-value; 1 where they do not differ on any image. */
    public double p() {
        if (discordant() < FEW) {
            return BinomialTest.p(won, discordant(), 0.5);
        }
        double off = Math.max(0, Math.abs(won - lost) - 1);
        double statistic = off * off / discordant();
        return Erf.erfc(Math.sqrt(statistic / 2));
    }
}
