package org.gazecheck.stats;

import org.apache.commons.math3.distribution.NormalDistribution;

/**
 * The two-sided Wilcoxon rank-sum test, exact given the ties: how likely a group of this size is to have a sum of
 * mid-ranks as far from its mean (the shift algorithm, Streitberg and Röhmel 1986). It reaches small p-values that
 * shuffling would need millions of draws for. Where counting would take too long, the normal approximation stands in,
 * whose error is then far below that of any decision.
 */
public final class RankSum {
    /** Most additions for an exact p-value. */
    private static final double MOST_WORK = 2e7;

    private static final NormalDistribution NORMAL = new NormalDistribution(0, 1);

    private RankSum() {}

    /** The p-value of the difference between {@code samples.a()} and {@code samples.b()}. */
    public static double p(TwoSamples samples) {
        int n = samples.a().length + samples.b().length;
        boolean[] group = new boolean[n];
        double[] values = new double[n];
        for (int i = 0; i < n; i++) {
            group[i] = i < samples.a().length;
            values[i] = group[i] ? samples.a()[i] : samples.b()[i - samples.a().length];
        }
        StratifiedGroups groups = new StratifiedGroups(group, new int[n]);
        double[] scores = groups.ranks(values);
        double seen = Math.abs(groups.sum(scores));
        int drawn = Math.min(samples.a().length, samples.b().length);
        double largestSum = 2.0 * n * drawn;
        if (largestSum * drawn * n > MOST_WORK) {
            double spread = groups.spread(scores);
            return spread == 0 ? 1 : Math.min(1, 2 * NORMAL.cumulativeProbability(-seen / spread));
        }
        return exact(scores, drawn, seen);
    }

    /**
     * From which Cliff's delta on the test speaks of more than chance, by the normal approximation without ties: its spread is
     * {@code sqrt((n + m + 1) / (3 n m))} where nothing differs.
     *
     * @return NaN where none is large enough
     */
    public static double critical(int n, int m, double level) {
        double delta = DetectableEffect.critical(level) * Math.sqrt((n + m + 1.0) / (3.0 * n * m));
        return delta <= 1 ? delta : Double.NaN;
    }

    /**
     * @param scores [n] {@code 2 r - n - 1}, whole numbers from {@code 1 - n} to {@code n - 1}
     * @param drawn how many are drawn
     * @param seen |sum of scores| of the group
     */
    private static double exact(double[] scores, int drawn, double seen) {
        int n = scores.length;
        int width = 2 * n * drawn + 1;
        double[][] ways = new double[drawn + 1][width];
        ways[0][0] = 1;
        for (int i = 0; i < n; i++) {
            int shift = (int) scores[i] + n;
            for (int k = Math.min(i + 1, drawn); k >= 1; k--) {
                for (int sum = width - 1; sum >= shift; sum--) {
                    ways[k][sum] += ways[k - 1][sum - shift];
                }
            }
        }
        double all = 0;
        double asFar = 0;
        for (int sum = 0; sum < width; sum++) {
            all += ways[drawn][sum];
            asFar += Math.abs(sum - n * drawn) >= seen - 0.5 ? ways[drawn][sum] : 0;
        }
        return asFar / all;
    }
}
