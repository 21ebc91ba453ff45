package org.gazecheck.stats;

/**
 * Wilson's score interval for a proportion (Wilson 1927; recommended by Brown, Cai and DasGupta 2001 for small counts):
 * with p = k/n and z = 1.959964, {@code (p + z²/2n ± z sqrt(p(1-p)/n + z²/4n²)) / (1 + z²/n)}.
 */
public final class Wilson {
    private static final double Z = 1.959963984540054;

    private Wilson() {}

    /**
     * The 95 % interval of {@code successes} out of {@code n}, within 0..1; NaN for {@code n = 0}.
     *
     * @throws IllegalArgumentException if successes are not within 0..n
     */
    public static Interval interval(int successes, int n) {
        if (successes < 0 || successes > n) {
            throw new IllegalArgumentException(successes + " successes out of " + n);
        }
        return n == 0 ? new Interval(Double.NaN, Double.NaN) : interval((double) successes / n, (double) n);
    }

    /**
     * The 95 % interval of a share of so many images, which need not be whole numbers.
     *
     * @param p within 0..1
     * @param n above 0
     */
    public static Interval interval(double p, double n) {
        double z2n = Z * Z / n;
        double centre = p + z2n / 2;
        double half = Z * Math.sqrt(p * (1 - p) / n + z2n / (4 * n));
        double low = p == 0 ? 0 : (centre - half) / (1 + z2n);
        double high = p == 1 ? 1 : (centre + half) / (1 + z2n);
        return new Interval(low, high);
    }
}
