package org.gazecheck.stats;

import java.util.Arrays;
import java.util.Comparator;
import java.util.SplittableRandom;

/**
 * Images of which some belong to a group (the errors, say), compared only with images of their own stratum (their
 * class): what differs between strata cannot pass for a difference between the group and the others.
 *
 * <p>All statistics are sums over the group of scores that sum to 0 in every stratum. Shuffling membership within strata
 * gives their exact null distribution, of mean 0 and the variance of a sum drawn without replacement: {@code sum over
 * strata of a b / (n (n - 1)) * sum of squared scores}, with a members and b others out of n.
 */
public final class StratifiedGroups {
    private final boolean[] group;
    private final int[][] strata;

    /**
     * @param group [n] whether an image belongs to the group
     * @param stratum [n] of each image, from 0
     */
    public StratifiedGroups(boolean[] group, int[] stratum) {
        if (group.length != stratum.length) {
            throw new IllegalArgumentException(group.length + " images with " + stratum.length + " strata");
        }
        this.group = group.clone();
        this.strata = Strata.members(stratum);
    }

    public int size() {
        return group.length;
    }

    /**
     * {@code 2 r - n - 1} with the mid-rank r of a value in its stratum of n, 0 where the value is NaN. Summed over the
     * group it is the number of pairs (member, other) of a stratum in which the member is higher less that of pairs in
     * which it is lower.
     */
    public double[] ranks(double[] values) {
        double[] scores = new double[values.length];
        for (int[] members : strata) {
            int[] sorted = sorted(members, values);
            for (int from = 0, to; from < sorted.length; from = to) {
                to = endOfTie(sorted, values, from);
                for (int i = from; i < to; i++) {
                    scores[sorted[i]] = from + to - sorted.length;
                }
            }
        }
        return scores;
    }

    /** A value less the mean of its stratum, 0 where it is NaN. */
    public double[] centred(double[] values) {
        double[] scores = new double[values.length];
        for (int[] members : strata) {
            int[] present = present(members, values);
            double mean =
                    Arrays.stream(present).mapToDouble(i -> values[i]).average().orElse(0);
            for (int i : present) {
                scores[i] = values[i] - mean;
            }
        }
        return scores;
    }

    /** The sum of scores over the group. */
    public double sum(double[] scores) {
        double sum = 0;
        for (int i = 0; i < group.length; i++) {
            sum += group[i] ? scores[i] : 0;
        }
        return sum;
    }

    /**
     * The standard deviation of {@link #sum} when membership is shuffled within strata.
     *
     * @param scores that sum to 0 in every stratum
     */
    public double spread(double[] scores) {
        double variance = 0;
        for (int[] members : strata) {
            double n = members.length;
            double a = inGroup(members);
            double squares = 0;
            for (int i : members) {
                squares += scores[i] * scores[i];
            }
            variance += n > 1 ? a * (n - a) / (n * (n - 1)) * squares : 0;
        }
        return Math.sqrt(variance);
    }

    /** The images that take part: with a value, in a stratum that has members and others with one; ascending. */
    public int[] comparable(double[] values) {
        return Arrays.stream(strata)
                .map(members -> present(members, values))
                .filter(present -> inGroup(present) > 0 && inGroup(present) < present.length)
                .flatMapToInt(Arrays::stream)
                .sorted()
                .toArray();
    }

    /** Pairs of a member and another image of the same stratum, both with a value. */
    public long pairs(double[] values) {
        long pairs = 0;
        for (int[] members : strata) {
            int[] present = present(members, values);
            long a = inGroup(present);
            pairs += a * (present.length - a);
        }
        return pairs;
    }

    /**
     * Cliff's delta (Cliff 1993) over the pairs of a member and another image of the same stratum: the share in which
     * the member is higher less the share in which it is lower, -1..1; NaN when there is no pair.
     */
    public double cliffsDelta(double[] values) {
        return sum(ranks(values)) / pairs(values);
    }

    /**
     * The difference of means within strata, each weighted by {@code a b / n} (Cochran 1954), in the values' unit; NaN
     * when no stratum has both.
     */
    public double difference(double[] values) {
        return sum(centred(values)) / weight(values);
    }

    /** {@code sum over strata of a b / n}: what {@link #centred} scores' sum is divided by for a mean difference. */
    public double weight(double[] values) {
        double weight = 0;
        for (int[] members : strata) {
            int[] present = present(members, values);
            double a = inGroup(present);
            weight += present.length == 0 ? 0 : a * (present.length - a) / present.length;
        }
        return weight;
    }

