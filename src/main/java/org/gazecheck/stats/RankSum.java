package org.gazecheck.stats;

import java.util.Arrays;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import org.apache.commons.math3.distribution.NormalDistribution;

/**
 * The two-sided Wilcoxon rank-sum test, exact given the ties: how likely a group of this size is to have a sum of
 * mid-ranks as far from its mean (the shift algorithm, Streitberg and Röhmel 1986). Where counting would take too long,
 * groups are drawn at random while the smaller one has fewer than {@value #FEW} values, until as many as
 * {@value #ENOUGH} lie as far (Besag and Clifford 1991) or {@value #MOST_DRAWS} are drawn; the normal approximation stands
 * in for two groups of more. With few values among many it would be wrong by orders of magnitude: where nearly all are equal
 * it finds what is not there, and elsewhere it misses what is.
 */
public final class RankSum {
    /** Most additions for an exact p-value. */
    private static final double MOST_WORK = 2e7;

    private static final int FEW = 50;
    private static final int ENOUGH = 200;
    private static final int MOST_DRAWS = 199_999;

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
        if (!isLarge(n, drawn)) {
            return exact(scores, drawn, seen);
        }
        if (drawn < FEW) {
            return drawn(scores, drawn, seen);
        }
        double spread = groups.spread(scores);
        return spread == 0 ? 1 : Math.min(1, 2 * NORMAL.cumulativeProbability(-seen / spread));
    }

    /** The same values give the same draws. */
    private static double drawn(double[] scores, int size, double seen) {
        SplittableRandom random = new SplittableRandom(Arrays.hashCode(scores));
        int[] pool = IntStream.range(0, scores.length).toArray();
        int asFar = 0;
        for (int draw = 1; draw <= MOST_DRAWS; draw++) {
            double sum = StratifiedGroups.drawn(scores, pool, size, random);
            asFar += Math.abs(sum) >= seen - 0.5 ? 1 : 0;
            if (asFar == ENOUGH) {
                return (double) ENOUGH / draw;
            }
        }
        return (1.0 + asFar) / (1.0 + MOST_DRAWS);
    }

    /**
     * From which Cliff's delta on {@link #p} is at or below a level where no values are equal: exact where {@link #p} is, else from
     * as few values among fewer, and normal for two groups of many.
     *
     * @return 0..1; infinite where with so many values none is large enough
     */
    public static double critical(int a, int b, double level) {
        int n = a + b;
        int drawn = Math.min(a, b);
        if (isLarge(n, drawn) && drawn < FEW) {
            int fewer = (int) (Math.sqrt(MOST_WORK / 2) / drawn) - drawn;
            return critical(drawn, fewer, level) * spread(a, b) / spread(drawn, fewer);
        }
        if (isLarge(n, drawn)) {
            double delta = DetectableEffect.critical(level) * spread(a, b);
            return delta <= 1 ? delta : Double.POSITIVE_INFINITY;
        }
        double[] scores = new double[n];
        Arrays.setAll(scores, i -> 2.0 * i + 1 - n);
        double[] shares = shares(scores, drawn);
        int centre = n * drawn;
        double asFar = 0;
        double critical = Double.POSITIVE_INFINITY;
        for (int sum = a * b; sum > 0; sum--) {
            asFar += shares[centre - sum] + shares[centre + sum];
            if (shares[centre + sum] > 0 && asFar <= level) {
                critical = (double) sum / (a * b);
            }
        }
        return critical;
    }

    /** The standard deviation of Cliff's delta where nothing differs and no values are equal. */
    private static double spread(int a, int b) {
        return Math.sqrt((a + b + 1.0) / (3.0 * a * b));
    }

    private static boolean isLarge(int n, int drawn) {
        return 2.0 * n * drawn * drawn * n > MOST_WORK;
    }

    /** @param seen |sum of scores| of the group */
    private static double exact(double[] scores, int drawn, double seen) {
        double[] shares = shares(scores, drawn);
        double asFar = 0;
        for (int sum = 0; sum < shares.length; sum++) {
            asFar += Math.abs(sum - scores.length * drawn) >= seen - 0.5 ? shares[sum] : 0;
        }
        return asFar;
    }

    /**
     * The distribution of the sum of scores over a group.
     *
     * @param scores [n] {@code 2 r - n - 1}, whole numbers from {@code 1 - n} to {@code n - 1}
     * @param drawn size of the group
     * @return by {@code sum + n drawn}
     */
    private static double[] shares(double[] scores, int drawn) {
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
        double all = Arrays.stream(ways[drawn]).sum();
        return Arrays.stream(ways[drawn]).map(number -> number / all).toArray();
    }
}
