package org.gazecheck.stats;

import java.util.Arrays;
import java.util.SplittableRandom;

/**
 * Whether two sets of images have the same mix of classes: Pearson's (1900) statistic with its p-value from shuffling
 * which image belongs to which set, because most classes have too few images for the chi-squared distribution.
 *
 * @param chiSquare the statistic
 * @param cramersV 0 (the same mix) to 1 (no class in common)
 * @param p {@code (1 + as far) / (1 + shuffles)}, never 0 (Phipson and Smyth 2010)
 */
public record Homogeneity(double chiSquare, double cramersV, double p) {
    private static final double TOLERANCE = 1e-9;

    /**
     * @param a [classes] images of each class in the first set, at least one in all
     * @param b [classes] the same of the second
     */
    public static Homogeneity of(int[] a, int[] b, int shuffles, SplittableRandom random) {
        Contingency table = new Contingency(new int[][] {a, b});
        int n = table.row(0);
        int m = table.row(1);
        if (n == 0 || m == 0) {
            throw new IllegalArgumentException("sets of " + n + " and " + m);
        }
        int[] both = new int[a.length];
        int[] pool = new int[n + m];
        int filled = 0;
        for (int c = 0; c < a.length; c++) {
            both[c] = a[c] + b[c];
            Arrays.fill(pool, filled, filled + both[c], c);
            filled += both[c];
        }
        int small = Math.min(n, m);
        double seen = statistic(n <= m ? a : b, both);
        int asFar = 0;
        for (int s = 0; s < shuffles; s++) {
            int[] drawn = new int[both.length];
            for (int i = 0; i < small; i++) {
                int j = i + random.nextInt(pool.length - i);
                int label = pool[j];
                pool[j] = pool[i];
                pool[i] = label;
                drawn[label]++;
            }
            asFar += statistic(drawn, both) >= seen - TOLERANCE ? 1 : 0;
        }
        double v = table.cramersV();
        return new Homogeneity(table.chiSquare(), Double.isNaN(v) ? 0 : v, (1.0 + asFar) / (1.0 + shuffles));
    }

    /** {@code sum of a(c)² / (a(c) + b(c))}, which with these margins grows as Pearson's statistic does. */
    private static double statistic(int[] counts, int[] both) {
        double sum = 0;
        for (int c = 0; c < counts.length; c++) {
            sum += both[c] == 0 ? 0 : counts[c] * (double) counts[c] / both[c];
        }
        return sum;
    }
}
