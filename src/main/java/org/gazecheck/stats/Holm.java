package org.gazecheck.stats;

import java.util.Comparator;
import java.util.stream.IntStream;

/**
 * Correction for many tests by the chance of a single false discovery (Holm 1979): with p-values in ascending order,
 * {@code q(i) = max over j <= i of min(1, (m - j + 1) p(j))}.
 */
public final class Holm {
    private Holm() {}

    /** The corrected values of {@code p} [m], in the same order, 0..1. */
    public static double[] correct(double[] p) {
        int m = p.length;
        int[] order = IntStream.range(0, m)
                .boxed()
                .sorted(Comparator.comparingDouble(i -> p[i]))
                .mapToInt(Integer::intValue)
                .toArray();
        double[] q = new double[m];
        double most = 0;
        for (int rank = 0; rank < m; rank++) {
            most = Math.max(most, Math.min(1, (m - rank) * p[order[rank]]));
            q[order[rank]] = most;
        }
        return q;
    }
}