    /**
     * The 95 % interval of {@link #cliffsDelta}: a bootstrap, in which members and others are resampled each by themselves
     * but over all strata, since a stratum often has one error only; a resample without any pair counts as 0.
     *
     * <p>Where delta is exactly 1 or -1 every resample says the same, however few images there are. Then the interval is
     * that of a share of which m out of m were seen, m being the smaller of the two groups: {@code 2 w - 1} to 1 with w the
     * lower end of Wilson's interval, as if every image that may still come out on the wrong side would be wrong in all of
     * its pairs.
     */
    public Interval interval(double[] values, Bootstrap bootstrap) {
        double delta = cliffsDelta(values);
        if (Math.abs(delta) == 1) {
            return separated(delta > 0, values);
        }
        int[][] sorted =
                Arrays.stream(strata).map(members -> sorted(members, values)).toArray(int[][]::new);
        return new ResampledDelta(group, sorted, values).interval(bootstrap);
    }

    private Interval separated(boolean higher, double[] values) {
        int[] compared = comparable(values);
        int members = inGroup(compared);
        int fewer = Math.min(members, compared.length - members);
        double least = 2 * Wilson.interval(fewer, fewer).low() - 1;
        return higher ? new Interval(least, 1) : new Interval(-1, -least);
    }

    /**
     * The one-sided p-value of {@link #difference} when membership is shuffled within strata: {@code (1 + shuffles at least as
     * far on that side) / (1 + shuffles)}, never 0 (Phipson and Smyth 2010).
     *
     * @param sign 1 where members are suspected to be higher, -1 where lower
     */
    public double permutationP(double[] values, int sign, int shuffles, SplittableRandom random) {
        double[] scores = centred(values);
        double observed = sign * sum(scores);
        double tolerance = 1e-12 * Arrays.stream(scores).map(Math::abs).max().orElse(0) * Math.max(1, group.length);
        int[][] drawnFrom = Arrays.stream(strata)
                .filter(members -> inGroup(members) > 0)
                .map(int[]::clone)
                .toArray(int[][]::new);
        int[] members = Arrays.stream(drawnFrom).mapToInt(this::inGroup).toArray();
        int asFar = 0;
        for (int s = 0; s < shuffles; s++) {
            double sum = 0;
            for (int k = 0; k < drawnFrom.length; k++) {
                sum += drawn(scores, drawnFrom[k], members[k], random);
            }
            asFar += sign * sum >= observed - tolerance ? 1 : 0;
        }
        return (1.0 + asFar) / (1.0 + shuffles);
    }

    /** The sum of the scores of some of a pool, drawn without replacement to its front. */
    static double drawn(double[] scores, int[] pool, int count, SplittableRandom random) {
        double sum = 0;
        for (int i = 0; i < count; i++) {
            int j = i + random.nextInt(pool.length - i);
            int drawn = pool[j];
            pool[j] = pool[i];
            pool[i] = drawn;
            sum += scores[drawn];
        }
        return sum;
    }

    /** Whether each image is in the group after membership was shuffled within strata. */
    boolean[] shuffled(SplittableRandom random) {
        boolean[] shuffled = new boolean[group.length];
        for (int[] members : strata) {
            int a = inGroup(members);
            int[] pool = members.clone();
            for (int i = 0; i < a; i++) {
                int j = i + random.nextInt(pool.length - i);
                int drawn = pool[j];
                pool[j] = pool[i];
                pool[i] = drawn;
                shuffled[drawn] = true;
            }
        }
        return shuffled;
    }

    private int inGroup(int[] members) {
        int count = 0;
        for (int i : members) {
            count += group[i] ? 1 : 0;
        }
        return count;
    }

    private static int[] present(int[] members, double[] values) {
        return Arrays.stream(members).filter(i -> !Double.isNaN(values[i])).toArray();
    }

    private static int[] sorted(int[] members, double[] values) {
        return Arrays.stream(present(members, values))
                .boxed()
                .sorted(Comparator.comparingDouble(i -> values[i]))
                .mapToInt(Integer::intValue)
                .toArray();
    }

    static int endOfTie(int[] sorted, double[] values, int from) {
        int to = from + 1;
        while (to < sorted.length && values[sorted[to]] == values[sorted[from]]) {
            to++;
        }
        return to;
    }
}
