package org.gazecheck.stats;

import java.util.Arrays;
import java.util.Comparator;
import java.util.stream.IntStream;
import org.apache.commons.math3.distribution.NormalDistribution;

/**
 * Wilcoxon's (1945) signed-rank test of paired differences: whether they lie above 0 as much as below. Differences of 0
 * are left out, ties get their mean rank. With up to {@value #MOST_EXACT} differences the p-value is exact given the ties
 * (all ways to exchange the two of each pair), with more it is the normal approximation with the variance of the ranks
 * that are there.
 *
 * @param above sum of ranks of the differences above 0
 * @param below sum of ranks of those below
 * @param n differences other than 0
 * @param p two-sided; 1 where no pair differs
 */
public record SignedRank(double above, double below, int n, double p) {
    private static final int MOST_EXACT = 100;
    private static final int HALVINGS = 40;
    private static final NormalDistribution NORMAL = new NormalDistribution(0, 1);

    /** @param differences no NaN */
    public static SignedRank of(double[] differences) {
        double[] kept = Arrays.stream(differences).filter(d -> d != 0).toArray();
        int[] order = IntStream.range(0, kept.length)
                .boxed()
                .sorted(Comparator.comparingDouble(i -> Math.abs(kept[i])))
                .mapToInt(Integer::intValue)
                .toArray();
        int[] doubled = new int[kept.length];
        double above = 0;
        double below = 0;
        for (int from = 0, to; from < order.length; from = to) {
            to = from + 1;
            while (to < order.length && Math.abs(kept[order[to]]) == Math.abs(kept[order[from]])) {
                to++;
            }
            for (int i = from; i < to; i++) {
                doubled[i] = from + 1 + to;
                above += kept[order[i]] > 0 ? doubled[i] / 2.0 : 0;
                below += kept[order[i]] < 0 ? doubled[i] / 2.0 : 0;
            }
        }
        double p = kept.length <= MOST_EXACT ? exact(doubled, above - below) : normal(doubled, above - below);
        return new SignedRank(above, below, kept.length, p);
    }

    /**
     * The mean difference nearest to none, of that sign, for which p would be at or below a level, if the differences lay around
     * it as they lie around their mean.
     *
     * @param sign -1 or 1
     * @return infinite where the pairs are too few; NaN where the differences are all equal, or so skew that such a mean has the
     *     other sign
     */
    public static double critical(double[] differences, double level, int sign) {
        double mean = Arrays.stream(differences).average().orElse(Double.NaN);
        double width =
                Arrays.stream(differences).map(d -> Math.abs(d - mean)).max().orElse(0);
        if (!(width > 0)) {
            return Double.NaN;
        }
        double near = -2 * width;
        double far = 2 * width;
        if (!of(around(differences, mean, sign * far)).tells(level, sign)) {
            return sign * Double.POSITIVE_INFINITY;
        }
        for (int halving = 0; halving < HALVINGS; halving++) {
            double middle = (near + far) / 2;
            if (of(around(differences, mean, sign * middle)).tells(level, sign)) {
                far = middle;
            } else {
                near = middle;
            }
        }
        return far > 0 ? sign * far : Double.NaN;
    }

    private static double[] around(double[] differences, double mean, double other) {
        return Arrays.stream(differences).map(d -> d - mean + other).toArray();
    }

    private boolean tells(double level, int sign) {
        return p <= level && (above - below) * sign > 0;
    }

    /** Counts the ways to a sum of doubled ranks above 0, rank by rank. */
    private static double exact(int[] doubled, double seen) {
        int all = Arrays.stream(doubled).sum();
        double[] share = new double[all + 1];
        share[0] = 1;
        int reached = 0;
        for (int rank : doubled) {
            reached += rank;
            for (int sum = reached; sum >= 0; sum--) {
                share[sum] = (share[sum] + (sum >= rank ? share[sum - rank] : 0)) / 2;
            }
        }
        double asFar = 0;
        for (int sum = 0; sum <= all; sum++) {
            asFar += Math.abs(2 * sum - all) >= Math.abs(2 * seen) - 0.5 ? share[sum] : 0;
        }
        return Math.min(1, asFar);
    }

    private static double normal(int[] doubled, double seen) {
        double variance = 0;
        for (int rank : doubled) {
            variance += rank * (double) rank / 4;
        }
        return Math.min(1, 2 * NORMAL.cumulativeProbability(-Math.abs(seen) / Math.sqrt(variance)));
    }
}
