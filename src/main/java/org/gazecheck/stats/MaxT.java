package org.gazecheck.stats;

import java.util.Arrays;
import java.util.Comparator;
import java.util.SplittableRandom;
import java.util.stream.IntStream;

/**
 * Many two-sided permutation tests of the same grouping at once, with p-values that hold for all of them together: the
 * step-down maxT procedure (Westfall and Young 1993, algorithm 4.1; as in Ge, Dudoit and Speed 2003). All statistics are
 * computed from the same shuffles, so tests that go together cost no more than one. Whatever depends on whatever, the
 * chance of any adjusted p-value of a true null hypothesis at or below a level is at most that level.
 *
 * @param z [tests] the statistic divided by its spread under shuffling; 0 where nothing can be tested
 * @param p [tests] of each test by itself, {@code (1 + as far) / (1 + shuffles)} (Phipson and Smyth 2010)
 * @param adjusted [tests] for all tests together
 * @param largest [shuffles] the largest |z| of each shuffle, ascending
 */
public record MaxT(double[] z, double[] p, double[] adjusted, double[] largest) {
    private static final double TOLERANCE = 1e-9;

    /**
     * @param scores [tests][images], of sum 0 in every stratum, as {@link StratifiedGroups#ranks} makes them
     * @param shuffles how many
     */
    public static MaxT of(StratifiedGroups groups, double[][] scores, int shuffles, SplittableRandom random) {
        int tests = scores.length;
        double[] z = new double[tests];
        double[][] byImage = new double[groups.size()][tests];
        for (int t = 0; t < tests; t++) {
            double spread = groups.spread(scores[t]);
            if (spread > 0) {
                z[t] = groups.sum(scores[t]) / spread;
                for (int i = 0; i < byImage.length; i++) {
                    byImage[i][t] = scores[t][i] / spread;
                }
            }
        }
        int[] order = IntStream.range(0, tests)
                .boxed()
                .sorted(Comparator.comparingDouble(t -> -Math.abs(z[t])))
                .mapToInt(Integer::intValue)
                .toArray();
        int[] asFar = new int[tests];
        int[] maximumAsFar = new int[tests];
        double[] largest = new double[shuffles];
        for (int s = 0; s < shuffles; s++) {
            double[] drawn = sums(groups.shuffled(random), byImage, tests);
            double maximum = 0;
            for (int rank = tests - 1; rank >= 0; rank--) {
                int t = order[rank];
                double seen = Math.abs(z[t]) - TOLERANCE;
                maximum = Math.max(maximum, Math.abs(drawn[t]));
                asFar[t] += Math.abs(drawn[t]) >= seen ? 1 : 0;
                maximumAsFar[t] += maximum >= seen ? 1 : 0;
            }
            largest[s] = maximum;
        }
        Arrays.sort(largest);
        return new MaxT(z, shares(asFar, shuffles), monotone(shares(maximumAsFar, shuffles), order), largest);
    }

    private static double[] sums(boolean[] group, double[][] byImage, int tests) {
        double[] sums = new double[tests];
        for (int i = 0; i < group.length; i++) {
            if (group[i]) {
                double[] scores = byImage[i];
                for (int t = 0; t < tests; t++) {
                    sums[t] += scores[t];
                }
            }
        }
        return sums;
    }

    private static double[] shares(int[] counts, int shuffles) {
        return Arrays.stream(counts)
                .mapToDouble(count -> (1.0 + count) / (1.0 + shuffles))
                .toArray();
    }

    private static double[] monotone(double[] p, int[] order) {
        double most = 0;
        for (int t : order) {
            most = Math.max(most, p[t]);
            p[t] = most;
        }
        return p;
    }

    /** The |z| that a test must reach, if it were the largest of all, for an adjusted p-value of {@code level}. */
    public double critical(double level) {
        return Bootstrap.quantile(largest, 1 - level);
    }
}
