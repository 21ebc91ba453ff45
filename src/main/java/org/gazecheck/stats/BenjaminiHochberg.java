package org.gazecheck.stats;

import java.util.Comparator;
import java.util.stream.IntStream;

/**
 * Correction for many tests by the expected share of false discoveries (Benjamini and Hochberg 1995): with p-values in
 * ascending order, {@code q(i) = min over j >= i of p(j) m / j}.
 */
public final class BenjaminiHochberg {
    private BenjaminiHochberg() {}

    /** The q-values of {@code p} [m], in the same order, 0..1. */
    public static double[] correct(double[] p) {
        int m = p.length;
        int[] order = IntStream.range(0, m)
                .boxed()
                .sorted(Comparator.comparingDouble(i -> p[i]))
                .mapToInt(Integer::intValue)
                .toArray();
        double[] q = new double[m];
        double least = 1;
        for (int rank = m; rank >= 1; rank--) {
            int i = order[rank - 1];
            least = Math.min(least, p[i] * m / rank);
            q[i] = least;
        }
        return q;
    }
}
